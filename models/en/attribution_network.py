"""The attribution tagger's network, as crates/onrecord-understand/src/attribution runs it, and its file.

Numbers of rows and widths must be those of features.rs and weights.rs there.
"""
import struct

import numpy as np
import torch
from torch import nn

VECTOR, LEMMA, PAIR, ROLE, CUE = 96, 32, 96, 32, 48
HIDDEN = 60
# Rows of each token field's table and the width of its embedding; a lemma field (None) shares the table of field 2.
TOKEN_ROWS = [51, 45, 8192, 6, 8, 19, None, 51, 19, 16, 45, 40, 6]
TOKEN_WIDTHS = [12, 12, LEMMA, 4, 6, 8, None, 8, 6, 4, 8, 8, 4]
LEMMA_FIELDS = (2, 6)
PAIR_ROWS = [25, 8, 8, 47, 47, 4, 16, 8]
ROLES = 4


class Network(nn.Module):
    """Tokens to cue scores; an anchor and its window to roles and acceptance."""

    def __init__(self, dropout, lemma_dropout):
        super().__init__()
        self.lemma_dropout = lemma_dropout
        pairs = zip(TOKEN_ROWS, TOKEN_WIDTHS)
        self.emb = nn.ModuleList([nn.Embedding(rows, width) if rows else None for rows, width in pairs])
        for table in self.emb:
            if table is not None:
                nn.init.normal_(table.weight, 0, 0.1)
        inputs = VECTOR + sum(width or LEMMA for width in TOKEN_WIDTHS)
        self.lstm = nn.LSTM(inputs, HIDDEN, bidirectional=True, batch_first=True)
        self.drop, self.drop_input = nn.Dropout(dropout), nn.Dropout(dropout * 0.7)
        self.cue1, self.cue2 = nn.Linear(2 * HIDDEN, CUE), nn.Linear(CUE, 1)
        self.pair_token = nn.Linear(2 * HIDDEN, PAIR)
        self.pair_anchor = nn.Linear(2 * HIDDEN, PAIR, bias=False)
        self.pair_emb = nn.ModuleList([nn.Embedding(rows, PAIR) for rows in PAIR_ROWS])
        for table in self.pair_emb:
            nn.init.normal_(table.weight, 0, 0.1)
        self.gru = nn.GRU(PAIR, ROLE, bidirectional=True, batch_first=True)
        self.role, self.accept = nn.Linear(2 * ROLE, ROLES), nn.Linear(2 * ROLE, 1)

    @staticmethod
    def _run(layer, x, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)[0]

    def states(self, vectors, fields, lengths):
        """[batch × tokens × …] to states of the tokens."""
        parts = [vectors]
        for field, table in enumerate(self.emb):
            rows = fields[:, :, field]
            if field in LEMMA_FIELDS and self.training:
                rows = rows.masked_fill(torch.rand(rows.shape) < self.lemma_dropout, 0)
            parts.append((table if table is not None else self.emb[LEMMA_FIELDS[0]])(rows))
        return self.drop(self._run(self.lstm, self.drop_input(torch.cat(parts, 2)), lengths))

    def cues(self, states):
        """Scores of being the anchor of a cue."""
        return self.cue2(torch.relu(self.cue1(states))).squeeze(2)

    def roles(self, states, batch):
        """Scores of roles [pairs × window × 4] and of acceptance [pairs]."""
        x = self.pair_token(states)[batch.row.unsqueeze(1), batch.window]
        x = x + self.pair_anchor(states[batch.row, batch.anchor]).unsqueeze(1)
        for field, table in enumerate(self.pair_emb):
            x = x + table(batch.fields[:, :, field])
        y = self.drop(self._run(self.gru, torch.relu(x), batch.lengths))
        return self.role(y), self.accept(y[torch.arange(len(batch.row)), batch.anchor_in_window]).squeeze(1)


def pack(network, slope, offset, threshold):
    """The file of the weights: half-precision numbers in the order of weights.rs."""
    w = {name: tensor.detach().double().numpy() for name, tensor in network.state_dict().items()}
    both = lambda name: np.concatenate([w[name + "_l0"], w[name + "_l0_reverse"]])
    out = []
    put = lambda array: out.append(np.asarray(array, np.float64).ravel())
    columns, at = [], VECTOR
    for width in TOKEN_WIDTHS:
        columns.append(slice(at, at + (width or LEMMA)))
        at += width or LEMMA
    to_gates = both("lstm.weight_ih")
    put(w["emb.2.weight"])
    for field, rows in enumerate(TOKEN_ROWS):
        if field not in LEMMA_FIELDS:
            put(w[f"emb.{field}.weight"] @ to_gates[:, columns[field]].T)
    put(np.concatenate([to_gates[:, :VECTOR]] + [to_gates[:, columns[f]] for f in LEMMA_FIELDS], 1))
    put(both("lstm.bias_ih") + both("lstm.bias_hh"))
    for way in ("", "_reverse"):
        put(w["lstm.weight_hh_l0" + way])
        put(np.zeros(4 * HIDDEN))
    for name in ("cue1.weight", "cue1.bias", "cue2.weight", "cue2.bias", "pair_token.weight", "pair_token.bias"):
        put(w[name])
    put(w["pair_anchor.weight"])
    put(np.zeros(PAIR))
    for field in range(len(PAIR_ROWS)):
        put(w[f"pair_emb.{field}.weight"])
    put(both("gru.weight_ih"))
    put(both("gru.bias_ih"))
    for way in ("", "_reverse"):
        put(w["gru.weight_hh_l0" + way])
        put(w["gru.bias_hh_l0" + way])
    put(np.concatenate([w["role.weight"], w["accept.weight"]]))
    put(np.concatenate([w["role.bias"], w["accept.bias"]]))
    put([slope, offset, threshold])
    numbers = np.concatenate(out).astype("<f2")
    return b"ONRECATT" + struct.pack("<III", 1, HIDDEN, len(numbers)) + numbers.tobytes()
