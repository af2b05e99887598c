"""Makes the trainer's starting point of a base model: narrower layers, then masked-word training on plain articles.

Neurons and attention heads are kept by how much they send on: mean |activation| times the norm of their outgoing weights (a
first-order magnitude criterion after Han et al. 2015, "Learning both weights and connections"; heads after Michel et al. 2019,
"Are sixteen heads really better than one?"). Masked-word training as in BERT (Devlin et al. 2019):
15 % of the pieces, 80 % of them masked, 10 % replaced, 10 % left. Resumes from its last checkpoint.
"""

import argparse
import copy
import json
import shutil
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

from encoder import MASK, TOKEN_TYPES, Bert
from precision import autocast, bf16_is_faster
from weights import save
from windows import Batch, batches, read

CHOSEN = 0.15


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, help="folder of the base model")
    parser.add_argument("--windows", required=True, nargs="+", help="windows of any corpora, labelled or not (JSON lines)")
    parser.add_argument("--out", required=True, help="folder of the model to write; checkpoints go there too")
    parser.add_argument("--inner", type=int, default=1152, help="neurons to keep in each feed-forward layer")
    parser.add_argument("--passes", type=float, default=1.0)
    parser.add_argument("--pieces", type=int, default=3000, help="word pieces a batch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=0, help="0: as many as cores")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class MaskedWords(nn.Module):
    """BERT's prediction head, with the word embeddings as its last layer."""

    def __init__(self, bert):
        super().__init__()
        words, width = bert.words.weight.shape
        self.bert = bert
        self.bf16 = bf16_is_faster()
        self.dense = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(words))

    def loss(self, batch, generator):
        chosen = batch.inside & (batch.words < batch.total_words) & (torch.rand(batch.ids.shape, generator=generator) < CHOSEN)
        lot = torch.rand(batch.ids.shape, generator=generator)
        random = torch.randint(1000, len(self.bias), batch.ids.shape, generator=generator)
        shown = torch.where(chosen & (lot < 0.8), MASK, torch.where(chosen & (lot > 0.9), random, batch.ids))
        with autocast(self.bf16):
            hidden = self.bert(shown, batch.types, batch.mask)[chosen]
            scores = F.linear(self.norm(F.gelu(self.dense(hidden))), self.bert.words.weight) + self.bias
        return F.cross_entropy(scores.float(), batch.ids[chosen])


@torch.no_grad()
def narrow(bert, windows, inner=None, heads=None):
    """Keeps the `inner` neurons and the attention `heads` of each layer that send on most, all where not given."""
    layers = list(bert.layers)
    neurons = [torch.zeros(layer.up.out_features) for layer in layers]
    mixes = [torch.zeros(layer.out.in_features) for layer in layers]
    hooks = []
    for at, layer in enumerate(layers):
        hooks.append(layer.up.register_forward_hook(lambda _, __, made, at=at: neurons[at].add_(F.gelu(made.float()).abs().sum((0, 1)))))
        hooks.append(layer.out.register_forward_pre_hook(lambda _, given, at=at: mixes[at].add_(given[0].float().abs().sum((0, 1)))))
    for part in batches(windows, 3000, 0)[:100]:
        batch = Batch(part)
        bert(batch.ids, batch.types, batch.mask)
    for hook in hooks:
        hook.remove()
    for layer, sent, mixed in zip(layers, neurons, mixes):
        if inner:
            keep = (sent * layer.down.weight.norm(dim=0)).topk(inner).indices.sort().values
            layer.up, layer.down = part_of(layer.up, keep, 0), part_of(layer.down, keep, 1)
        if heads:
            by_head = (mixed * layer.out.weight.norm(dim=0)).view(layer.heads, layer.head_width).sum(1)
            keep = by_head.topk(heads).indices.sort().values
            keep = (keep[:, None] * layer.head_width + torch.arange(layer.head_width)).flatten()
            every = torch.cat([keep + at * layer.out.in_features for at in range(3)])
            layer.qkv, layer.out, layer.heads = part_of(layer.qkv, every, 0), part_of(layer.out, keep, 1), heads


def part_of(linear, keep, dim):
    """A linear map with only the outputs `keep` (dimension 0) or the inputs `keep` (dimension 1) of another."""
    weight = linear.weight.index_select(dim, keep)
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight.copy_(weight)
    made.bias.copy_(linear.bias[keep] if dim == 0 else linear.bias)
    return made


def write(bert, base, out, inner):
    """Writes a folder that `Bert.load_base` reads: own names, and BERT's for whoever else reads it."""
    config = json.loads((Path(base) / "config.json").read_text())
    config |= {"intermediate_size": inner, "type_vocab_size": TOKEN_TYPES}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    shutil.copy(Path(base) / "tokenizer.json", out / "tokenizer.json")
    save_file(bert.to_base(), str(out / "model.safetensors"))


def main():
    args = parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    generator = torch.Generator().manual_seed(args.seed)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    windows = [window for path in args.windows for window in read(path) if len(window["ids"]) > 8]
    bert = Bert(json.loads((Path(args.base) / "config.json").read_text()), TOKEN_TYPES, 0.1)
    bert.load_base(args.base)
    bert.eval()
    narrow(bert, windows, args.inner)
    if args.passes == 0:
        write(bert, args.base, out, args.inner)
        return
    model = MaskedWords(bert).train()
    nn.init.eye_(model.dense.weight)
    todo = [batch for at in range(int(args.passes + 0.999)) for batch in batches(windows, args.pieces, f"{args.seed} {at}")]
    todo = todo[: round(len(todo) * args.passes / int(args.passes + 0.999))]
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.01, fused=True)
    first, checkpoint = 0, out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    sums, seen, clock = [], 0, time.time()
    for step in range(first, len(todo)):
        for group in optimizer.param_groups:
            group["lr"] = args.rate * min((step + 1) / (0.06 * len(todo)), (len(todo) - step) / (0.94 * len(todo)))
        batch = Batch(todo[step])
        loss = model.loss(batch, generator)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        sums.append(loss.item())
        seen += int(batch.inside.sum())
        done = step + 1
        if done % 50 == 0:
            print(json.dumps({"step": done, "of": len(todo), "loss": round(sum(sums) / len(sums), 4), "pieces_per_second": round(seen / (time.time() - clock))}), flush=True)
            sums, seen, clock = [], 0, time.time()
        if done % 200 == 0 or done == len(todo):
            save(checkpoint, {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": done})
    write(copy.deepcopy(bert), args.base, out, args.inner)


if __name__ == "__main__":
    main()
