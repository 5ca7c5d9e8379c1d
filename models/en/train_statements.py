"""Learns how much each thing that two propositions share says about whether they are one statement.

    python3 models/en/train_statements.py SET crates/onrecord-connect/src/likeness.rs

Learns from SET, a folder of stories as `crates/onrecord-eval/sets/origins/tune` (reports, reports.csv and gold.json), and from every
fourth story of `statements/`: those that the reader of meaning has not seen, since it knows the others too well. The program describes
the pairs (`cargo run --example statement_pairs`); a proposition belongs to the statement of the annotated passage that it shares most
words with. Logistic regression with L2 (Newton's method) over the pairs of which one or both belong to a statement: who belongs to none
says something else. What copied text and one quotation say is fixed, since stories have few of other kinds. Writes the table of weights into the source file.
"""
import argparse, collections, json, os, re
import numpy as np
import statement_data

COPIED, QUOTATION = (16, 6.0), (17, 4.0)
PENALTY = 1.0
WORD = re.compile(r"\w+")
START, END = "const WEIGHTS: [f32; FEATURES] = [\n", "];\n"


def words(text):
    return collections.Counter(word.lower() for word in WORD.findall(text))


def likeness(passage, proposition):
    """Share of the words of the shorter that both have; less where the proposition is under half as long."""
    shared, p, q = sum((passage & proposition).values()), sum(passage.values()), sum(proposition.values())
    return shared / max(1, min(p, q)) * min(1.0, 2 * q / max(1, p))


def statements(story, gold):
    """For each proposition the statement that it belongs to, or none."""
    names = {report: os.path.basename(file["file"]) for report, file in story["files"].items()}
    items = [(names[item["report"]], words(item["what"]["text"])) for item in story["weighed"]["items"]]
    best = [(0.0, None)] * len(items)
    for statement in gold["statements"]:
        for passage in statement["utterances"]:
            found = [(likeness(words(passage["exact"]), w), -ix) for ix, (file, w) in enumerate(items) if file == passage["file"]]
            score, ix = max(found, default=(0.0, 0))
            if score >= 0.5 and score > best[-ix][0]:
                best[-ix] = (score, statement["id"])
    return [statement for _, statement in best]


def pairs(stories, folder):
    rows, same = [], []
    for story in stories:
        with open(os.path.join(folder, story["story"], "gold.json"), encoding="utf-8") as file:
            belongs = statements(story, json.load(file))
        reports = [item["report"] for item in story["weighed"]["items"]]
        for a, b, features in story["weighed"]["pairs"]:
            known = sum(belongs[one] is not None for one in (a, b))
            if known == 2 or known == 1 and reports[a] != reports[b]:
                rows.append(features)
                same.append(belongs[a] == belongs[b])
    return np.array(rows, dtype=np.float64), np.array(same, dtype=np.float64)


def learn(rows, same):
    free = [ix for ix in range(rows.shape[1]) if ix not in (COPIED[0], QUOTATION[0])]
    x, weights = rows[:, free], np.zeros(len(free))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (same - p) - PENALTY * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(free))
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    table = np.zeros(rows.shape[1])
    table[free] = weights
    for ix, weight in (COPIED, QUOTATION):
        table[ix] = weight
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set")
    parser.add_argument("source")
    arguments = parser.parse_args()
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statements")
    kept_apart = statement_data.kept_apart(statement_data.stories(here))
    with statement_data.learned_from(arguments.set, kept_apart) as (stories, folder):
        rows, same = pairs(stories, folder)
    table = [f"{weight:.2f}" for weight in learn(rows, same)]
    lines = ["    " + ", ".join(table[at : at + 13]) + ",\n" for at in range(0, len(table), 13)]
    with open(arguments.source, encoding="utf-8") as file:
        text = file.read()
    head, rest = text.split(START)
    with open(arguments.source, "w", encoding="utf-8") as file:
        file.write(head + START + "".join(lines) + END + rest.split(END, 1)[1])
    print(f"{len(same)} pairs, {int(same.sum())} of them one statement")


if __name__ == "__main__":
    main()
