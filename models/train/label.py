"""Writes what a trained model thinks of windows, each word's tag probabilities, for `train.py --opinions`. Goes on where it was stopped.

A student of several teachers learns from their doubts as well (Hinton et al. 2015, "Distilling the knowledge in a neural network"),
also from text that nobody labelled.
"""

import argparse
import json
import random
from pathlib import Path

import torch

from encoder import TAG_WIDTHS
from weights import load, save
from windows import Batch, read


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, help="folder of the base model")
    parser.add_argument("--weights", required=True, help="model.pt of train.py, or a folder of export.py")
    parser.add_argument("--name", required=True, help="what to call the teacher")
    parser.add_argument("--windows", required=True, nargs="+", help="windows (JSON lines); FILE.NAME.pt is written beside each")
    parser.add_argument("--multiple", type=int, default=1, help="pad batches to a multiple of so many pieces")
    parser.add_argument("--save-every", type=int, default=50, help="batches between two writes; whoever reads one takes the windows that it lacks as unseen")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as cores")
    return parser.parse_args()


def probabilities(model, batch):
    with torch.no_grad():
        tags, _, _ = model(batch.ids, batch.types, batch.mask)
    parts = dict(zip(TAG_WIDTHS, batch.by_word(tags).split(list(TAG_WIDTHS.values()), 2)))
    return {head: crf.marginals(parts[head], batch.lengths) for head, crf in model.crfs.items()}


def main():
    args = parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    model = load(args.base, args.weights)
    for path in args.windows:
        windows, target = read(path), Path(f"{path}.{args.name}.pt")
        found = torch.load(target) if target.exists() else [None] * len(windows)
        order = sorted((at for at, one in enumerate(found) if one is None), key=lambda at: len(windows[at]["ids"]))
        parts = [order[start : start + 32] for start in range(0, len(order), 32)]
        random.Random(0).shuffle(parts)
        for done, part in enumerate(parts):
            batch = Batch([windows[at] for at in part], args.multiple)
            probable = probabilities(model, batch)
            for row, at in enumerate(part):
                words = windows[at]["words_total"]
                found[at] = {head: tensor[row, :words].half() for head, tensor in probable.items()}
            if done % args.save_every == 0:
                print(json.dumps({"windows": path, "batches": done, "of": len(parts)}), flush=True)
                save(target, found)
        save(target, found)


if __name__ == "__main__":
    main()
