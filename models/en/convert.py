#!/usr/bin/env python3
"""Converts the English pipeline en_core_web_md 3.8 of spaCy into one flat file, english.onrecord.

usage: convert.py MODEL_DIR OUT

MODEL_DIR is the unpacked model (the folder with meta.json). The same model gives the same bytes. The file's format is
described in crates/onrecord-language/src/model.rs; what each section holds is said below, where it is made.
"""

import struct
import sys
import unicodedata
from pathlib import Path

import numpy
import spacy

import convert_rules

MAGIC, VERSION = b"ONRECLNG", 1
ALIGNMENT, HEADER_BYTES, NAME_BYTES = 64, 64, 32
LANES = 16  # outputs a vector register holds
PANEL = 3 * LANES  # outputs a kernel makes at a time


def main(model_dir, out):
    nlp = spacy.load(model_dir)
    sections = {}
    sections["meta.name"] = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}".encode()
    sections |= lexicon(nlp)
    sections |= characters()
    vectors = nlp.vocab.vectors
    sections |= vector_keys(vectors)
    sections |= tok2vec("context", nlp.get_pipe("tok2vec").model, vectors.data)
    sections |= tok2vec("names", nlp.get_pipe("ner").model, vectors.data)
    sections |= tagger(nlp.get_pipe("tagger"))
    sections |= transitions("parser", nlp.get_pipe("parser"))
    sections |= transitions("names", nlp.get_pipe("ner"))
    sections |= convert_rules.sections(nlp)
    write(out, {name: as_bytes(data) for name, data in sections.items()})


def write(out, sections):
    names = sorted(sections)
    offset = align(HEADER_BYTES + 48 * len(names))
    table, body = b"", b""
    for name in names:
        data = sections[name]
        table += name.encode().ljust(NAME_BYTES, b"\0") + struct.pack("<QQ", offset + len(body), len(data))
        body += data.ljust(align(len(data)), b"\0")
    header = MAGIC + struct.pack("<IIQ", VERSION, len(names), offset + len(body))
    head = (header.ljust(HEADER_BYTES, b"\0") + table).ljust(offset, b"\0")
    Path(out).write_bytes(head + body)


def align(length):
    return -(-length // ALIGNMENT) * ALIGNMENT


def as_bytes(data):
    if isinstance(data, bytes):
        return data
    data = numpy.ascontiguousarray(data)
    return data.astype(data.dtype.newbyteorder("<"), copy=False).tobytes()


# --- what forms are made of ---------------------------------------------------------------------------------------


def lexicon(nlp):
    """Ids of strings that are no hash (reserved symbols), and normal forms that are not the lower case."""
    from spacy.lang.norm_exceptions import BASE_NORMS
    from spacy.strings import hash_string
    from spacy.symbols import IDS

    symbols = sorted((hash_string(name), number) for name, number in IDS.items() if name)
    strings = nlp.vocab.strings
    norms = {strings.add(form): strings.add(norm) for form, norm in BASE_NORMS.items()}
    for form, norm in nlp.vocab.lookups.get_table("lexeme_norm").items():
        norms[form] = strings.add(norm)
    norms = sorted(norms.items())
    return {
        "lexicon.symbol_hashes": column(symbols, 0, "u8"),
        "lexicon.symbol_ids": column(symbols, 1, "u8"),
        "lexicon.norm_keys": column(norms, 0, "u8"),
        "lexicon.norm_ids": column(norms, 1, "u8"),
    }


def column(rows, index, kind):
    return numpy.array([row[index] for row in rows], dtype=kind)


def characters():
    """Character classes as Python's str methods have them: sorted, disjoint ranges of code points, both ends in."""
    return {
        "unicode.alphabetic": ranges(str.isalpha),
        "unicode.upper": ranges(str.isupper),
        "unicode.digit": ranges(str.isdigit),
        "unicode.space": ranges(str.isspace),
        "unicode.version": unicodedata.unidata_version.encode(),
    }


def ranges(is_member):
    found = []
    for point in range(0x110000):
        if is_member(chr(point)):
            if found and found[-1][1] == point - 1:
                found[-1][1] = point
            else:
                found.append([point, point])
    return numpy.array(found, dtype="u4")


def vector_keys(vectors):
    """Which row of the static vectors a form has: ids in order, their rows, and where each leading 16 bits begin."""
    pairs = sorted(vectors.key2row.items())
    keys, rows = column(pairs, 0, "u8"), column(pairs, 1, "u2")
    starts = numpy.searchsorted(keys >> numpy.uint64(48), numpy.arange(65537, dtype="u8"))
    return {"vectors.keys": keys, "vectors.rows": rows, "vectors.starts": starts.astype("u4")}


# --- the network --------------------------------------------------------------------------------------------------


def tok2vec(name, model, vectors):
    """Hash embeddings, static vectors already multiplied by their projection, and the maxout layers."""
    nodes = list(model.walk())
    embeds = [node for node in nodes if node.name == "hashembed"]
    (static,) = [node for node in nodes if node.name == "static_vectors"]
    maxouts = [node for node in nodes if node.name == "maxout"]
    norms = [node for node in nodes if node.name == "layernorm"]
    (features,) = [node for node in nodes if node.name == "extract_features"]
    sections = {
        f"{name}.features": "\n".join(features.attrs["columns"]).encode(),
        f"{name}.seeds": numpy.array([node.attrs["seed"] for node in embeds], dtype="u4"),
        f"{name}.rows": numpy.array([node.get_param("E").shape[0] for node in embeds], dtype="u4"),
        f"{name}.tables": numpy.concatenate([node.get_param("E") for node in embeds]),
        f"{name}.vectors": product(vectors, static.get_param("W").T),
    }
    # The first maxout mixes the embeddings, the others look at windows of three tokens.
    by_width = sorted(range(len(maxouts)), key=lambda i: maxouts[i].get_dim("nI") == 288)
    for index, at in enumerate(by_width):
        maxout, norm = maxouts[at], norms[at]
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        key = f"{name}.maxout{index}"
        if index == 1:
            # Apart for the word before, the word itself and the word after: each is worked out once a word form.
            thirds = [weights[:, :, i * 96 : (i + 1) * 96] for i in range(3)]
            sections[f"{key}.weights"] = numpy.concatenate([maxout_panels(third) for third in thirds])
        else:
            sections[f"{key}.weights"] = maxout_panels(weights)
        sections[f"{key}.bias"] = maxout_panels(bias[:, :, None])
        sections[f"{key}.gain"] = norm.get_param("G")
        sections[f"{key}.shift"] = norm.get_param("b")
    return sections


def product(left, right):
    """Matrix product summed in one fixed order, so that every machine makes the same bytes."""
    left, right = left.astype("f8"), right.astype("f8")
    total = numpy.zeros((left.shape[0], right.shape[1]))
    for k in range(left.shape[1]):
        total += left[:, k : k + 1] * right[k]
    return total.astype("f4")


def maxout_panels(weights):
    """[outputs, pieces, inputs] → [outputs / 16][inputs][pieces][16]: a panel's three pieces lie side by side."""
    outputs, pieces, inputs = weights.shape
    assert pieces == 3 and outputs % LANES == 0
    return weights.reshape(outputs // LANES, LANES, pieces, inputs).transpose(0, 3, 2, 1).astype("f4")


def panels(weights):
    """[outputs, inputs] → [outputs / 48][inputs][48], outputs filled up with zeros."""
    outputs, inputs = weights.shape
    count = -(-outputs // PANEL)
    filled = numpy.zeros((count * PANEL, inputs), dtype="f4")
    filled[:outputs] = weights
    return filled.reshape(count, PANEL, inputs).transpose(0, 2, 1)


def tagger(pipe):
    (softmax,) = [node for node in pipe.model.walk() if node.name == "softmax"]
    return {
        "tagger.labels": "\n".join(pipe.labels).encode(),
        "tagger.weights": panels(softmax.get_param("W")),
        "tagger.bias": panels(softmax.get_param("b")[:, None]),
    }


def transitions(name, pipe):
    """Parser or entity recogniser: tokens → lower → one part per feature of a state → maxout of two → actions."""
    lower = [node for node in pipe.model.get_ref("tok2vec").walk() if node.name == "linear"][-1]
    feature, upper = pipe.model.get_ref("lower"), pipe.model.get_ref("upper")
    assert not pipe.model.attrs["unseen_classes"]
    parts = feature.get_param("W").transpose(0, 2, 1, 3)  # [features][pieces][hidden][inputs]
    moves = pipe.moves
    return {
        f"{name}.moves": "\n".join(moves.get_class_name(i) for i in range(moves.n_moves)).encode(),
        f"{name}.lower.weights": panels(lower.get_param("W")),
        f"{name}.lower.bias": panels(lower.get_param("b")[:, None]),
        f"{name}.parts.weights": panels(parts.reshape(-1, parts.shape[-1])),
        f"{name}.parts.bias": feature.get_param("b").T,
        f"{name}.parts.missing": feature.get_param("pad")[0].transpose(0, 2, 1),
        f"{name}.upper.weights": panels(upper.get_param("W")),
        f"{name}.upper.bias": panels(upper.get_param("b")[:, None]),
    }


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
