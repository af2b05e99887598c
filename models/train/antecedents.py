"""Trains the antecedent ranker: which earlier mention a pronoun means.

Reads what `sayso train-examples --antecedents` writes. A candidate's score is a linear term of the score by hand plus a small network
over its features and the products of projected pronoun and candidate vectors; "none of them" has a score of its own. The loss is the
marginal log-likelihood of the right candidates (Lee et al., EMNLP 2017), of "none" where there is no right one. Where the gold does not
say (GAP), a candidate is left out.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn


class Ranker(nn.Module):
    def __init__(self, features: int, vector: int, project: int, hidden: int):
        super().__init__()
        self.pronoun = nn.Linear(vector, project)
        self.candidate = nn.Linear(vector, project)
        self.hidden = nn.Linear(features + 2 * project, hidden)
        self.out = nn.Linear(hidden, 1)
        self.by_hand = nn.Parameter(torch.tensor(5.0))
        self.none = nn.Parameter(torch.tensor(0.0))
        self.dropout = nn.Dropout(0.2)

    def forward(self, pronoun, candidates, features):
        """pronoun: [vector], candidates: [n, vector], features: [n, features] → [n + 1], the last one "none"."""
        asked = self.dropout(self.pronoun(pronoun))
        offered = self.dropout(self.candidate(candidates))
        joint = torch.cat([features, asked * offered, offered], dim=-1)
        scores = self.out(self.dropout(torch.relu(self.hidden(joint)))).squeeze(-1) + self.by_hand * features[..., 0]
        return torch.cat([scores, self.none.expand(*scores.shape[:-1], 1)], dim=-1)


def load(paths, keep, features):
    """The choices of the documents that `keep` takes; `features` collects the names of their features."""
    choices = []
    for path in paths:
        for line in open(path, encoding="utf-8"):
            doc = json.loads(line)
            if not keep(doc):
                continue
            features.add(tuple(doc["features"]))
            vectors = np.array([v if v else [0.0] * 384 for v in doc["vectors"]], dtype=np.float32)
            for choice in doc["choices"]:
                known = [c for c in choice["candidates"] if c["is_right"] is not None]
                right = [c["is_right"] for c in known]
                if not known or (doc["set"].startswith("gap") and not any(right)):
                    continue
                choices.append(
                    (
                        doc["set"],
                        torch.from_numpy(vectors[choice["pronoun"]]),
                        torch.from_numpy(vectors[[c["vector"] for c in known]]),
                        torch.tensor([c["features"] for c in known], dtype=torch.float32),
                        torch.tensor(right + [not any(right)]),
                    )
                )
    return choices


def batches(choices, size):
    order = sorted(range(len(choices)), key=lambda at: (len(choices[at][3]), random.random()))
    groups = [order[start : start + size] for start in range(0, len(order), size)]
    random.shuffle(groups)
    for group in groups:
        part = [choices[at] for at in group]
        n = max(len(c[3]) for c in part)
        pad = lambda t, fill=0.0: torch.cat([t, torch.full((n - len(t), *t.shape[1:]), fill)])
        pronoun = torch.stack([c[1] for c in part]).unsqueeze(1)
        candidates = torch.stack([pad(c[2]) for c in part])
        features = torch.stack([pad(c[3]) for c in part])
        right = torch.stack([torch.cat([pad(c[4][:-1].float()).bool(), c[4][-1:]]) for c in part])
        real = torch.stack([torch.cat([torch.arange(n) < len(c[3]), torch.tensor([True])]) for c in part])
        yield pronoun, candidates, features, right, real


def loss_of(model, batch):
    pronoun, candidates, features, right, real = batch
    scores = model(pronoun, candidates, features).masked_fill(~real, -1e9)
    chosen = scores.masked_fill(~right, -1e9)
    return (torch.logsumexp(scores, -1) - torch.logsumexp(chosen, -1)).mean()


@torch.no_grad()
def accuracy(model, choices):
    """By set: right of all, right of all where some candidate is right; and the same for the score by hand."""
    model.eval()
    sums = {}
    for name, pronoun, candidates, features, right in choices:
        best = model(pronoun.unsqueeze(0), candidates, features).argmax().item()
        hand = torch.cat([features[:, 0], torch.tensor([-1e-6])]).flip(0).argmax().item()
        hand = len(features) - hand
        row = sums.setdefault(name, [0, 0, 0, 0])
        row[0] += 1
        row[1] += bool(right[best])
        row[2] += bool(right[hand])
        row[3] += bool(right[-1])
    model.train()
    return {name: f"{row[1] / row[0]:.3f} (by hand {row[2] / row[0]:.3f}, none {row[3] / row[0]:.3f}, {row[0]})" for name, row in sums.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("examples", nargs="+", type=Path)
    parser.add_argument("--dev", nargs="*", type=Path, default=[])
    parser.add_argument("--held-out", nargs="*", default=[], help="genres or documents of the examples to measure on")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--passes", type=int, default=12)
    parser.add_argument("--project", type=int, default=32)
    parser.add_argument("--hidden", type=int, default=48)
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    held = set(args.held_out)
    is_held = lambda doc: doc["genre"] in held or doc["doc"] in held
    names = set()
    train = load(args.examples, lambda doc: not is_held(doc), names)
    dev = load(args.examples, is_held, names) + load(args.dev, lambda doc: True, names)
    if len(names) != 1:
        parser.error("the examples have different features: make all of them with one version of sayso")
    model = Ranker(len(train[0][3][0]), 384, args.project, args.hidden)
    print(f"{len(train)} choices, {sum(p.numel() for p in model.parameters())} parameters", flush=True)
    print("at start", accuracy(model, dev), flush=True)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=args.decay)
    steps = args.passes * (len(train) // 64 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, args.rate, total_steps=steps + args.passes, pct_start=0.1)
    for step in range(args.passes):
        total = count = 0
        for batch in batches(train, 64):
            loss = loss_of(model, batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"pass {step + 1}: loss {total / count:.3f}", accuracy(model, dev), flush=True)
    if args.output:
        weights = {name: value.detach().numpy() for name, value in model.state_dict().items()}
        # sayso takes a ranker for the very features that it has, in their order.
        save_file(weights, args.output, metadata={"features": ",".join(*names)})


if __name__ == "__main__":
    main()
