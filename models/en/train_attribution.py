#!/usr/bin/env python3
"""Trains the attribution tagger and writes its weights. The same data, seed and versions give the same bytes.

  python3 models/en/train_attribution.py CORPUS models/en/attribution.onrecord

CORPUS holds text/NAME.txt and attributions/NAME_*.ann (brat, as PolNeAR has them). Every eighth text by the CRC-32 of its
name is kept apart: it chooses the threshold and calibrates the scores, and is never trained on. Needs Python 3.11 or
newer, numpy, torch (one thread on the CPU is used) and cargo. About ten minutes of one core.
"""
import argparse
import math
import os
import random
import subprocess
import sys
import tempfile
import time
import zlib

import numpy as np
import torch
from torch.nn import functional as F

from attribution_data import batches, chunks_of, pair_batch, read_annotations, read_texts, to_tokens, token_batch
from attribution_network import ROLES, Network, pack

EPOCHS, BATCH_TOKENS, RATE, WARM_UP, DECAY, SEED = 7, 2500, 2e-3, 100, 1e-3, 1
DROPOUT, LEMMA_DROPOUT = 0.35, 0.1
# Anchors per token in news, for the weights of the losses.
CUE_SHARE, PAIR_SHARE, ROLE_WEIGHT = 0.03, 0.027, 0.1
# Wrong anchors that score more than this are trained to be refused; of those above the second the runtime takes a look.
REFUSE_MIN, CUE_MIN = 0.2, 0.15
CONTENT_PARTS, SHARED_MAX = 3, 0.3


def is_kept_apart(name):
    return zlib.crc32(name.encode()) % 8 == 0


# ---- training ----

def train(chunks):
    network = Network(DROPOUT, LEMMA_DROPOUT)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    total, step = len(batches(chunks, BATCH_TOKENS, False)) * EPOCHS * 1.02, 0
    for epoch in range(EPOCHS):
        network.train()
        losses, began = np.zeros(3), time.time()
        for indexes in batches(chunks, BATCH_TOKENS, True):
            curve = 0.5 * (1 + math.cos(math.pi * min(1, step / total))) + 0.01
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * curve
            parts = loss_of(network, [chunks[ix] for ix in indexes], epoch)
            optimizer.zero_grad()
            sum(parts).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            step += 1
            losses += [part.item() for part in parts] + [0.0] * (3 - len(parts))
        print(f"epoch {epoch}: losses {losses.round(1)}, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    return network


def loss_of(network, chunks, epoch):
    """Losses of cues, roles and acceptance."""
    tokens = token_batch(chunks)
    states = network.states(tokens.vectors, tokens.fields, tokens.lengths)
    scores = network.cues(states)
    by_token = F.binary_cross_entropy_with_logits(scores, tokens.is_anchor, reduction="none")
    parts = [(by_token * tokens.judged).sum() / (BATCH_TOKENS * CUE_SHARE)]
    likely, anchors = torch.sigmoid(scores.detach()).numpy(), []
    for row, chunk in enumerate(chunks):
        found = [(anchor, roles, 1.0) for anchor, roles in chunk.gold]
        if epoch > 0:
            wrong = np.nonzero(likely[row, :chunk.length] > REFUSE_MIN)[0].tolist()
            found += [(anchor, None, 0.0) for anchor in wrong if anchor not in chunk.cue]
        anchors.append(found)
    pairs = pair_batch(chunks, anchors)
    if pairs is None:
        return parts
    roles, accept = network.roles(states, pairs)
    expected = BATCH_TOKENS * PAIR_SHARE
    by_role = F.cross_entropy(roles.reshape(-1, ROLES), pairs.roles.reshape(-1), ignore_index=-100, reduction="sum")
    by_pair = F.binary_cross_entropy_with_logits(accept, pairs.is_right, reduction="sum")
    return parts + [by_role / expected * ROLE_WEIGHT, by_pair / expected * (1.0 if epoch > 0 else 0.0)]


# ---- prediction, as the runtime does it ----

def automaton():
    """States (role, sources, cues, parts) of a reading of a window; see decode.rs."""
    states = [
        (role, sources, cues, parts)
        for role in range(ROLES) for sources in (0, 1) for cues in (0, 1) for parts in range(CONTENT_PARTS + 1)
        if not (role == 2 and not sources) and not (role == 1 and not cues) and not (role == 3 and not parts)
    ]
    after = lambda s, role: s if role == s[0] else (role, s[1] + (role == 2), s[2] + (role == 1), s[3] + (role == 3))
    steps = np.full((len(states), len(states)), -1e9, np.float32)
    for i, before in enumerate(states):
        for j, state in enumerate(states):
            if after(before, state[0]) == state:
                steps[i, j] = 0
    first = np.array([after((0, 0, 0, 0), s[0]) == s for s in states])
    final = np.array([s[2] == 1 and s[3] >= 1 for s in states])
    return np.array([s[0] for s in states]), steps, first, final


ROLE_OF, STEPS, FIRST, FINAL = automaton()


def decode(scores, anchor):
    """The best role of each token."""
    emitted = scores[:, ROLE_OF]
    emitted[anchor, ROLE_OF != 1] = -1e9
    best, back = np.where(FIRST, emitted[0], -1e9), []
    for at in range(1, len(scores)):
        from_all = best[:, None] + STEPS
        came_from = from_all.argmax(0)
        back.append(came_from)
        best = from_all[came_from, np.arange(len(ROLE_OF))] + emitted[at]
    state = int(np.where(FINAL, best, -2e9).argmax())
    path = [state]
    for came_from in reversed(back):
        state = int(came_from[state])
        path.append(state)
    return ROLE_OF[np.array(path[::-1])]


def predict(network, chunks):
    """For each text: (acceptance score, anchor, source, content), the last two sets of tokens."""
    network.eval()
    found = {chunk.text.name: [] for chunk in chunks}
    with torch.no_grad():
        for indexes in batches(chunks, 2 * BATCH_TOKENS, False):
            group = [chunks[ix] for ix in indexes]
            tokens = token_batch(group)
            states = network.states(tokens.vectors, tokens.fields, tokens.lengths)
            likely = torch.sigmoid(network.cues(states)).numpy()
            anchors = [
                [(t, None, 0.0) for t in np.nonzero(likely[row, :chunk.length] > CUE_MIN)[0].tolist()]
                for row, chunk in enumerate(group)
            ]
            pairs = pair_batch(group, anchors)
            if pairs is None:
                continue
            roles, accept = network.roles(states, pairs)
            scores = torch.log_softmax(roles, 2).numpy()
            for ix, (row, anchor, low, high, *_) in enumerate(pairs.items):
                best = decode(scores[ix, :high - low].copy(), anchor - low)
                base, name = group[row].first + low, group[row].text.name
                source, content = (set((np.nonzero(best == role)[0] + base).tolist()) for role in (2, 3))
                found[name].append((float(accept[ix]), anchor + group[row].first, source, content))
    return {name: agree(candidates) for name, candidates in found.items()}


def agree(candidates):
    """Surest first, without those whose words or anchor a surer one has."""
    kept, said = [], set()
    for candidate in sorted(candidates, key=lambda c: (-c[0], c[1])):
        _, anchor, _, content = candidate
        if anchor not in said and len(content & said) <= SHARED_MAX * len(content):
            kept.append(candidate)
            said |= content
    return kept


# ---- threshold and calibration ----

def overlap(a, b):
    return (not a and not b) or (bool(a and b) and 2 * len(a & b) >= max(len(a), len(b)))


def judge(found, texts, annotations):
    """(score, whether right) of each prediction, and the number of gold attributions."""
    judged, count = [], 0
    for text in texts:
        gold = [(set(source), set(content)) for _, source, _, content in to_tokens(text, annotations[text.name])]
        count += len(gold)
        free = list(gold)
        for score, _, source, content in found[text.name]:
            match = next((g for g in free if overlap(content, g[1]) and overlap(source, g[0])), None)
            if match is not None:
                free.remove(match)
            judged.append((score, match is not None))
    return judged, count


def calibrate(judged):
    """Slope and offset of a logistic curve over the scores (Newton's method), without what would never be taken."""
    pairs = [(score, right) for score, right in judged if score > -3]
    x, y = np.array([p[0] for p in pairs]), np.array([float(p[1]) for p in pairs])
    weights = np.array([1.0, 0.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-(weights[0] * x + weights[1])))
        slope = np.array([((p - y) * x).sum(), (p - y).sum()])
        curve = p * (1 - p)
        bend = np.array([[(curve * x * x).sum(), (curve * x).sum()], [(curve * x).sum(), curve.sum()]])
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def choose(judged, count, weights):
    """The best F1 that a threshold gives, and the table of reliability."""
    rated = sorted(((1 / (1 + math.exp(-(weights[0] * s + weights[1]))), right) for s, right in judged), reverse=True)
    best, right = 0.0, 0
    for taken, (_, is_right) in enumerate(rated, 1):
        right += is_right
        best = max(best, 2 * right / (taken + count))
    table = []
    for low in np.arange(0.0, 1.0, 0.1):
        bin_ = [(p, r) for p, r in rated if low <= p < low + 0.1]
        if bin_:
            table.append((low, len(bin_), np.mean([p for p, _ in bin_]), np.mean([r for _, r in bin_])))
    return best, table


def features(corpus, out):
    """Has the runtime describe the texts."""
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    command = "cargo run --release --quiet -p onrecord-understand --example attribution_features --".split()
    texts = os.path.abspath(os.path.join(corpus, "text"))
    subprocess.run(command + [texts, out], cwd=root, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--features", help="read this features file instead of making it")
    parser.add_argument("--limit", type=int, default=0, help="train on this many texts only, to try the script")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    random.seed(SEED)
    np.random.seed(SEED)
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.features or os.path.join(folder, "features")
        if not arguments.features:
            features(arguments.corpus, path)
        texts = read_texts(path)
    annotations = {t.name: read_annotations(os.path.join(arguments.corpus, "attributions"), t.name) for t in texts}
    trained = [t for t in texts if not is_kept_apart(t.name)][:arguments.limit or None]
    apart = [t for t in texts if is_kept_apart(t.name)][:arguments.limit or None]
    network = train(chunks_of(trained, annotations))
    judged, count = judge(predict(network, chunks_of(apart, annotations)), apart, annotations)
    weights = calibrate(judged)
    f1, table = choose(judged, count, weights)
    # Of calibrated probabilities, taking those above half of the best F1 gives the best F1 (Lipton and others, 2014).
    threshold = f1 / 2
    print(f"kept apart: {len(apart)} texts, {count} attributions, F1 {100 * f1:.1f} at {threshold:.3f}")
    print("probability  predictions  mean  right")
    for low, size, mean, share in table:
        print(f"{low:.1f} to {low + 0.1:.1f}   {size:11d}  {mean:.2f}  {share:.2f}")
    with open(arguments.out, "wb") as out:
        out.write(pack(network, weights[0], weights[1], threshold))


if __name__ == "__main__":
    main()
