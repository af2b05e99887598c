"""MPNet (Song et al. 2020) in the place of BERT: relative positions as well, and word rows in BERT's order, so that it reads the same windows."""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from encoder import Bert

SHIFT = 4  # MPNet's vocabulary is BERT's behind four pieces of its own
WORDS = 30522  # BERT's
# BERT's [PAD], [CLS], [SEP], [MASK] and MPNet's <pad>, <s>, </s>, <mask>.
SPECIAL = {0: 1, 101: 0, 102: 2, 103: 30526}
FIRST_PLACE = 2  # of the rows of positions
FURTHEST = 128  # from here on distances share a bucket
# A layer's parts here and in Hugging Face's MPNet.
LAYER_PARTS = {"out": "attention.attn.o", "attention_norm": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}


def distance_buckets(length, buckets):
    """Which bucket each piece's distance to each other falls in: half of them for what stands before it, half for after."""
    places = torch.arange(length)
    ahead = places[None] - places[:, None]
    half, near = buckets // 2, buckets // 4
    distance = ahead.abs()
    far = near + (torch.log(distance.clamp(min=1) / near) / math.log(FURTHEST / near) * (half - near)).long()
    return torch.where(distance < near, distance, far.clamp(max=half - 1)) + half * (ahead > 0)


class Mpnet(Bert):
    """Embeddings and layers, as in Bert, with one bias by distance that all layers add to their attention scores."""

    def __init__(self, config, types, dropout=0.0, heads=None):
        config = config | {"vocab_size": WORDS, "max_position_embeddings": config["max_position_embeddings"] - FIRST_PLACE}
        super().__init__(config, types, dropout, heads)
        self.distances = nn.Embedding(config["relative_attention_num_buckets"], heads or config["num_attention_heads"])

    def forward(self, ids, types, mask=None):
        bias = self.distances(distance_buckets(ids.shape[1], self.distances.num_embeddings)).permute(2, 0, 1)[None]
        return super().forward(ids, types, bias if mask is None else bias + mask)

    def load_base(self, folder):
        """Takes the weights of a Hugging Face MPNet folder, which has no token types: each starts as nothing."""
        base = load_file(Path(folder) / "model.safetensors")
        rows = torch.arange(WORDS) + SHIFT
        for own, theirs in SPECIAL.items():
            rows[own] = theirs
        own = {
            "words.weight": base["embeddings.word_embeddings.weight"][rows],
            "positions.weight": base["embeddings.position_embeddings.weight"][FIRST_PLACE:],
            "types.weight": torch.zeros_like(self.types.weight),
            "norm.weight": base["embeddings.LayerNorm.weight"],
            "norm.bias": base["embeddings.LayerNorm.bias"],
            "distances.weight": base["encoder.relative_attention_bias.weight"],
        }
        for at in range(len(self.layers)):
            for kind in ("weight", "bias"):
                theirs = f"encoder.layer.{at}."
                own[f"layers.{at}.qkv.{kind}"] = torch.cat([base[f"{theirs}attention.attn.{part}.{kind}"] for part in "qkv"])
                for mine, name in LAYER_PARTS.items():
                    own[f"layers.{at}.{mine}.{kind}"] = base[f"{theirs}{name}.{kind}"]
        self.load_state_dict(own)
