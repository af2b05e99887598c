"""Writes a trained checkpoint as the folder sayso reads: model.safetensors (int8 or fp32), config.json, tokenizer.json."""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from encoder import LINK_WIDTH
from weights import MODEL_FILE, load

ENTITY = ["Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Product", "Misc"]
ATTRIBUTION = ["source", "cue", "content"]
UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True, help="folder of the base model")
    parser.add_argument("--weights", required=True, help="model.pt or checkpoint.pt of train.py")
    parser.add_argument("--out", required=True, help="model folder to write")
    parser.add_argument("--version", required=True, help="version shown in reports")
    parser.add_argument("--entity-threshold", type=float, default=0.45, help="how probable an entity must be to be taken")
    parser.add_argument("--fp32", action="store_true", help="do not quantise")
    return parser.parse_args()


def tensors(model):
    """The weights under the names that sayso reads; the heads' matrices stand one below the other."""
    own = {name.removeprefix("bert."): tensor for name, tensor in model.state_dict().items() if name.startswith("bert.layers.")}
    bert = model.bert
    own |= {
        "embeddings.words": bert.words.weight,
        "embeddings.positions": bert.positions.weight,
        "embeddings.types": bert.types.weight,
        "embeddings.norm.weight": bert.norm.weight,
        "embeddings.norm.bias": bert.norm.bias,
    }
    for kind in ("weight", "bias"):
        own[f"heads.{kind}"] = torch.cat([getattr(head, kind) for head in (model.tags, model.links, model.vectors)])
    return {name: tensor.detach().float().contiguous() for name, tensor in own.items()}


def quantised(own):
    """Matrices as signed 8-bit codes with one step per row; what is added (positions, types, biases, norms) stays as it is."""
    made = {}
    for name, tensor in own.items():
        if tensor.dim() == 2 and name not in ("embeddings.positions", "embeddings.types"):
            steps = tensor.abs().amax(1).clamp(min=1e-12) / 127
            made[name] = (tensor / steps[:, None]).round().to(torch.int8)
            made[f"{name}.steps"] = steps
        else:
            made[name] = tensor
    return made


def crf_numbers(crf, thresholds):
    start, transitions = crf.scores()
    return {"start": start.tolist(), "end": crf.end.tolist(), "transitions": transitions.tolist(), "thresholds": thresholds}


def link_numbers(scorer):
    return {"gaps": scorer.gaps.tolist(), "none": scorer.none.item()}


def rounded(value):
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


def write_sums(folder):
    """What `sha256sum` prints for the files that sayso reads: to be written again whenever one of them is put in place."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".json", ".safetensors"))
    (folder / "SHA256SUMS").write_text("".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files))


def main():
    args = parse_args()
    model = load(args.base, args.weights)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    weights = tensors(model)
    save_file(weights if args.fp32 else quantised(weights), str(out / MODEL_FILE))
    config = {
        "format": "sayso-model/3",
        "version": args.version,
        "attention_heads": model.bert.layers[0].heads,
        "entity_labels": ENTITY,
        "attribution_labels": ATTRIBUTION,
        "upos_labels": UPOS,
        "entity": crf_numbers(model.crfs["entity"], [args.entity_threshold] * len(ENTITY)),
        "attribution": crf_numbers(model.crfs["attribution"], None),
        "source": link_numbers(model.link_scorers["source"]),
        "cue": link_numbers(model.link_scorers["cue"]),
        "link_width": LINK_WIDTH,
        "model_sha256": hashlib.sha256((out / MODEL_FILE).read_bytes()).hexdigest(),
    }
    (out / "config.json").write_text(json.dumps(rounded(config), indent=1) + "\n")
    shutil.copy(Path(args.base) / "tokenizer.json", out / "tokenizer.json")
    write_sums(out)
    print(f"{out}: {(out / MODEL_FILE).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
