"""Learns how much each fact about two propositions says about whether a reader would call their contrast a conflict.

    python3 models/en/train_conflicts.py SET crates/onrecord-connect/src/weighing.rs

Learns from the stories of `statements/` and from SET, a folder of stories as `crates/onrecord-eval/sets/origins/tune`. The program
describes the pairs (`cargo run --example statement_pairs`). A pair is a conflict where each side says most of one of two passages that
the gold sets against each other; pairs of the same sentences or the same statements otherwise are left out, since the gold lists each
conflict once. For each contrast a logistic regression over the facts that its table has, with the sign that each fact must have.
"""
import argparse, json, os, re
import numpy as np
from scipy.optimize import minimize
import statement_data
from train_statements import statements as statement_of, words

PENALTY = 1.0
CONTRASTS = ["FIGURES", "TIMES", "SIDES", "TURN", "LIMIT", "SOURCE"]
AGAINST = {"Ratio", "OneReport", "FiguresAgree"}
"""Facts that can only speak against a conflict; a time that agrees may speak either way; all others can only speak for one."""
EITHER = {"Always", "TimesAgree"}


def overlap(a, b):
    return sum((a & b).values()) / max(1, min(sum(a.values()), sum(b.values())))


def pairs(stories, folder):
    """For each pair that contrasts: in what, facts, and whether it is a conflict; none where that cannot be said."""
    for story in stories:
        with open(os.path.join(folder, story["story"], "gold.json"), encoding="utf-8") as file:
            gold = json.load(file)
        items = story["weighed"]["items"]
        files = [os.path.basename(story["files"][item["report"]]["file"]) for item in items]
        said = [words(item["what"]["text"]) for item in items]
        whole = [words(sentence(story, item)) for item in items]
        labels = statement_of(story, gold)
        passages = {(u["file"], u["exact"]): s["id"] for s in gold["statements"] for u in s["utterances"]}
        at = lambda passage: (passage["file"], passage["exact"])
        opposed = {frozenset((passages.get(at(c["a"])), passages.get(at(c["b"])))) for c in gold["conflicts"]}
        sides = [(c["a"]["file"], words(c["a"]["exact"]), c["b"]["file"], words(c["b"]["exact"])) for c in gold["conflicts"]]
        for a, b, contrasts, facts in story["weighed"]["contrasts"]:
            conflict = frozenset((labels[a], labels[b])) not in opposed or None in (labels[a], labels[b])
            conflict = False if conflict else None
            both = whole[a] + whole[b]
            for file, words_of, other_file, other in sides:
                for one, two in ((a, b), (b, a)):
                    if files[one] == file and files[two] == other_file:
                        if min(overlap(words_of, said[one]), overlap(other, said[two])) >= 0.5:
                            conflict = True
                        elif conflict is False and min(overlap(words_of, both), overlap(other, both)) >= 0.5 and overlap(both, words_of + other) >= 0.4:
                            conflict = None
            yield contrasts, np.array(facts), conflict


def sentence(story, item):
    start, end = item["what"]["sentence"]
    text = story["files"][item["report"]]["text"].encode()[start:end].decode()
    return text or item["what"]["text"]


def learn(facts, conflict, names):
    """Weights of `names`, the first of them the constant."""

    def loss(weights):
        odds = facts @ weights
        slope = facts.T @ (1 / (1 + np.exp(-odds)) - conflict)
        kept = np.concatenate([[0], weights[1:]])
        return (np.logaddexp(0, odds) - conflict * odds).sum() + PENALTY * (kept**2).sum() / 2, slope + PENALTY * kept

    sign = lambda name: (None, None) if name in EITHER else (None, 0) if name in AGAINST else (0, None)
    return minimize(loss, np.zeros(len(names)), jac=True, bounds=[sign(name) for name in names], method="L-BFGS-B").x


def table(name, names, weights):
    entries = [f"(Fact::{fact}, {weight:.2f})," for fact, weight in zip(names, weights)]
    lines, line = [], "   "
    for entry in entries:
        if len(line) + len(entry) > 135:
            lines.append(line)
            line = "   "
        line += " " + entry
    return f"const {name}: &[(Fact, f32)] = &[\n" + "\n".join(lines + [line]) + "\n];"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set")
    parser.add_argument("source")
    arguments = parser.parse_args()
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statements")
    with open(arguments.source, encoding="utf-8") as file:
        source = file.read()
    facts_of = re.findall(r"^    ([A-Z]\w+),$", re.search(r"enum Fact \{(.*?)\n\}", source, re.S)[1], re.M)
    with statement_data.learned_from(arguments.set, statement_data.stories(here)) as (stories, folder):
        found = list(pairs(stories, folder))
    for at, contrast in enumerate(CONTRASTS):
        old = re.search(rf"const {contrast}: &\[\(Fact, f32\)\] = &\[\n.*?\n\];", source, re.S)[0]
        names = re.findall(r"Fact::(\w+),", old)
        columns = [facts_of.index(name) for name in names]
        known = [(facts[columns], conflict) for contrasts, facts, conflict in found if contrasts[at] and conflict is not None]
        weights = learn(np.array([facts for facts, _ in known]), np.array([float(c) for _, c in known]), names)
        source = source.replace(old, table(contrast, names, weights))
        print(contrast.lower(), len(known), "pairs,", sum(c for _, c in known), "of them conflicts")
    with open(arguments.source, "w", encoding="utf-8") as file:
        file.write(source)


if __name__ == "__main__":
    main()
