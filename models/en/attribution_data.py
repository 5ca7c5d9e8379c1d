"""Texts, annotations and batches for the trainer of the attribution tagger.

Texts come as `cargo run --example attribution_features` writes them; annotations are brat files as PolNeAR has them.
"""
import glob
import os
import random
import re
import types

import numpy as np
import torch

from attribution_network import PAIR_ROWS, ROLES, TOKEN_ROWS, VECTOR

REACH = 150  # tokens that a cue reaches to either side
CLIMB = 40  # ancestors of an anchor that a path looks up to
NOTHING = 0xFFFFFFFF
VERB_TAGS = {38, 39, 40, 41, 42, 43}  # VB to VBZ by their numbers
NO_BRANCH, NO_PATH = 45, 46
DISTANCES = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 40, 70])


def read_texts(path):
    """All texts of a features file."""
    data, at, texts = memoryview(np.fromfile(path, dtype=np.uint8)), 0, []

    def take(count, kind="<u4"):
        nonlocal at
        size = count * np.dtype(kind).itemsize
        array = np.frombuffer(data[at:at + size], kind)
        at += size
        return array

    while at < len(data):
        name, tokens, chunks, rules = map(int, take(4))
        text = types.SimpleNamespace(rules={})
        text.start, text.end, text.head, text.sentence = (take(tokens).astype(np.int64) for _ in range(4))
        text.chunks = take(2 * chunks).reshape(chunks, 2).astype(int).tolist()
        for _ in range(rules):
            anchor, first, last, cue_first, cue_last, score, parts = map(int, take(7))
            content = take(2 * parts).reshape(parts, 2).astype(int).tolist()
            source = None if first == NOTHING else (first, last)
            if anchor not in text.rules or text.rules[anchor][3] < score:
                text.rules[anchor] = (source, (cue_first, cue_last), content, score)
        text.name = bytes(take(name, "u1")).decode()
        text.fields = take(tokens * len(TOKEN_ROWS), "<u2").reshape(tokens, -1)
        text.vectors = take(tokens * VECTOR, "<f4").reshape(tokens, VECTOR)
        texts.append(text)
    return texts


def read_annotation(path):
    """Attributions of a brat file: for each role its spans in code points."""
    spans, events = {}, []
    for line in open(path, encoding="utf8", newline="\n"):
        line = line.rstrip("\r\n")
        if found := re.match(r"(T\d+)\t\S+ ([\d ;]+)(?:\t|$)", line):
            spans[found[1]] = [tuple(map(int, part.split())) for part in found[2].split(";")]
        elif found := re.match(r"E\d+\t(.+)", line):
            events.append(found[1].split())
    attributions = []
    for event in events:
        if event[0].startswith("Attribution"):
            roles = {"source": [], "cue": [], "content": []}
            for argument in event[1:]:
                role, span = argument.split(":")
                roles[re.sub(r"\d+$", "", role).lower()] += spans[span]
            if roles["content"]:
                attributions.append(roles)
    return attributions


def read_annotations(folder, name):
    """Attributions of the text `name` by its first annotator."""
    files = sorted(glob.glob(os.path.join(folder, glob.escape(name) + "_*.ann")))
    return read_annotation(files[0]) if files else []


def to_tokens(text, attributions):
    """Attributions as (anchor, source, cue, content), the last three lists of tokens."""
    middle, out = (text.start + text.end) / 2, []
    for roles in attributions:
        tokens = {}
        for role, spans in roles.items():
            tokens[role] = []
            for start, end in sorted(spans):
                tokens[role] += range(int(np.searchsorted(middle, start)), int(np.searchsorted(middle, end)))
        cue, content = tokens["cue"], tokens["content"]
        if not cue or not content:
            continue
        inside = set(cue)
        top = [t for t in cue if text.head[t] not in inside or text.head[t] == t] or cue
        words = [t for t in top if text.fields[t, 3] != 0]
        anchor = ([t for t in top if text.fields[t, 0] in VERB_TAGS] or words or top)[0]
        out.append((anchor, tokens["source"], cue, content))
    return out


def chunks_of(texts, annotations):
    """The chunks of the texts with their gold: (anchor, role of each token); and the tokens of all gold cues."""
    chunks = []
    for text in texts:
        gold = to_tokens(text, annotations[text.name])
        for first, last in text.chunks:
            chunk = types.SimpleNamespace(text=text, first=first, length=last - first, gold=[], cue=set(), pairs={}, told=None)
            chunk.fields, chunk.vectors = text.fields[first:last].astype(np.int64), text.vectors[first:last]
            chunk.sentence, own = text.sentence[first:last], np.arange(last - first)
            head = text.head[first:last] - first
            chunk.head = np.where((head < 0) | (head >= last - first), own, head).tolist()
            chunk.relation = chunk.fields[:, 1].tolist()
            for anchor, source, cue, content in gold:
                if first <= anchor < last:
                    roles = np.zeros(last - first, np.int64)
                    for tokens, role in ((content, 3), (source, 2), (cue, 1)):
                        roles[[t - first for t in tokens if first <= t < last]] = role
                    chunk.gold.append((anchor - first, roles))
                    chunk.cue |= {t - first for t in cue}
            chunks.append(chunk)
    return chunks


def pair_fields(chunk, anchor):
    """First and last token of the window, and what describes each of its tokens beside the anchor (see features.rs)."""
    low, high = max(0, anchor - REACH), min(chunk.length, anchor + REACH + 1)
    head, relation = chunk.head, chunk.relation
    ancestors, at, steps, child = {}, anchor, 0, -1
    while True:
        ancestors[at] = (steps, child)
        if head[at] == at or steps >= CLIMB:
            break
        child, at, steps = at, head[at], steps + 1
    out, known = np.zeros((high - low, len(PAIR_ROWS)), np.int8), {}
    for token in range(low, high):
        at, climbed, base = token, [], None
        while True:
            if at in known:
                base = known[at]
                break
            if at in ancestors:
                base = (at, 0, -1)
                break
            climbed.append(at)
            if head[at] == at or len(climbed) > 2 * CLIMB:
                break
            at = head[at]
        if not climbed:
            known[at] = base
        for step in reversed(climbed):
            if base is not None:
                base = (base[0], base[1] + 1, step if base[2] < 0 else base[2])
            known[step] = base
        if known[token] is None:
            out[token - low, 1:5] = (7, 7, NO_PATH, NO_PATH)
        else:
            ancestor, down, branch = known[token]
            up, own = ancestors[ancestor]
            branches = [relation[b] if b >= 0 else NO_BRANCH for b in (branch, own)]
            out[token - low, 1:5] = (min(up, 6), min(down, 6), *branches)
    tokens = np.arange(low, high)
    steps = np.searchsorted(DISTANCES, np.abs(tokens - anchor), "right")
    out[:, 0] = np.where(tokens > anchor, 12 + steps, 12 - steps)
    sentence = chunk.sentence[low:high]
    out[:, 5] = np.where(sentence == chunk.sentence[anchor], 0, np.where(sentence < chunk.sentence[anchor], 1, 2))
    out[:, 6] = chunk.fields[low:high, 4] + (8 if chunk.fields[anchor, 4] else 0)
    if rule := chunk.text.rules.get(anchor + chunk.first):
        label, base = np.ones(high - low, np.int8), chunk.first + low
        source, cue, content, _ = rule
        for (first, last), value in [(c, 4) for c in content] + [(s, 3) for s in [source] if s] + [(cue, 2)]:
            label[max(first - base, 0):max(last - base, 0)] = value
        out[:, 7] = label
    return low, high, out


def token_batch(chunks):
    """Tokens of some chunks, one behind the other; tokens of a gold cue beside its anchor are not judged."""
    lengths = np.array([chunk.length for chunk in chunks])
    batch = types.SimpleNamespace(lengths=lengths, first=np.cumsum(lengths) - lengths)
    batch.vectors = torch.from_numpy(np.concatenate([chunk.vectors for chunk in chunks]))
    batch.fields = torch.from_numpy(np.concatenate([chunk.fields for chunk in chunks]))
    is_anchor, judged = np.zeros(lengths.sum(), np.float32), np.ones(lengths.sum(), np.float32)
    batch.chunks = chunks
    for first, chunk in zip(batch.first, chunks):
        if chunk.told is not None:
            is_anchor[first:first + chunk.length] = chunk.told.cues
        judged[[first + token for token in chunk.cue]] = 0
        for anchor, _ in chunk.gold:
            is_anchor[first + anchor] = judged[first + anchor] = 1
    batch.is_anchor, batch.judged = torch.from_numpy(is_anchor), torch.from_numpy(judged)
    return batch


def windowed(roles, low, high):
    """The roles of a window: an annotation has one for each token of the chunk, a teacher's telling is of the window already."""
    return roles if roles is None or roles.ndim == 2 else roles[low:high]


def pair_batch(chunks, tokens, anchors):
    """Windows of anchors, one behind the other. `anchors` are (chunk, anchor, gold roles or what a teacher tells of them or None, how
    probably it is one)."""
    items, rows = [], []
    for ix, anchor, roles, is_right in anchors:
        chunk = chunks[ix]
        if anchor not in chunk.pairs:
            chunk.pairs[anchor] = pair_fields(chunk, anchor)
        low, high, fields = chunk.pairs[anchor]
        items.append((ix, anchor, low, high, fields, windowed(roles, low, high), is_right))
        rows.append(np.arange(tokens.first[ix] + low, tokens.first[ix] + high))
    if not items:
        return None
    batch = types.SimpleNamespace(items=items, lengths=np.array([high - low for _, _, low, high, *_ in items]))
    batch.first = np.cumsum(batch.lengths) - batch.lengths
    batch.rows = torch.from_numpy(np.concatenate(rows))
    batch.fields = torch.from_numpy(np.concatenate([fields for *_, fields, _, _ in items]).astype(np.int64))
    batch.anchor = torch.tensor([int(tokens.first[ix]) + anchor for ix, anchor, *_ in items])
    batch.anchor_row = torch.from_numpy(batch.first + np.array([anchor - low for _, anchor, low, *_ in items]))
    batch.owner = torch.from_numpy(np.repeat(np.arange(len(items)), batch.lengths))
    batch.is_right = torch.tensor([item[6] for item in items], dtype=torch.float32)
    batch.roles = torch.from_numpy(np.concatenate([probable(low, high, roles) for _, _, low, high, _, roles, _ in items]))
    return batch


def probable(low, high, roles):
    """How probable each role of each token of a window is: by an annotation, by what a teacher tells, or nothing."""
    if roles is None:
        return np.zeros((high - low, ROLES), np.float32)
    return roles.astype(np.float32) if roles.ndim == 2 else np.eye(ROLES, dtype=np.float32)[roles]


def batches(chunks, tokens, shuffle):
    """Indexes of chunks of about the same length, up to `tokens` a batch with padding."""
    noise = (lambda: random.random() * 8) if shuffle else (lambda: 0)
    order = sorted(range(len(chunks)), key=lambda ix: chunks[ix].length + noise())
    out, now, longest = [], [], 0
    for ix in order:
        longest = max(longest, chunks[ix].length)
        if now and longest * (len(now) + 1) > tokens:
            out.append(now)
            now, longest = [], chunks[ix].length
        now.append(ix)
    if now:
        out.append(now)
    if shuffle:
        random.shuffle(out)
    return out
