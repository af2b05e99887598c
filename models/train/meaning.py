#!/usr/bin/env python3
"""Trains meaning.safetensors: the linear map from what sayso reads of a sentence to a vector of what it is about.

`sayso train-examples --meanings` writes sentences with the map's two inputs (the unit means of token vectors and of words' embeddings). The
map learns the base model's own vector of the sentence (all-MiniLM-L6-v2, mean pooling), and that a text and its official subject heading
meet (multiple negatives, Henderson et al. 2017; a heading that two texts share is no negative).
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file

WIDTH = 384  # of each of the two inputs, and of the vector


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def inputs(sentences):
    return np.array([s["tokens"] + s["words"] for s in sentences], dtype=np.float32)


def base_vectors(folder, texts, batch=64):
    """Unit vectors of the base model, special pieces in the mean, as its authors use it."""
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    found = np.zeros((len(texts), model.config.hidden_size), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    with torch.no_grad():
        for start in range(0, len(order), batch):
            places = order[start : start + batch]
            read = tokenizer([texts[at] for at in places], padding=True, truncation=True, max_length=128, return_tensors="pt")
            shown = read["attention_mask"][..., None]
            hidden = model(**read).last_hidden_state
            found[places] = F.normalize((hidden * shown).sum(1) / shown.sum(1), dim=-1).numpy()
    return found


def ridge(x, y, hold=30.0):
    """The least squares map with a bias, to start from."""
    x = np.hstack([x, np.ones((len(x), 1), dtype=np.float32)])
    solved = np.linalg.solve(x.T @ x + hold * np.eye(x.shape[1]), x.T @ y)
    return solved[:-1], solved[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--sentences", nargs="+", required=True, help="sentences of free text (train-examples --meanings)")
    parser.add_argument("--texts", required=True, help="sentences whose doc is the id of a text with headings")
    parser.add_argument("--headings", required=True, help="sentences whose doc is the id of a heading")
    parser.add_argument("--pairs", required=True, help="JSON: the ids of its headings by the id of each text")
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--keep", type=float, default=4.0, help="weight of the base model's own vectors")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=384)
    parser.add_argument("--temperature", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)  # the same sums on every machine
    rng = np.random.default_rng(args.seed)

    free = [s for path in args.sentences for s in rows(path) if 5 <= len(s["text"].split()) <= 60]
    own, wanted = inputs(free), base_vectors(args.base, [s["text"] for s in free])
    middle = own.mean(0)
    scale = np.repeat([own[:, :WIDTH].std(), own[:, WIDTH:].std()], WIDTH).astype(np.float32)
    weight, bias = ridge((own - middle) / scale, wanted)

    pairs = json.loads(Path(args.pairs).read_text())
    heading_rows = {s["doc"]: s for s in rows(args.headings)}
    texts = [s for s in rows(args.texts) if any(h in heading_rows for h in pairs.get(s["doc"], ()))]
    place = {doc: at for at, doc in enumerate(heading_rows)}
    of = [[place[h] for h in pairs[s["doc"]] if h in place] for s in texts]

    tensor = lambda array: torch.tensor(array, dtype=torch.float32)
    text_in, heading_in = (tensor((inputs(part) - middle) / scale) for part in (texts, list(heading_rows.values())))
    free_in, wanted = tensor((own - middle) / scale), tensor(wanted)
    weight, bias = tensor(weight).requires_grad_(), tensor(bias).requires_grad_()
    optimizer = torch.optim.Adam([weight, bias], lr=args.rate)
    vectors = lambda x: F.normalize(x @ weight + bias, dim=-1)
    for step in range(args.steps):
        chosen = rng.choice(len(texts), args.batch, replace=False)
        headings = [of[at][rng.integers(len(of[at]))] for at in chosen]
        scores = vectors(text_in[chosen]) @ vectors(heading_in[headings]).T / args.temperature
        shared = torch.tensor([[h in of[at] and row != column for column, h in enumerate(headings)] for row, at in enumerate(chosen)])
        scores, right = scores.masked_fill(shared, -1e4), torch.arange(args.batch)
        kept = rng.choice(len(free), args.batch)
        loss = (F.cross_entropy(scores, right) + F.cross_entropy(scores.T, right)) / 2
        loss = loss + 10 * args.keep * (1 - (vectors(free_in[kept]) * wanted[kept]).sum(1)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] = args.rate * (1 - step / args.steps)
        if step % 100 == 0:
            print(json.dumps({"step": step, "loss": round(loss.item(), 3)}), flush=True)

    whole = (weight.detach().numpy() / scale[:, None]).T
    steps = np.abs(whole).max(1) / 127
    save_file(
        {
            "meaning.weight": np.clip(np.round(whole / steps[:, None]), -127, 127).astype(np.int8),
            "meaning.weight.steps": steps.astype(np.float32),
            "meaning.bias": (bias.detach().numpy() - (middle / scale) @ weight.detach().numpy()).astype(np.float32),
        },
        args.out,
        metadata={"format": "sayso-meaning/1"},
    )


if __name__ == "__main__":
    main()
