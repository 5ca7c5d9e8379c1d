#!/usr/bin/env python3
"""Finders of near-duplicates side by side on one set of texts, in one run, on one core.

  peers.py SET_DIR --onrecord BIN [--score score_copies.py]

SET_DIR holds docs.jsonl ({"id", "text", …}). Needs `pip install rensa datasketch gaoya`; one that is not installed is left
out. passim is not in this table: README.md says why. Each finder gives pairs of ids; onrecord also gives passages and
directions where it says so. Reading the set is left out of all times; those of onrecord are of the clock, of the others of
the processor, so that a busy machine can only be unfair to onrecord.
"""
import argparse, json, os, re, subprocess, sys, tempfile, time

WORD = re.compile(r"\w+")


def shingles(text, n=3):
    words = [w.lower() for w in WORD.findall(text)]
    return {" ".join(words[i:i + n]) for i in range(len(words) - n + 1)} or {text}


def with_datasketch(docs, threshold):
    from datasketch import MinHash, MinHashLSH
    index, hashes, pairs = MinHashLSH(threshold=threshold, num_perm=128), {}, set()
    for d in docs:
        h = MinHash(num_perm=128)
        h.update_batch([s.encode() for s in shingles(d["text"])])
        pairs |= {tuple(sorted((d["id"], o))) for o in index.query(h) if h.jaccard(hashes[o]) >= threshold}
        hashes[d["id"]] = h
        index.insert(d["id"], h)
    return pairs


def with_rensa(docs, threshold):
    from rensa import RMinHash, RMinHashLSH
    index, hashes, pairs = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32), [], set()
    for at, d in enumerate(docs):
        h = RMinHash(num_perm=128, seed=42)
        h.update(list(shingles(d["text"])))
        pairs |= {tuple(sorted((d["id"], docs[o]["id"]))) for o in index.query(h) if h.jaccard(hashes[o]) >= threshold}
        hashes.append(h)
        index.insert(at, h)
    return pairs


def with_gaoya(docs, threshold):
    from gaoya.minhash import MinHashStringIndex
    index = MinHashStringIndex(32, threshold, 32, 4, num_hashes=128, analyzer="word", ngram_range=(3, 3), lowercase=True)
    pairs = set()
    for at, d in enumerate(docs):
        pairs |= {tuple(sorted((d["id"], docs[o]["id"]))) for o in index.query(d["text"])}
        index.insert_document(at, d["text"])
    return pairs


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("set"); ap.add_argument("--onrecord"); ap.add_argument("--score")
    a = ap.parse_args()
    docs = [json.loads(line) for line in open(os.path.join(a.set, "docs.jsonl"), encoding="utf-8")]

    def told(name, seconds, path):
        line = f"{name:24} {len(docs) / seconds:8.0f} texts/s"
        if a.score:
            got = json.loads(subprocess.run([sys.executable, a.score, a.set, path], capture_output=True, text=True, check=True).stdout)
            line += f"  whole {got['recall_by']['whole'][0]:.3f}  passages {got['recall_by']['passage'][0]:.3f}  precision {got['precision']:.3f}"
        print(line, flush=True)

    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "pred.jsonl")
        for name, options in (("onrecord, whole copies", ["--whole"]), ("onrecord, with passages", [])):
            if not a.onrecord:
                break
            command = [a.onrecord, "eval", "copies", a.set, "--predictions", path, *options]
            said = [subprocess.run(command, check=True, capture_output=True, text=True).stderr for _ in range(3)]
            told(name, sorted(float(re.search(r" in ([0-9.]+) s on one core", line)[1]) for line in said)[1], path)
        for name, find, threshold in (("rensa, J >= .3", with_rensa, .3), ("datasketch, J >= .5", with_datasketch, .5), ("gaoya, J >= .5", with_gaoya, .5)):
            try:
                start = time.process_time()
                pairs = find(docs, threshold)
                seconds = time.process_time() - start
            except ImportError as missing:
                print(f"{name:24} left out: {missing}")
                continue
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(json.dumps({"from": x, "to": y}) + "\n" for x, y in sorted(pairs))
            told(name, seconds, path)


if __name__ == "__main__":
    main()
