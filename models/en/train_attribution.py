#!/usr/bin/env python3
"""Trains the attribution tagger and writes its weights. The same data, seed and versions give the same bytes.

  python3 models/en/train_attribution.py CORPUS TEXTS MINILM models/en/attribution.onrecord

CORPUS holds text/NAME.txt and attributions/NAME_*.ann (brat, as PolNeAR has them), TEXTS news as .txt without annotation, MINILM the
sentence encoder all-MiniLM-L6-v2. Every eighth text of CORPUS is kept apart (by the CRC-32 of its name). A larger tagger learns from
the others (attribution_teacher.py) and tells what it finds in TEXTS. Then two networks learn from both. The first sees no text
kept apart: the judge of readings is fitted to what it finds there, and the threshold chosen. The second sees all texts and is the one
that is written, with that judge and threshold. Needs Python 3.11 or newer, numpy, torch (one thread on the CPU is used),
transformers and cargo. About an hour and a half of one idle core.
"""
import argparse
import math
import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import random
import subprocess
import sys
import tempfile
import time
import zlib

import numpy as np
import torch

from attribution_data import VERB_TAGS, batches, chunks_of, pair_batch, read_annotations, read_texts, to_tokens, token_batch
from attribution_loss import BATCH_TOKENS, CUE_MIN, DECAY, DROPOUT, LEMMA_DROPOUT, RATE, SEED, lemmas_of, loss_of
from attribution_network import ROLES, Network, pack
import attribution_teacher

EPOCHS, WARM_UP = 8, 100
CONTENT_PARTS, SHARED_MAX = 3, 0.3
# What a change of role costs a reading, as the logarithm of a probability; see decode.rs.
BOUNDARY = 0.5
# The judge is fitted with this penalty; what it is worth is seen on parts of the texts that it was not fitted to.
RIDGE, PARTS = 3.0, 8
THRESHOLDS = [step / 50 for step in range(10, 26)]
# What a higher threshold may cost, as a part of the sum of F1 of whole attributions and of words: what is taken is shown as fact.
FOR_PRECISION = 0.0075


def is_kept_apart(name):
    return zlib.crc32(name.encode()) % 8 == 0


# ---- training ----

def train(chunks):
    torch.manual_seed(SEED)
    random.seed(SEED)
    network = Network(DROPOUT, LEMMA_DROPOUT, np.random.default_rng(SEED))
    network.begin_lemmas(lemmas_of(chunks))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    total, step = len(batches(chunks, BATCH_TOKENS, False)) * EPOCHS * 1.02, 0
    for epoch in range(EPOCHS):
        network.train()
        losses, began, used = np.zeros(3), time.time(), time.process_time()
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
        times = f"{time.time() - began:.0f} s, of one core {time.process_time() - used:.0f} s"
        print(f"epoch {epoch}: losses {losses.round(1)}, {times}", file=sys.stderr, flush=True)
    return network


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
                steps[i, j] = 0 if state == before else -BOUNDARY
    first = np.array([after((0, 0, 0, 0), s[0]) == s for s in states])
    final = np.array([s[2] == 1 and s[3] >= 1 for s in states])
    return np.array([s[0] for s in states]), steps, first, final


ROLE_OF, STEPS, FIRST, FINAL = automaton()


def decode(scores, pairs):
    """The best role of each row of the windows, by the logarithms of probabilities."""
    sequences, way = pairs.sequences, pairs.sequences.ways[0].numpy()
    barred = np.zeros(scores.shape, np.float32)
    barred[pairs.anchor_row.numpy()] = [-1e9, 0, -1e9, -1e9]
    scores, back = (scores + barred)[way][:, ROLE_OF], np.zeros((len(way), len(ROLE_OF)), np.int64)
    best = np.where(FIRST, scores[:sequences.begins], np.float32(-1e9))
    for (start, stop), count in list(zip(sequences.ranges, sequences.counts))[1:]:
        through = best[:count, :, None] + STEPS
        back[start:stop] = through.argmax(1)
        best[:count] = np.take_along_axis(through, back[start:stop, None], 1)[:, 0] + scores[start:stop]
    state, roles = np.where(FINAL, best, np.float32(-2e9)).argmax(1), np.zeros(len(way), np.int64)
    for (start, stop), count in reversed(list(zip(sequences.ranges, sequences.counts))):
        roles[way[start:stop]] = ROLE_OF[state[:count]]
        state[:count] = back[np.arange(start, stop), state[:count]]
    return roles


# What the judge looks at; see judge.rs.
SEEN = 10


def seen(cue, accept, scores, roles, chunk, anchor, low):
    """What the judge sees of a reading: the role of each token of a window and its logarithms of probabilities."""
    source, content = roles == 2, roles == 3
    chosen = scores[np.arange(len(roles)), roles]
    return [
        accept,
        chosen.sum() / 10,
        chosen[source].sum(),
        1 - math.exp(-np.exp(scores[:, 2]).sum()),
        float(source.any()),
        math.log(max(1, content.sum())),
        float((chunk.fields[low:low + len(roles), 4][content] > 0).any()),
        float(anchor + chunk.first in chunk.text.rules),
        cue,
        float(chunk.fields[anchor, 0] in VERB_TAGS),
    ]


def predict(network, chunks, groups=None):
    """For each text all readings: (what the judge sees, anchor, source, content), the last two sets of tokens. `groups`: indexes of
    chunks that are read together."""
    network.eval()
    found = {chunk.text.name: [] for chunk in chunks}
    with torch.no_grad():
        for indexes in groups or batches(chunks, 2 * BATCH_TOKENS, False):
            group = [chunks[ix] for ix in indexes]
            tokens = token_batch(group)
            states = network.states(tokens)
            cues = network.cues(states).numpy()
            cue_min = math.log(CUE_MIN / (1 - CUE_MIN))
            anchors = [
                (ix, anchor, None, 0.0) for ix, (first, chunk) in enumerate(zip(tokens.first, group))
                for anchor in np.nonzero(cues[first:first + chunk.length] > cue_min)[0].tolist()
            ]
            pairs = pair_batch(group, tokens, anchors)
            if pairs is None:
                continue
            scores, accept = network.roles(states, pairs)
            scores = torch.log_softmax(scores, 1).numpy()
            best = decode(scores, pairs)
            for ix, (owner, anchor, low, high, *_) in enumerate(pairs.items):
                chunk, rows = group[owner], slice(pairs.first[ix], pairs.first[ix] + high - low)
                roles, base = best[rows], chunk.first + low
                source, content = (set((np.nonzero(roles == role)[0] + base).tolist()) for role in (2, 3))
                cue = float(cues[tokens.first[owner] + anchor])
                view = seen(cue, float(accept[ix]), scores[rows], roles, chunk, anchor, low)
                found[chunk.text.name].append((view, anchor + chunk.first, source, content))
    return found


def agree(candidates):
    """Surest first, without those whose words or anchor a surer one has. Candidates begin with their probability."""
    kept, said = [], set()
    for candidate in sorted(candidates, key=lambda c: (-c[0], c[1])):
        anchor, content = candidate[1], candidate[3]
        if anchor not in said and len(content & said) <= SHARED_MAX * len(content):
            kept.append(candidate)
            said |= content
    return kept


# ---- the judge: how probably a reading is right ----

def overlap(a, b):
    return (not a and not b) or (bool(a and b) and 2 * len(a & b) >= max(len(a), len(b)))


def fit(views, right):
    """A logistic regression (Newton's method): a weight for each of what is seen, then the bias."""
    views, right = np.array(views), np.array(right, float)
    mean, spread = views.mean(0), views.std(0) + 1e-9
    x, weights = np.c_[(views - mean) / spread, np.ones(len(views))], np.zeros(SEEN + 1)
    bound = np.diag([RIDGE] * SEEN + [0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + bound, x.T @ (p - right) + bound @ weights)
    own = weights[:SEEN] / spread
    return np.append(own, weights[SEEN] - own @ mean)


def probability(weights, view):
    return 1 / (1 + math.exp(-(float(weights[:SEEN] @ np.array(view)) + weights[SEEN])))


def learn_to_judge(found, gold):
    """The judge's weights, fitted to all texts; and for every text its readings as judges fitted to the others see them."""
    rows = []
    for name in found:
        for view, _, source, content in found[name]:
            right = any(overlap(content, theirs) and overlap(source, whose) for whose, theirs in gold[name])
            rows.append((name, view, right))
    judged, part = {}, {name: zlib.crc32(name.encode()) // 8 % PARTS for name in found}
    for ix in range(PARTS):
        others = [row for row in rows if part[row[0]] != ix]
        weights = fit([row[1] for row in others], [row[2] for row in others])
        for name in found:
            if part[name] == ix:
                judged[name] = agree([(probability(weights, view), *rest) for view, *rest in found[name]])
    return fit([row[1] for row in rows], [row[2] for row in rows]), judged


def f1_at(threshold, judged, gold):
    """F1 of whole attributions, and of words of content."""
    right = taken = words = said = both = 0
    for name, readings in judged.items():
        free, readings = list(gold[name]), [reading for reading in readings if reading[0] >= threshold]
        taken += len(readings)
        for _, _, source, content in readings:
            match = next((g for g in free if overlap(content, g[1]) and overlap(source, g[0])), None)
            if match is not None:
                free.remove(match)
                right += 1
        ours = set().union(*(content for _, _, _, content in readings))
        theirs = set().union(*(content for _, content in gold[name]))
        words, said, both = words + len(theirs), said + len(ours), both + len(ours & theirs)
    return 2 * right / (taken + sum(map(len, gold.values()))), 2 * both / (words + said)


def reliability(judged, gold):
    rated = [
        (p, any(overlap(content, theirs) and overlap(source, whose) for whose, theirs in gold[name]))
        for name, readings in judged.items() for p, _, source, content in readings
    ]
    for low in range(10):
        rows = [row for row in rated if low <= 10 * row[0] < low + 1]
        if rows:
            yield low / 10, len(rows), np.mean([row[0] for row in rows]), np.mean([row[1] for row in rows])


def features(folder, out):
    """Has the runtime describe the texts of a folder."""
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    command = "cargo run --release --quiet -p onrecord-understand --example attribution_features --".split()
    subprocess.run(command + [os.path.abspath(folder), out], cwd=root, check=True)


def words_of(folder, texts):
    """The words of each text by its name."""
    return {text.name: open(os.path.join(folder, text.name + ".txt"), encoding="utf8", newline="").read() for text in texts}


def judged_by_others(found, apart, annotations):
    """The judge; the threshold that serves best; and all readings of the texts kept apart, beside the gold."""
    tokens = {text.name: to_tokens(text, annotations[text.name]) for text in apart}
    gold = {name: [(set(source), set(content)) for _, source, _, content in said] for name, said in tokens.items()}
    judge, judged = learn_to_judge(found, gold)
    worth = {threshold: sum(f1_at(threshold, judged, gold)) for threshold in THRESHOLDS}
    threshold = max(threshold for threshold in THRESHOLDS if worth[threshold] >= max(worth.values()) - FOR_PRECISION)
    whole, words = f1_at(threshold, judged, gold)
    print(f"kept apart: {len(apart)} texts; at {threshold:.2f} F1 {100 * whole:.1f}, of words of content {100 * words:.1f}", flush=True)
    return judge, threshold, judged, gold


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "texts", "minilm", "out"):
        parser.add_argument(name)
    parser.add_argument("--keep", help="a folder in which the described texts and the teacher are kept, or found from an earlier run")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    folders = [os.path.join(arguments.corpus, "text"), arguments.texts]
    with tempfile.TemporaryDirectory() as folder:
        folder = arguments.keep or folder
        described = [os.path.join(folder, name) for name in ("corpus.features", "texts.features")]
        for path, of in zip(described, folders):
            if not os.path.exists(path):
                features(of, path)
        texts, plain = map(read_texts, described)
        annotations = {t.name: read_annotations(os.path.join(arguments.corpus, "attributions"), t.name) for t in texts}
        trained, apart = [t for t in texts if not is_kept_apart(t.name)], [t for t in texts if is_kept_apart(t.name)]
        shown, hidden = chunks_of(trained, annotations), chunks_of(apart, annotations)
        told = chunks_of(plain, {text.name: [] for text in plain})
        words = words_of(folders[0], texts)
        teacher = attribution_teacher.teach(arguments.minilm, shown, words, arguments.keep)
    teacher.cut(hidden, words)
    judged_by_others(predict(teacher, hidden, attribution_teacher.window_batches(hidden, False)), apart, annotations)
    attribution_teacher.tell(teacher, told, words_of(folders[1], plain))
    judge, threshold, judged, gold = judged_by_others(predict(train(shown + told), hidden), apart, annotations)
    print("probability  predictions  mean  right")
    for low, size, mean, share in reliability(judged, gold):
        print(f"{low:.1f} to {low + 0.1:.1f}   {size:11d}  {mean:.2f}  {share:.2f}")
    network = train(shown + hidden + told)
    with open(arguments.out, "wb") as out:
        out.write(pack(network, judge, threshold))


if __name__ == "__main__":
    main()
