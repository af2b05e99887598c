"""Weights on the disk: checkpoints, and the model folders that export.py writes."""

import json
import os
from pathlib import Path

import torch
from safetensors.torch import load_file

from encoder import LINK_WIDTH, TAG_WIDTHS, Encoder

MODEL_FILE = "model.safetensors"
LINK_PARTS = 4  # a piece's link vectors: content's and source's, content's and cue's


def save(path, state):
    torch.save(state, f"{path}.part")
    os.replace(f"{path}.part", path)


def load(base, weights):
    """A trained model, as train.py leaves it or as export.py writes it."""
    if Path(weights).is_dir():
        state = load_file(Path(weights) / MODEL_FILE)
        model = Encoder(base, like=state).eval()
        from_export(model, state, json.loads((Path(weights) / "config.json").read_text()))
    else:
        state = torch.load(weights, map_location="cpu")
        state = state.get("average", state)
        model = Encoder(base, like={name.removeprefix("bert."): tensor for name, tensor in state.items()}).eval()
        model.load_state_dict(state)
    return model


@torch.no_grad()
def from_export(model, own, config):
    """Takes the tensors and settings that export.py wrote, whole or in 8 bits."""
    own = {name: t.float() * own[f"{name}.steps"][:, None] if f"{name}.steps" in own else t for name, t in own.items() if not name.endswith(".steps")}
    bert = {name: own[f"embeddings.{name.removesuffix('.weight')}"] for name in ("words.weight", "positions.weight", "types.weight")}
    bert |= {name: own[f"embeddings.{name}"] for name in ("norm.weight", "norm.bias")}
    bert |= {name: tensor for name, tensor in own.items() if name.startswith("layers.")}
    model.bert.load_state_dict(bert)
    widths = [sum(TAG_WIDTHS.values()), LINK_PARTS * LINK_WIDTH, model.vectors.out_features]
    for kind in ("weight", "bias"):
        for head, part in zip((model.tags, model.links, model.vectors), own[f"heads.{kind}"].split(widths)):
            getattr(head, kind).copy_(part)
    take_transitions(model, config)


@torch.no_grad()
def take_transitions(model, config):
    """Takes what an exported model's config.json says of labels' transitions and of links' gaps, which fit any encoder."""
    for head, crf in model.crfs.items():
        for name in ("start", "end", "transitions"):
            getattr(crf, name).copy_(torch.tensor(config[head][name]))
    for part, scorer in model.link_scorers.items():
        for name in ("gaps", "none"):
            getattr(scorer, name).copy_(torch.tensor(config[part][name]))
