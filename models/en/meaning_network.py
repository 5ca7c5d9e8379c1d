"""The reader of meaning: word pieces of a proposition to a point of 64 numbers. `crates/onrecord-connect/src/meaning` computes the same.

Some layers of a sentence encoder (BERT's, Devlin and others 2019), whose linear layers are kept in eight bits.
"""
import struct
import numpy as np, torch
from torch import nn
from torch.nn import functional as F

LAYERS, WIDTH, HEADS, INNER, POINT, LONGEST = (0, 1, 2, 3, 4, 5), 384, 12, 1536, 64, 50
LEAST = 1e-12


class Words:
    """Pieces of a text as rows, those that begin and end it with them."""

    def __init__(self, folder):
        from transformers import AutoTokenizer

        self.tokens = AutoTokenizer.from_pretrained(folder)
        pieces = self.tokens.get_vocab()
        self.pieces = sorted(pieces, key=pieces.get)

    def rows(self, texts):
        return self.tokens(list(texts), truncation=True, max_length=LONGEST)["input_ids"]


class Layer(nn.Module):
    def __init__(self, weights, name, bend=F.relu):
        super().__init__()
        self.bend = bend
        self.attention, self.attended = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_attention, self.after_inner = nn.LayerNorm(WIDTH, eps=LEAST), nn.LayerNorm(WIDTH, eps=LEAST)
        copies = [
            (self.attended, "attention.output.dense"),
            (self.after_attention, "attention.output.LayerNorm"),
            (self.inner, "intermediate.dense"),
            (self.outer, "output.dense"),
            (self.after_inner, "output.LayerNorm"),
        ]
        with torch.no_grad():
            for kind in ("weight", "bias"):
                parts = [weights[f"{name}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(self.attention, kind).copy_(torch.cat(parts))
                for to, of in copies:
                    getattr(to, kind).copy_(weights[f"{name}{of}.{kind}"])

    def forward(self, state, bias):
        queries, keys, values = self.attention(state).unflatten(2, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        found = F.scaled_dot_product_attention(queries, keys, values, attn_mask=bias.to(queries.dtype))
        state = self.after_attention(state + self.attended(found.transpose(1, 2).flatten(2)))
        return self.after_inner(state + self.outer(self.bend(self.inner(state))))


class Network(nn.Module):
    def __init__(self, folder, layers=LAYERS):
        from transformers import AutoModel

        super().__init__()
        weights = AutoModel.from_pretrained(folder).state_dict()
        of = lambda name: weights["embeddings." + name]
        self.rows = nn.Embedding.from_pretrained(of("word_embeddings.weight").clone(), freeze=False)
        self.places = nn.Parameter(of("position_embeddings.weight")[:LONGEST] + of("token_type_embeddings.weight")[0])
        self.first = nn.LayerNorm(WIDTH, eps=LEAST)
        with torch.no_grad():
            self.first.weight.copy_(of("LayerNorm.weight"))
            self.first.bias.copy_(of("LayerNorm.bias"))
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{at}.") for at in layers)
        self.last = nn.Linear(WIDTH, POINT)

    def forward(self, texts):
        """Points of texts, each a list of rows."""
        most = max(map(len, texts))
        rows = torch.tensor([text + [-1] * (most - len(text)) for text in texts])
        real = (rows >= 0)[:, :, None]
        bias = torch.zeros(rows.shape).masked_fill(rows < 0, -1e4)[:, None, None]
        state = self.first(self.rows(rows.clamp(min=0)) + self.places[:most])
        for layer in self.layers:
            state = layer(state, bias)
        state = state.float()
        return F.normalize(self.last((state * real).sum(1) / real.sum(1)), dim=1)


def eighths(matrix):
    """Rows in eight bits and the scale of each."""
    scale = np.abs(matrix).max(1) / 127
    return np.round(matrix / np.maximum(scale, 1e-30)[:, None]).astype("i1"), scale.astype("<f4")


def pack(network, words):
    """The file of the weights, as the program reads it: linear layers and rows of words in eight bits, all else in single precision."""
    numbers = {name: value.detach().float().numpy().astype("<f4") for name, value in network.state_dict().items()}
    text = "\n".join(words.pieces).encode()
    sizes = (2, len(words.pieces), WIDTH, len(network.layers), HEADS, INNER, POINT, LONGEST)
    parts = [b"ONRECMNG", struct.pack("<8I", *sizes), struct.pack("<I", len(text)), text]

    def linear(name):
        rounded, scale = eighths(numbers[name + ".weight"])
        parts.extend([rounded, scale, numbers[name + ".bias"]])

    def norm(name):
        parts.extend([numbers[name + ".weight"], numbers[name + ".bias"]])

    parts.extend(eighths(numbers["rows.weight"]))
    parts.append(numbers["places"])
    norm("first")
    for at in range(len(network.layers)):
        name = f"layers.{at}."
        linear(name + "attention")
        linear(name + "attended")
        norm(name + "after_attention")
        linear(name + "inner")
        linear(name + "outer")
        norm(name + "after_inner")
    parts.extend([numbers["last.weight"], numbers["last.bias"]])
    return b"".join(part if isinstance(part, bytes) else part.tobytes() for part in parts)
