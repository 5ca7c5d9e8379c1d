#!/usr/bin/env python3
"""This program beside spaCy: the same texts, the same weights, one run; prints a table.

usage: speed.py MODEL_DIR THROUGHPUT FILE… [--batch 64] [--rounds 3]

MODEL_DIR is the unpacked model (the folder with meta.json), THROUGHPUT the built example
(`cargo build --release -p onrecord-language --example throughput`). spaCy runs as `nlp.pipe` with the best of the batch
sizes given; both sides take turns, each in a process of its own, and the middle of the rounds counts. Wall time is what a
user waits; processor time is what the work costs and holds on a machine that does other things too. One thread is measured
without start-up and load, two threads with both.

setup.sh beside this file installs spaCy and the model.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import time


def read(paths):
    return [pathlib.Path(path).read_bytes().decode("utf8") for path in paths]


def spacy_once(model, paths, processes, batch):
    """Seconds of wall and processor for the texts, without and with start-up and load."""
    begin = time.perf_counter()
    import spacy

    nlp = spacy.load(model)
    texts = read(paths)
    first = time.perf_counter()
    next(iter(nlp.pipe(texts[:1])))
    to_first = time.perf_counter() - begin
    middle, used = time.perf_counter(), processor()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, n_process=processes, batch_size=batch))
    end = time.perf_counter()
    return {
        "tokens": tokens,
        "to_first": to_first,
        "wall": end - middle,
        "wall_all": end - begin - (middle - first),
        "processor": processor() - used,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def processor():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def in_process(*arguments):
    """Runs spaCy once in a fresh interpreter."""
    command = [sys.executable, __file__, "--child", json.dumps(arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def ours_once(program, paths, threads):
    command = ["/usr/bin/time", "-f", "%M", program, "--threads", str(threads), "--repeat", "0", *paths]
    before = processor()
    subprocess.run(command, check=True, capture_output=True)
    start_up = processor() - before
    command.remove("--repeat"), command.remove("0")
    before = processor()
    begin = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall_all = time.perf_counter() - begin
    tokens, wall = re.search(r"^(\d+) tokens,.*: ([\d.]+) s,", done.stdout, re.M).groups()
    (to_first,) = re.search(r"to first parse of \d+ tokens ([\d.]+) ms", done.stdout).groups()
    return {
        "tokens": int(tokens),
        "to_first": float(to_first) / 1000,
        "wall": float(wall),
        "wall_all": wall_all,
        "processor": processor() - before - start_up,
        "memory": int(done.stderr.split()[-1]) / 1024,
    }


def middle(rounds, key):
    return statistics.median(one[key] for one in rounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("program")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--batch", type=int, nargs="+", default=[64])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    args = parser.parse_args()
    print(f"{len(args.files)} texts, {os.cpu_count()} cores, {args.rounds} rounds, spaCy batch sizes {args.batch}\n")
    print("| threads | | tokens/s, wall | tokens/s of processor time | to first parse | memory, MB |")
    print("|---|---|---|---|---|---|")
    for threads in args.threads:
        sides = {"spaCy": [], "Onrecord": []}
        for _ in range(args.rounds):
            tries = [in_process(args.model, args.files, threads, batch) for batch in args.batch]
            sides["spaCy"].append(min(tries, key=lambda one: one["wall"]))
            sides["Onrecord"].append(ours_once(args.program, args.files, threads))
        wall = "wall" if threads == 1 else "wall_all"
        rates = {}
        for name, rounds in sides.items():
            tokens = rounds[0]["tokens"]
            rates[name] = tokens / middle(rounds, wall), tokens / middle(rounds, "processor")
            first, memory = middle(rounds, "to_first"), middle(rounds, "memory")
            print(f"| {threads} | {name} | {rates[name][0]:,.0f} | {rates[name][1]:,.0f} | {first:.2f} s | {memory:.0f} |")
        ratios = [ours / theirs for ours, theirs in zip(rates["Onrecord"], rates["spaCy"])]
        print(f"| {threads} | **ratio** | **{ratios[0]:.1f}×** | **{ratios[1]:.1f}×** | | |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        multiprocessing.freeze_support()
        print(json.dumps(spacy_once(*json.loads(sys.argv[2]))))
    else:
        main()
