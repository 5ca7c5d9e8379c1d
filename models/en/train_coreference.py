#!/usr/bin/env python3
"""Fits the ranker of pronouns and writes its weights. The same data give the same bytes.

  python3 models/en/train_coreference.py GUM crates/onrecord-understand/src/coreference/weights.rs

GUM is a checkout of the GUM corpus (github.com/amir-zeldes/gum, version 11), of which coref/ontogum/{conll,conllu} is read: OntoGUM,
Zhu, Pradhan, Zeldes 2021, CC BY 4.0. The genres below are trained on; news and the others are kept for measuring, and so is every
seventh text of these until it has chosen how strongly the weights are held small. Nothing is drawn at random. Needs Python 3.11 or
newer, numpy and cargo. About two minutes of one core.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order

import numpy as np  # noqa: E402

GENRES = "academic bio court essay fiction interview letter podcast speech textbook voyage".split()
FEATURES, CLASSES, STEPS, RATE = 64, 3, 1500, 0.05
STRENGTHS = (0.3, 1.0, 3.0, 10.0)
LINE = 140


def words(conllu):
    """The text of a CoNLL-U file with the code points of each token."""
    text, tokens, space, whole_ends, whole_space = "", [], "", 0, ""
    for line in conllu.splitlines():
        if line.startswith("# newpar") and text:
            space = "\n\n"
        fields = line.split("\t")
        if line.startswith("#") or len(fields) < 10 or "." in fields[0]:
            whole_ends = whole_ends if line else 0
            continue
        after = "" if "SpaceAfter=No" in fields[9] else " "
        if "-" in fields[0]:
            whole_ends, whole_space = int(fields[0].split("-")[1]), after
            continue
        text += space
        tokens.append((len(text), len(text) + len(fields[1])))
        text += fields[1]
        at = int(fields[0])
        space = "" if at < whole_ends else whole_space if at == whole_ends else after
    return text, tokens


def chains(conll, tokens):
    """For each annotated mention, as code points, the number of its chain."""
    open_at, found = {}, {}
    lines = [line for line in conll.splitlines() if line and not line.startswith("#")]
    for line, (start, end) in zip(lines, tokens, strict=True):
        for opens, chain, closes in re.findall(r"(\()?(\d+)(\))?", line.split("\t")[-1]):
            if opens:
                open_at.setdefault(chain, []).append(start)
            if closes:
                found[(open_at[chain].pop(), end)] = int(chain)
    return found


def trimmed(text, start, end):
    """Spans are compared without stops, commas and white space at their ends."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def read_texts(gum):
    """(name, text, chain of each mention) of the genres, by name."""
    folder = os.path.join(gum, "coref", "ontogum")
    for file in sorted(os.listdir(os.path.join(folder, "conllu"))):
        name = file.removesuffix(".conllu")
        if not any(f"_{genre}_" in name for genre in GENRES):
            continue
        with open(os.path.join(folder, "conllu", file), encoding="utf-8") as source:
            text, tokens = words(source.read())
        with open(os.path.join(folder, "conll", f"{name}.conll"), encoding="utf-8") as source:
            spans = chains(source.read(), tokens)
        yield name, text, {trimmed(text, *span): chain for span, chain in spans.items()}


def describe(texts):
    """What the ranker sees of each text."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text, _ in texts:
            with open(os.path.join(folder, f"{name}.txt"), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        out = os.path.join(folder, "pairs.jsonl")
        command = ["cargo", "run", "--quiet", "--release", "-p", "onrecord-understand", "--example", "coreference_pairs", "--"]
        subprocess.run([*command, folder, out], check=True, cwd=os.path.dirname(os.path.abspath(__file__)))
        with open(out, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]


def examples(texts, described):
    """For each class, the pronouns of the training texts and of those kept apart: (features of candidates, which are right)."""
    trained, apart = [[] for _ in range(CLASSES)], [[] for _ in range(CLASSES)]
    for at, ((name, text, chain_of), row) in enumerate(zip(texts, described, strict=True)):
        assert name == row["name"]
        for pronoun in row["pronouns"]:
            own = chain_of.get(trimmed(text, *pronoun["span"]))
            candidates = pronoun["candidates"]
            same = [own is not None and chain_of.get(trimmed(text, *c["span"])) == own for c in candidates]
            right = {c["entity"] for c, is_same in zip(candidates, same) if is_same}
            is_right = np.array([c["entity"] in right for c in candidates])
            if not is_right.any() or is_right.all():
                continue  # nothing to learn from
            features = np.zeros((len(candidates), FEATURES))
            for ix, candidate in enumerate(candidates):
                features[ix, candidate["features"]] = 1
            (apart if at % 7 == 3 else trained)[pronoun["class"]].append((features, is_right))
    return trained, apart


def fit(pronouns, strength):
    """Weights that make the right candidates likeliest, held small by `strength`: full-batch Adam from zero."""
    features = np.concatenate([f for f, _ in pronouns])
    is_right = np.concatenate([r for _, r in pronouns])
    starts = np.cumsum([0] + [len(r) for _, r in pronouns])[:-1]
    lengths = np.array([len(r) for _, r in pronouns])
    weights, mean, square = np.zeros(FEATURES), np.zeros(FEATURES), np.zeros(FEATURES)
    for step in range(1, STEPS + 1):
        scores = features @ weights
        likely = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
        wanted = likely * is_right
        share = likely / np.repeat(np.add.reduceat(likely, starts), lengths)
        wanted_share = wanted / np.repeat(np.add.reduceat(wanted, starts), lengths)
        slope = features.T @ (share - wanted_share) + 2 * strength * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        curve = RATE * (1 - step / (STEPS + 1))
        weights -= curve * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def accuracy(pronouns, weights):
    return float(np.mean([is_right[np.argmax(features @ weights)] for features, is_right in pronouns]))


def table(weights):
    """The weights of one class as lines of Rust."""
    lines, line = [], "       "
    for weight in np.round(weights * 100).astype(int):
        if len(line) + len(f" {weight},") > LINE:
            lines.append(line)
            line = "       "
        line += f" {weight},"
    return "\n".join(["    [", *lines, line, "    ],"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gum")
    parser.add_argument("weights")
    arguments = parser.parse_args()
    texts = list(read_texts(arguments.gum))
    trained, apart = examples(texts, describe(texts))
    tables = []
    for ix in range(CLASSES):
        fits = [(accuracy(apart[ix], w), w) for w in (fit(trained[ix], strength) for strength in STRENGTHS)]
        best = max(range(len(fits)), key=lambda at: (fits[at][0], at))  # of equals the smaller weights
        shares = " ".join(f"{share:.3f}" for share, _ in fits)
        print(f"class {ix}: {len(trained[ix])} pronouns, {len(apart[ix])} kept apart; right {shares}", file=sys.stderr)
        tables.append(table(fit(trained[ix] + apart[ix], STRENGTHS[best])))
    with open(arguments.weights, encoding="utf-8") as file:
        head = file.read().split("pub(super) const WEIGHTS")[0]
    with open(arguments.weights, "w", encoding="utf-8") as file:
        file.write(f"{head}pub(super) const WEIGHTS: [[i16; FEATURES]; {CLASSES}] = [\n" + "\n".join(tables) + "\n];\n")


if __name__ == "__main__":
    main()
