#!/usr/bin/env python3
"""How far two parses of the same texts agree, token by token; and spaCy's own parse in the form that `onrecord parse` prints.

usage: agreement.py spacy MODEL_DIR FILE… > spacy.jsonl
       agreement.py compare spacy.jsonl ours.jsonl FILE… [--list DISAGREEMENTS.tsv] [--at-least PERCENT]

`ours.jsonl` is what `onrecord parse FILE…` prints, one JSON object a file; offsets count code points. `compare` prints a
table; --list writes every disagreement with the words around it; --at-least fails below that percentage in any row.
Needs Python 3.10 or later, and for the first use spaCy 3.8 (pip install "spacy>=3.8,<3.9").
"""

import argparse
import collections
import json
import pathlib
import sys


def read_text(path):
    return pathlib.Path(path).read_bytes().decode("utf8")


def by_name(paths):
    return {pathlib.Path(path).stem: path for path in paths}


def run_spacy(model, paths):
    import spacy

    nlp = spacy.load(model)
    for name, path in by_name(paths).items():
        doc = nlp(read_text(path))
        row = {
            "name": name,
            "tokens": [
                {"start": t.idx, "end": t.idx + len(t), "tag": t.tag_, "pos": t.pos_, "lemma": t.lemma_,
                 "head": t.head.i, "relation": t.dep_}
                for t in doc
            ],
            "sentences": [[s.start_char, s.end_char] for s in doc.sents],
            "names": [{"start": e.start_char, "end": e.end_char, "label": e.label_} for e in doc.ents],
        }
        print(json.dumps(row, ensure_ascii=False), flush=True)


def read_rows(path):
    with open(path, encoding="utf8") as lines:
        return {pathlib.Path(row["name"]).stem: row for row in map(json.loads, lines)}


class Tally:
    """Counts of one measure: of so many answers on each side, so many are on both."""

    def __init__(self):
        self.same, self.left, self.right = 0, 0, 0

    def add(self, left, right):
        """Two collections of answers; returns those on one side only."""
        left, right = set(left), set(right)
        self.same += len(left & right)
        self.left += len(left)
        self.right += len(right)
        return left - right, right - left

    def f1(self):
        total = self.left + self.right
        return 100.0 if total == 0 else 200.0 * self.same / total


MEASURES = ["tokens", "tags", "pos", "lemmas", "heads", "relations", "sentence starts", "names"]


def answers(row):
    """Each measure's answers of one parse: what is said of which characters, so that differing tokens shift nothing."""
    tokens = row["tokens"]
    spans = [(t["start"], t["end"]) for t in tokens]
    return {
        "tokens": spans,
        "tags": [(s, t["tag"]) for s, t in zip(spans, tokens)],
        "pos": [(s, t["pos"]) for s, t in zip(spans, tokens)],
        "lemmas": [(s, t["lemma"]) for s, t in zip(spans, tokens)],
        "heads": [(s, spans[t["head"]]) for s, t in zip(spans, tokens)],
        "relations": [(s, t["relation"]) for s, t in zip(spans, tokens)],
        "sentence starts": [((start, start), "") for start, _ in row["sentences"]],
        "names": [((n["start"], n["end"]), n["label"]) for n in row["names"]],
    }


def place(answer):
    """The characters an answer speaks of, and what it says."""
    first, said = answer
    return (first, said) if isinstance(first, tuple) else (answer, "")


def shown(said, text):
    return text[said[0]:said[1]] if isinstance(said, tuple) else said


def context(text, start, end, width=40):
    before, after = text[max(0, start - width):start], text[end:end + width]
    return " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())


def compare(left_path, right_path, paths, list_path, at_least):
    left_rows, right_rows = read_rows(left_path), read_rows(right_path)
    tallies = {measure: Tally() for measure in MEASURES}
    disagreements = []
    files = by_name(paths)
    missing = sorted(set(files) - set(left_rows) | set(files) - set(right_rows))
    if missing:
        sys.exit(f"no parse of {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''} in one of the two")
    for name, path in sorted(files.items()):
        text = read_text(path)
        left, right = answers(left_rows[name]), answers(right_rows[name])
        for measure in MEASURES:
            only = tallies[measure].add(left[measure], right[measure])
            found = collections.defaultdict(lambda: (["-"], ["-"]))
            for side in (0, 1):
                for answer in only[side]:
                    span, said = place(answer)
                    found[span][side][0] = shown(said, text) or "yes"
            for (start, end), ((one,), (other,)) in sorted(found.items()):
                disagreements.append([name, str(start), measure, one, other, context(text, start, end)])
    print(f"{len(files)} texts, {tallies['tokens'].left} tokens")
    print(f"{'':16}{'agree %':>9}{'differ':>8}")
    counts = collections.Counter(row[2] for row in disagreements)
    for measure in MEASURES:
        print(f"{measure:16}{tallies[measure].f1():9.3f}{counts[measure]:8}")
    if list_path:
        with open(list_path, "w", encoding="utf8") as out:
            out.write("text\tat\tmeasure\tleft\tright\tcontext\n")
            for row in disagreements:
                out.write("\t".join(" ".join(field.split()) for field in row) + "\n")
    if at_least is not None and min(tally.f1() for tally in tallies.values()) < at_least:
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    spacy_args = commands.add_parser("spacy")
    spacy_args.add_argument("model")
    spacy_args.add_argument("files", nargs="+")
    compare_args = commands.add_parser("compare")
    compare_args.add_argument("left")
    compare_args.add_argument("right")
    compare_args.add_argument("files", nargs="+")
    compare_args.add_argument("--list")
    compare_args.add_argument("--at-least", type=float)
    args = parser.parse_args()
    if args.command == "spacy":
        run_spacy(args.model, args.files)
    else:
        compare(args.left, args.right, args.files, args.list, args.at_least)


if __name__ == "__main__":
    main()
