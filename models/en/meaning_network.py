"""The reader of meaning: words of a proposition to a point of 64 numbers. `crates/onrecord-connect/src/meaning.rs` computes the same."""
import re, struct
import numpy as np, snowballstemmer, torch
from torch import nn
from torch.nn import functional as F

WORD = re.compile(r"[^\W_]+")
WORDS, WIDTH, HEADS, INNER, LAYERS, POINT, BUCKETS = 40, 128, 4, 256, 2, 64, 2048
RARE = 1e-3
"""A word as frequent as this weighs half of what a rare one does (Arora and others 2017)."""


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & (2**64 - 1)
    return value


class Words:
    """Rows of words: a stem that is known has its own, others share buckets."""

    def __init__(self, stems):
        self.stems, self.stemmer, self.known = stems, snowballstemmer.stemmer("english"), {}
        self.row_of = {fnv(stem): row for row, stem in enumerate(stems)}

    def row(self, word):
        word = word.lower()
        if word not in self.known:
            plain = word.isascii() and word.isalpha()
            key = fnv(self.stemmer.stemWord(word) if plain else word)
            self.known[word] = self.row_of.get(key, len(self.stems) + key % BUCKETS)
        return self.known[word]

    def rows(self, text):
        return [self.row(word) for word in WORD.findall(text)][:WORDS] or [0]


def principal(vectors, share, width):
    """The first principal components of vectors, weighed by how rare their words are."""
    weight = (RARE / (RARE + share))[:, None]
    moved = vectors - (vectors * weight).sum(0) / weight.sum()
    _, axes = np.linalg.eigh((moved * weight).T @ moved / weight.sum())
    return moved @ axes[:, ::-1][:, :width]


class Network(nn.Module):
    def __init__(self, counts, by_sense, by_use):
        """`counts`: how often each stem occurs; `by_sense`, `by_use`: a vector for each stem, from which its row begins."""
        super().__init__()
        known, share = len(counts), counts / counts.sum()
        begin = np.concatenate([principal(by_sense, share, WIDTH * 3 // 4), principal(by_use, share, WIDTH // 4)], 1)
        rows = torch.randn(known + BUCKETS, WIDTH) * 0.05
        rows[:known] = torch.tensor(begin / begin.std() * 0.1, dtype=torch.float32)
        self.rows = nn.Embedding.from_pretrained(rows, freeze=False)
        self.weights = nn.Embedding(known + BUCKETS, 1)
        with torch.no_grad():
            self.weights.weight.fill_(1.0)
            self.weights.weight[:known, 0] = torch.tensor(np.log(RARE / (RARE + share)) + 1, dtype=torch.float32)
        self.places = nn.Parameter(torch.zeros(WORDS, WIDTH))
        self.first = nn.LayerNorm(WIDTH)
        layer = lambda: nn.TransformerEncoderLayer(WIDTH, HEADS, INNER, dropout=0.1, batch_first=True, norm_first=True)
        self.layers = nn.ModuleList(layer() for _ in range(LAYERS))
        self.out, self.drop = nn.Linear(WIDTH, POINT), nn.Dropout(0.1)

    def forward(self, texts):
        """Points of texts, each a list of rows."""
        most = max(map(len, texts))
        rows = torch.tensor([text + [-1] * (most - len(text)) for text in texts])
        none, rows = rows < 0, rows.clamp(min=0)
        state = self.drop(self.first(self.rows(rows) * 8) + self.places[:most])
        for layer in self.layers:
            state = layer(state, src_key_padding_mask=none)
        weight = torch.exp(self.weights(rows)).masked_fill(none[:, :, None], 0)
        return F.normalize(self.out((state * weight).sum(1) / weight.sum(1)), dim=1)


def pack(network, words):
    """The file of the weights, as meaning.rs reads it: rows in eight bits, all else in single precision."""
    numbers = {name: value.detach().numpy().astype("<f4") for name, value in network.state_dict().items()}
    keys = sorted((fnv(stem), row) for row, stem in enumerate(words.stems))
    order = [row for _, row in keys] + list(range(len(keys), len(keys) + BUCKETS))
    rows = numbers["rows.weight"][order] * 8
    scale = np.abs(rows).max(1) / 127
    weight = np.exp(numbers["weights.weight"][order, 0])
    parts = [
        b"ONRECMNG" + struct.pack("<III", 1, len(keys), BUCKETS),
        np.array([key for key, _ in keys], "<u8").tobytes(),
        np.round(rows / scale[:, None]).astype("i1").tobytes(),
        np.stack([scale, weight], 1).astype("<f4").tobytes(),
        numbers["places"].tobytes(),
    ]
    norm = lambda name: [name + ".weight", name + ".bias"]
    names = norm("first")
    for at in range(LAYERS):
        layer = f"layers.{at}."
        names += norm(layer + "norm1") + [layer + "self_attn.in_proj_weight", layer + "self_attn.in_proj_bias"]
        names += norm(layer + "self_attn.out_proj") + norm(layer + "norm2") + norm(layer + "linear1") + norm(layer + "linear2")
    return b"".join(parts + [numbers[name].tobytes() for name in names + norm("out")])
