"""Writes a trained checkpoint as the folder sayso reads: model.onnx (int8 or fp32), config.json, tokenizer.json."""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from encoder import LINK_WIDTH, Encoder

ENTITY = ["Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Product", "Misc"]
ATTRIBUTION = ["source", "cue", "content"]
UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True, help="folder of the base model")
    parser.add_argument("--weights", required=True, help="model.pt or checkpoint.pt of train.py")
    parser.add_argument("--out", required=True, help="model folder to write")
    parser.add_argument("--version", required=True, help="version shown in reports")
    parser.add_argument("--fp32", action="store_true", help="do not quantise")
    return parser.parse_args()


def to_onnx(model, path):
    ids = torch.ones(1, 16, dtype=torch.int32)
    length = torch.export.Dim("length", min=3, max=510)
    program = torch.onnx.export(
        model,
        (ids, torch.zeros_like(ids)),
        input_names=["ids", "types"],
        output_names=["tags", "links", "vectors"],
        dynamic_shapes={"ids": {1: length}, "types": {1: length}},
        opset_version=18,
        dynamo=True,
        external_data=False,
    )
    program.save(str(path))


def quantise(plain, path):
    """Per-channel int8 weights, activations scaled at run time: matrix products and the embedding tables."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"])


def crf_numbers(crf):
    start, transitions = crf.scores()
    return {"start": start.tolist(), "end": crf.end.tolist(), "transitions": transitions.tolist()}


def link_numbers(scorer):
    return {"gaps": scorer.gaps.tolist(), "none": scorer.none.item()}


def rounded(value):
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


def main():
    args = parse_args()
    model = Encoder(args.base).eval()
    weights = torch.load(args.weights, map_location="cpu")
    model.load_state_dict(weights.get("average", weights))
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    with torch.no_grad(), tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        to_onnx(model, plain)
        if args.fp32:
            shutil.copy(plain, out / "model.onnx")
        else:
            quantise(plain, out / "model.onnx")
    onnx.checker.check_model(str(out / "model.onnx"))
    config = {
        "format": "sayso-model/1",
        "version": args.version,
        "entity_labels": ENTITY,
        "attribution_labels": ATTRIBUTION,
        "upos_labels": UPOS,
        "entity": crf_numbers(model.crfs["entity"]),
        "attribution": crf_numbers(model.crfs["attribution"]),
        "source": link_numbers(model.link_scorers["source"]),
        "cue": link_numbers(model.link_scorers["cue"]),
        "link_width": LINK_WIDTH,
        "model_sha256": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest(),
    }
    (out / "config.json").write_text(json.dumps(rounded(config), indent=1) + "\n")
    shutil.copy(Path(args.base) / "tokenizer.json", out / "tokenizer.json")
    print(f"{out}: {(out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
