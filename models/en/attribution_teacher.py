"""A larger tagger that teaches the one the program carries: MiniLM under the same network.

It learns from annotated texts, all of its layers with the network's, and then tells of texts without annotation how probably each
token is an anchor, and each token of an anchor's window has each role.
"""
import os
import random
import sys
import time
import types

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from attribution_data import pair_batch, token_batch
from attribution_layers import Recurrent, Sequences
from attribution_loss import BATCH_TOKENS, CUE_MIN, DECAY, DROPOUT, LEMMA_DROPOUT, RATE, SEED, lemmas_of, loss_of
from attribution_network import CUE, LEMMA, PAIR, TOKEN_WIDTHS, VECTOR, Network
from meaning_network import HEADS, LEAST, WIDTH, Layer

EPOCHS, READER_RATE, WARM_UP = 4, 1e-4, 100
# Pieces of words that are read at a time, those of whole paragraphs of one text; pieces of a batch; pieces of a word.
WINDOW, BATCH_PIECES, WORD_PIECES = 254, 2048, 8
# What the reader says of a token also goes past the recurrent layer, in so many numbers.
PAST, DROPPED = 128, 0.1
# Widths of its recurrent layers, each way: what the transformer says needs no wider ones.
HIDDEN, ROLE = 60, 32


class Reader(nn.Module):
    """Layers of a transformer of BERT's family with its pieces of words; the rows of these stay as they are."""

    def __init__(self, folder):
        from transformers import AutoModel, AutoTokenizer

        super().__init__()
        weights = AutoModel.from_pretrained(folder).state_dict()
        of = lambda name: weights["embeddings." + name]
        self.tokens, self.known = AutoTokenizer.from_pretrained(folder), {}
        self.register_buffer("rows", of("word_embeddings.weight").clone(), persistent=False)
        places = of("position_embeddings.weight") + of("token_type_embeddings.weight")[0]
        self.register_buffer("places", places[: WINDOW + 2].clone(), persistent=False)
        self.first = nn.LayerNorm(WIDTH, eps=LEAST)
        with torch.no_grad():
            self.first.weight.copy_(of("LayerNorm.weight"))
            self.first.bias.copy_(of("LayerNorm.bias"))
        count = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{at}.", F.gelu) for at in range(count))

    def cut(self, word):
        if word not in self.known:
            pieces = self.tokens(word, add_special_tokens=False)["input_ids"]
            self.known[word] = (pieces or [self.tokens.unk_token_id])[:WORD_PIECES]
        return self.known[word]

    def forward(self, windows, owners):
        """States of tokens, [tokens × WIDTH]: the mean of their pieces. `windows` are lists of pieces, `owners` the token of each."""
        first, last = self.tokens.cls_token_id, self.tokens.sep_token_id
        lengths = torch.tensor([len(window) + 2 for window in windows])
        most = int(lengths.max())
        rows = torch.tensor([[first, *window, last] + [0] * (most - len(window) - 2) for window in windows])
        bias = torch.zeros(rows.shape).masked_fill(torch.arange(most)[None] >= lengths[:, None], -1e4)[:, None, None]
        with torch.autocast("cpu", torch.bfloat16):
            state = self.first(F.embedding(rows, self.rows) + self.places[:most])
            state = F.dropout(state, DROPPED, self.training).bfloat16()
            for layer in self.layers:
                state = F.dropout(layer(state, bias), DROPPED, self.training)
        state = state.float().flatten(0, 1)
        at = torch.cat([torch.arange(len(window)) + line * most + 1 for line, window in enumerate(windows)])
        owner = torch.tensor([token for window in owners for token in window])
        count = torch.bincount(owner)
        total = torch.zeros(len(count), WIDTH).index_add(0, owner, state.index_select(0, at))
        return total / count.clamp(min=1)[:, None]


class Teacher(Network):
    def __init__(self, folder, draws):
        super().__init__(DROPOUT, LEMMA_DROPOUT, draws, HIDDEN, ROLE)
        self.reader = Reader(folder)
        self.tokens = Recurrent(VECTOR + WIDTH + sum(width or LEMMA for width in TOKEN_WIDTHS), HIDDEN, 4)
        self.past = nn.Linear(WIDTH, PAST)
        states = 2 * HIDDEN + PAST
        self.cue1, self.pair_token = nn.Linear(states, CUE), nn.Linear(states, PAIR)
        self.pair_anchor = nn.Linear(states, PAIR, bias=False)

    def cut(self, chunks, texts):
        """Gives each chunk its pieces, and the token of each."""
        for chunk in chunks:
            text, own = texts[chunk.text.name], chunk.text
            words = [text[own.start[at]:own.end[at]] for at in range(chunk.first, chunk.first + chunk.length)]
            cut = [self.reader.cut(word) for word in words]
            chunk.pieces = [piece for pieces in cut for piece in pieces][:WINDOW]
            chunk.owners = [token for token, pieces in enumerate(cut) for _ in pieces][:WINDOW]

    def states(self, tokens):
        windows, owners, last = [], [], None
        for first, chunk in zip(tokens.first.tolist(), tokens.chunks):
            if last is not chunk.text or len(windows[-1]) + len(chunk.pieces) > WINDOW:
                windows.append([])
                owners.append([])
            windows[-1] += chunk.pieces
            owners[-1] += [first + owner for owner in chunk.owners]
            last = chunk.text
        read = self.reader(windows, owners)
        read = F.pad(read, (0, 0, 0, len(tokens.vectors) - len(read)))
        rows = self.drop(torch.cat([read, self.described(tokens)], 1), 0.7 * self.dropout)
        return self.drop(torch.cat([self.tokens(rows, Sequences(tokens.lengths)), self.past(read)], 1), self.dropout)


def windows(chunks):
    """Indexes of chunks that are read at a time."""
    made, size, text = [], 0, None
    for ix, chunk in enumerate(chunks):
        if text is not chunk.text or size + len(chunk.pieces) > WINDOW:
            made.append([])
            size = 0
        made[-1].append(ix)
        size, text = size + len(chunk.pieces), chunk.text
    return made


def window_batches(chunks, shuffle):
    """Indexes of chunks, window by window, those of about the same length together."""
    length = lambda window: sum(len(chunks[ix].pieces) for ix in window) + 2
    noise = (lambda: random.random() * 16) if shuffle else (lambda: 0)
    # Two windows of one text must not come to lie side by side: they would be read as one where they are short.
    made, now, longest = [], [], 0
    for window in sorted(windows(chunks), key=lambda window: length(window) + noise()):
        longest = max(longest, length(window))
        beside = now and chunks[now[-1][-1]].text is chunks[window[0]].text
        if now and (beside or longest * (len(now) + 1) > BATCH_PIECES):
            made.append([ix for window in now for ix in window])
            now, longest = [], length(window)
        now.append(window)
    made.append([ix for window in now for ix in window])
    if shuffle:
        random.shuffle(made)
    return made


def teach(folder, chunks, texts, keep=None):
    """A teacher that learned from these chunks. `texts`: the words of each text by its name; `keep`: a folder in which its weights are
    kept, or found from an earlier run."""
    torch.manual_seed(SEED)
    random.seed(SEED)
    teacher = Teacher(folder, np.random.default_rng(SEED))
    teacher.begin_lemmas(lemmas_of(chunks))
    teacher.cut(chunks, texts)
    kept = os.path.join(keep, "teacher.pt") if keep else None
    if kept and os.path.exists(kept):
        teacher.load_state_dict(torch.load(kept))
        return teacher
    reader = list(teacher.reader.parameters())
    own = [value for name, value in teacher.named_parameters() if not name.startswith("reader.")]
    network_part, reader_part = (torch.optim.AdamW(part, lr=0, weight_decay=decay) for part, decay in ((own, DECAY), (reader, 0.01)))
    steps, step = EPOCHS * len(window_batches(chunks, False)), 0
    for epoch in range(EPOCHS):
        teacher.train()
        losses, began, used = np.zeros(3), time.time(), time.process_time()
        for indexes in window_batches(chunks, True):
            share = min(1, step / steps)
            for group in network_part.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (0.5 * (1 + np.cos(np.pi * share)) + 0.01)
            for group in reader_part.param_groups:
                group["lr"] = READER_RATE * min(1, (step + 1) / (0.1 * steps)) * max(0.01, 1 - share)
            parts = loss_of(teacher, [chunks[ix] for ix in indexes], 0 if step < steps / 6 else 1)
            network_part.zero_grad()
            reader_part.zero_grad()
            sum(parts).backward()
            torch.nn.utils.clip_grad_norm_(own, 5.0)
            torch.nn.utils.clip_grad_norm_(reader, 1.0)
            network_part.step()
            reader_part.step()
            step += 1
            losses += [part.item() for part in parts] + [0.0] * (3 - len(parts))
        times = f"{time.time() - began:.0f} s, of one core {time.process_time() - used:.0f} s"
        print(f"teacher, epoch {epoch}: losses {losses.round(1)}, {times}", file=sys.stderr, flush=True)
    if kept:
        torch.save(teacher.state_dict(), kept)
    return teacher


def tell(teacher, chunks, texts):
    """Gives each chunk what the teacher says of it: how probably each token is an anchor; and for those that may be, the roles of
    their window and how probably it is one."""
    teacher.eval()
    teacher.cut(chunks, texts)
    with torch.no_grad():
        for indexes in window_batches(chunks, False):
            group = [chunks[ix] for ix in indexes]
            tokens = token_batch(group)
            states = teacher.states(tokens)
            likely = torch.sigmoid(teacher.cues(states)).numpy()
            anchors = []
            for ix, (first, chunk) in enumerate(zip(tokens.first, group)):
                own = likely[first:first + chunk.length]
                chunk.told = types.SimpleNamespace(cues=own.copy(), anchors={})
                anchors += [(ix, anchor, None, 0.0) for anchor in np.nonzero(own > CUE_MIN)[0].tolist()]
            pairs = pair_batch(group, tokens, anchors)
            if pairs is None:
                continue
            roles, accept = teacher.roles(states, pairs)
            roles, accept = torch.softmax(roles, 1).half().numpy(), torch.sigmoid(accept).tolist()
            for ix, (owner, anchor, low, high, *_) in enumerate(pairs.items):
                rows = slice(pairs.first[ix], pairs.first[ix] + high - low)
                group[owner].told.anchors[anchor] = (roles[rows].copy(), accept[ix])
