"""The encoder: BERT as MiniLM-L6 has it, with token types that carry word shapes, and one head per task."""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from heads import Crf, LinkScorer

MASK = 103  # the vocabulary's [MASK]
TOKEN_TYPES = 12
ENTITY_LABELS = 9
ATTRIBUTION_LABELS = 3
UPOS_LABELS = 17
LINK_WIDTH = 64
# A layer's parts here and in Hugging Face's BERT.
LAYER_PARTS = {"out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}
TAG_WIDTHS = {"entity": 1 + 2 * ENTITY_LABELS, "attribution": 1 + 2 * ATTRIBUTION_LABELS, "upos": UPOS_LABELS}


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one long random mask: drawing a fresh one each time costs a tenth of a step on a CPU."""

    pool = {}

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training or self.rate == 0:
            return x
        n = x.numel()
        mask = self.pool.get(self.rate)
        if mask is None or len(mask) < 2 * n:
            keep = torch.rand(max(2 * n, 1 << 23)) >= self.rate
            mask = self.pool[self.rate] = keep.to(torch.bfloat16) / (1 - self.rate)
        start = int(torch.randint(len(mask) - n, ()))
        return x * mask[start : start + n].view_as(x).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, width, heads, head_width, inner, dropout, eps):
        super().__init__()
        self.heads, self.head_width = heads, head_width
        self.qkv = nn.Linear(width, 3 * heads * head_width)
        self.out = nn.Linear(heads * head_width, width)
        self.attention_norm = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.dropout = PooledDropout(dropout)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, self.head_width).permute(2, 0, 3, 1, 4)
        scores = (q * self.head_width**-0.5) @ k.transpose(-1, -2)  # spelled out: on CPUs faster than the fused operator
        if mask is not None:
            scores = scores + mask
        mixed = (scores.softmax(-1, dtype=scores.dtype) @ v).transpose(1, 2).reshape(batch, length, self.heads * self.head_width)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        return self.norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Bert(nn.Module):
    """Embeddings and layers. Input: ids and types of shape (batch, length); output: (batch, length, width)."""

    def __init__(self, config, types, dropout=0.0, heads=None):
        """With `heads` in each layer, not fewer nor narrower than the base model's where not given."""
        super().__init__()
        width, own_heads, eps = config["hidden_size"], config["num_attention_heads"], config.get("layer_norm_eps", 1e-12)
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.types = nn.Embedding(types, width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.dropout = PooledDropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, heads or own_heads, width // own_heads, config["intermediate_size"], dropout, eps) for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids, types, mask=None):
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(places) + self.types(types)))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_base(self, folder):
        """Takes the weights of a Hugging Face BERT folder; where it has too few token types, each starts as its first."""
        base = load_file(Path(folder) / "model.safetensors")
        base = {name.removeprefix("bert."): tensor for name, tensor in base.items()}
        types, wanted = base["embeddings.token_type_embeddings.weight"], self.types.num_embeddings
        own = {
            "words.weight": base["embeddings.word_embeddings.weight"],
            "positions.weight": base["embeddings.position_embeddings.weight"],
            "types.weight": types if len(types) == wanted else types[:1].repeat(wanted, 1),
            "norm.weight": base["embeddings.LayerNorm.weight"],
            "norm.bias": base["embeddings.LayerNorm.bias"],
        }
        for at in range(len(self.layers)):
            for kind in ("weight", "bias"):
                theirs = f"encoder.layer.{at}."
                own[f"layers.{at}.qkv.{kind}"] = torch.cat([base[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
                for mine, name in LAYER_PARTS.items():
                    own[f"layers.{at}.{mine}.{kind}"] = base[f"{theirs}{name}.{kind}"]
        self.load_state_dict(own)

    def to_base(self):
        """The weights under the names of a Hugging Face BERT."""
        own = self.state_dict()
        base = {
            "embeddings.word_embeddings.weight": own["words.weight"],
            "embeddings.position_embeddings.weight": own["positions.weight"],
            "embeddings.token_type_embeddings.weight": own["types.weight"],
            "embeddings.LayerNorm.weight": own["norm.weight"],
            "embeddings.LayerNorm.bias": own["norm.bias"],
        }
        for at in range(len(self.layers)):
            for kind in ("weight", "bias"):
                theirs = f"encoder.layer.{at}."
                for part, tensor in zip(("query", "key", "value"), own[f"layers.{at}.qkv.{kind}"].chunk(3)):
                    base[f"{theirs}attention.self.{part}.{kind}"] = tensor.contiguous()
                for mine, name in LAYER_PARTS.items():
                    base[f"{theirs}{name}.{kind}"] = own[f"layers.{at}.{mine}.{kind}"]
        return base


def backbone(config):
    """The class of the encoder that a base model's config.json describes."""
    from mpnet import Mpnet  # which is a Bert of this file

    return Mpnet if config.get("model_type") == "mpnet" else Bert


class Encoder(nn.Module):
    """The shared encoder with its heads."""

    def __init__(self, base_folder, dropout=0.1, like=None):
        """Starts from the weights of `base_folder`; with layers as wide as those of `like`, tensors by name, from random ones, to be loaded over."""
        super().__init__()
        config = json.loads((Path(base_folder) / "config.json").read_text())
        width = config["hidden_size"]
        if like is None:
            self.bert = backbone(config)(config, TOKEN_TYPES, dropout)
            self.bert.load_base(base_folder)
        else:
            head_width = width // config["num_attention_heads"]
            inner, heads = len(like["layers.0.up.bias"]), len(like["layers.0.qkv.bias"]) // 3 // head_width
            self.bert = backbone(config)(config | {"intermediate_size": inner}, TOKEN_TYPES, dropout, heads)
        self.tags = nn.Linear(width, sum(TAG_WIDTHS.values()))
        self.links = nn.Linear(width, 4 * LINK_WIDTH)
        self.vectors = nn.Linear(width, width)
        nn.init.eye_(self.vectors.weight)
        nn.init.zeros_(self.vectors.bias)
        self.crfs = nn.ModuleDict({head: Crf(TAG_WIDTHS[head]) for head in ("entity", "attribution")})
        self.link_scorers = nn.ModuleDict({part: LinkScorer() for part in ("source", "cue")})
        self.dropout = PooledDropout(dropout)

    def forward(self, ids, types, mask=None):
        hidden = self.bert(ids, types, mask)
        dropped = self.dropout(hidden)
        return self.tags(dropped), self.links(dropped), self.vectors(hidden)
