"""The attribution tagger's network, as crates/onrecord-understand/src/attribution runs it, and its file.

Numbers of rows and widths must be those of features.rs and weights.rs there.
"""
import struct

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from attribution_layers import Recurrent, Sequences

VECTOR, LEMMA, PAIR, CUE = 96, 32, 96, 48
# Widths of the recurrent layers, each way.
HIDDEN, ROLE = 96, 48
LEMMA_ROWS = 8192
# Rows of each token field's table and the width of its embedding; a lemma field (None) shares the table of field 2.
TOKEN_ROWS = [51, 45, LEMMA_ROWS, 6, 8, 19, None, 51, 19, 16, 45, 40, 6]
TOKEN_WIDTHS = [12, 12, LEMMA, 4, 6, 8, None, 8, 6, 4, 8, 8, 4]
LEMMA_FIELDS = (2, 6)
PAIR_ROWS = [25, 8, 8, 47, 47, 4, 16, 8]
ROLES = 4


class Network(nn.Module):
    """Tokens to cue scores; an anchor and its window to roles and acceptance. `draws` makes what dropout drops."""

    def __init__(self, dropout, lemma_dropout, draws, hidden=HIDDEN, role=ROLE):
        super().__init__()
        self.dropout, self.lemma_dropout, self.draws = dropout, lemma_dropout, draws
        self.hidden, self.role_width = hidden, role
        table = lambda rows, width: nn.Parameter(0.1 * torch.randn(rows, width))
        pairs = zip(TOKEN_ROWS, TOKEN_WIDTHS)
        self.fields = nn.ParameterDict({str(f): table(rows, width) for f, (rows, width) in enumerate(pairs) if rows})
        self.tokens = Recurrent(VECTOR + sum(width or LEMMA for width in TOKEN_WIDTHS), hidden, 4)
        self.cue1, self.cue2 = nn.Linear(2 * hidden, CUE), nn.Linear(CUE, 1)
        self.pair_token = nn.Linear(2 * hidden, PAIR)
        self.pair_anchor = nn.Linear(2 * hidden, PAIR, bias=False)
        self.pair_fields = table(sum(PAIR_ROWS), PAIR)
        self.register_buffer("pair_first", torch.tensor(np.cumsum([0] + PAIR_ROWS[:-1])), persistent=False)
        self.window = Recurrent(PAIR, role, 3)
        self.role, self.accept = nn.Linear(2 * role, ROLES), nn.Linear(2 * role, 1)

    def begin_lemmas(self, lemmas):
        """Has the rows of lemmas begin as the principal components of the mean vectors of their tokens: words that are used
        alike begin alike, and those that no annotation has still mean something."""
        mean, count = lemmas
        seen, weight = count > 0, np.log1p(count)[:, None]
        mean = np.where(seen[:, None], mean - (mean * weight).sum(0) / weight.sum(), 0)
        _, axes = np.linalg.eigh((mean * weight).T @ mean)
        axes = axes[:, ::-1][:, :LEMMA]
        axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(LEMMA)])
        rows = mean @ axes
        rows = 0.1 * rows / rows[seen].std(0)
        table = self.fields[str(LEMMA_FIELDS[0])]
        with torch.no_grad():
            table.copy_(torch.where(torch.from_numpy(seen)[:, None], torch.from_numpy(rows).float(), table))

    def drop(self, rows, share):
        if not self.training:
            return rows
        kept = self.draws.random(rows.shape, dtype=np.float32) >= share
        return rows * torch.from_numpy(kept.astype(np.float32) / np.float32(1 - share))

    def described(self, tokens):
        """What describes each token before its neighbours are looked at."""
        parts = [tokens.vectors]
        for field in range(len(TOKEN_ROWS)):
            rows = tokens.fields[:, field]
            if field in LEMMA_FIELDS and self.training:
                dropped = self.draws.random(len(rows), dtype=np.float32) < self.lemma_dropout
                rows = rows.masked_fill(torch.from_numpy(dropped), 0)
            parts.append(F.embedding(rows, self.fields[str(LEMMA_FIELDS[0] if field in LEMMA_FIELDS else field)]))
        return torch.cat(parts, 1)

    def states(self, tokens):
        """States of tokens, [tokens × 2 hidden]."""
        rows = self.drop(self.described(tokens), 0.7 * self.dropout)
        return self.drop(self.tokens(rows, Sequences(tokens.lengths)), self.dropout)

    def cues(self, states):
        """Scores of being the anchor of a cue."""
        return self.cue2(torch.relu(self.cue1(states))).squeeze(1)

    def roles(self, states, batch):
        """Scores of roles [rows of windows × 4] and of acceptance [windows]."""
        rows = self.pair_token(states).index_select(0, batch.rows)
        rows = rows + self.pair_anchor(states[batch.anchor]).index_select(0, batch.owner)
        rows = rows + F.embedding_bag(batch.fields + self.pair_first, self.pair_fields, mode="sum")
        batch.sequences = Sequences(batch.lengths)
        rows = self.drop(self.window(torch.relu(rows), batch.sequences), self.dropout)
        return self.role(rows), self.accept(rows[batch.anchor_row]).squeeze(1)


def pack(network, judge, threshold):
    """The file of the weights: half-precision numbers in the order of weights.rs. `judge` has a weight for each of what
    it looks at, then the bias."""
    w = {name: tensor.detach().double().numpy() for name, tensor in network.state_dict().items()}
    out = []
    put = lambda array: out.append(np.asarray(array, np.float64).ravel())
    columns, at = [], VECTOR
    for width in TOKEN_WIDTHS:
        columns.append(slice(at, at + (width or LEMMA)))
        at += width or LEMMA
    to_gates = w["tokens.input"]
    put(w[f"fields.{LEMMA_FIELDS[0]}"])
    for field in range(len(TOKEN_ROWS)):
        if field not in LEMMA_FIELDS:
            put(w[f"fields.{field}"] @ to_gates[:, columns[field]].T)
    put(np.concatenate([to_gates[:, :VECTOR]] + [to_gates[:, columns[f]] for f in LEMMA_FIELDS], 1))
    put(w["tokens.input_bias"])
    for way in range(2):
        put(w["tokens.state"][way].T)
        put(np.zeros(4 * network.hidden))
    for name in ("cue1.weight", "cue1.bias", "cue2.weight", "cue2.bias", "pair_token.weight", "pair_token.bias"):
        put(w[name])
    put(w["pair_anchor.weight"])
    put(np.zeros(PAIR))
    put(w["pair_fields"])
    put(w["window.input"])
    put(w["window.input_bias"])
    for way in range(2):
        put(w["window.state"][way].T)
        put(w["window.state_bias"][way])
    put(np.concatenate([w["role.weight"], w["accept.weight"]]))
    put(np.concatenate([w["role.bias"], w["accept.bias"]]))
    put([*judge, threshold])
    numbers = np.concatenate(out).astype("<f2")
    return b"ONRECATT" + struct.pack("<IIII", 3, network.hidden, network.role_width, len(numbers)) + numbers.tobytes()
