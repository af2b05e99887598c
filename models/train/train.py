"""Trains every head in one run on the windows that `sayso train-examples` wrote; resumes from its last checkpoint."""

import argparse
import copy
import json
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from adapt import narrow
from encoder import LINK_WIDTH, MASK, TAG_WIDTHS, Encoder, backbone
from precision import autocast, bf16_is_faster
from weights import load, save, take_transitions
from windows import IGNORED, Batch, batches, read, span_means

# How often each set is read in one pass over everything.
PASSES = {"polnear": 1.0, "worldwide": 1.0, "gum": 0.4, "ewt": 0.4}
LOSS_WEIGHTS = {"attribution": 1.0, "entity": 1.0, "attribution.opinions": 1.0, "entity.opinions": 1.0, "upos": 0.3, "source": 0.2, "cue": 0.2, "vectors": 1.0}


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True, help="folder of the base model (config.json, model.safetensors)")
    parser.add_argument("--teacher", help="folder of the model whose text vectors are kept; the base model where not given")
    parser.add_argument("--train", required=True, nargs="+", help="windows to train on (JSON lines); pass 1 reads the first file, pass 2 the next, round and round; FILE+FILE are read as one")
    parser.add_argument("--opinions", nargs="*", default=[], metavar="NAME[:HEAD,…]", help="names of models whose opinions of each train file label.py wrote beside it; of some heads only where these are given")
    parser.add_argument("--start", help="model.pt of train.py or a folder of export.py to start from in place of the base model")
    parser.add_argument("--inner", type=int, help="feed-forward neurons of a layer to keep of --start's")
    parser.add_argument("--heads", type=int, help="attention heads of a layer to keep of --start's")
    parser.add_argument("--transitions", help="folder of export.py whose transitions between labels to start with; a short run learns few of its own")
    parser.add_argument("--dev", help="windows to report on")
    parser.add_argument("--out", required=True, help="folder for checkpoints and the log")
    parser.add_argument("--passes", type=float, default=4.0, help="passes over the mixed sets")
    parser.add_argument("--pieces", type=int, default=3000, help="word pieces a batch")
    parser.add_argument("--multiple", type=int, default=1, help="pad batches to a multiple of so many pieces")
    parser.add_argument("--share", nargs="*", default=[], metavar="SET=SHARE", help="how often a set is read in one pass")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-scale", type=float, default=3.0, help="how many times --rate the heads learn with; more where the encoder's outputs are small, as MPNet's are")
    parser.add_argument("--warmup", type=float, default=0.06)
    parser.add_argument("--steps", type=int, help="stop after so many of the passes' batches")
    parser.add_argument("--fall", type=int, help="steps at the end over which the rate falls, all after the warm-up where not given; flat.pt keeps what was before them")
    parser.add_argument("--distil-every", type=int, default=6, help="steps between two steps that also keep the base model's vectors, 0: never")
    parser.add_argument("--save-every", type=int, default=200)
    parser.add_argument("--note-every", type=int, default=50)
    parser.add_argument("--report-every", type=int, default=1000)
    parser.add_argument("--average", type=float, default=0.998, help="decay of the running average of weights")
    parser.add_argument("--hide", type=float, default=0.0, help="share of the pieces shown as [MASK]")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as cores")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def by_set(path, teachers):
    """A file's windows by the name of their set, with what each teacher thinks of them; windows that nobody labelled nor saw are left out."""
    found = {}
    for one in path.split("+"):
        windows = read(one)
        for teacher in teachers:
            name, _, heads = teacher.partition(":")
            opinions = Path(f"{one}.{name}.pt")
            for window, opinion in zip(windows, torch.load(opinions) if opinions.exists() else [], strict=opinions.exists()):
                if opinion is not None:
                    kept = {head: opinion[head] for head in (heads.split(",") if heads else opinion)}
                    window.setdefault("opinions", []).append(kept)
        for window in windows:
            if window.get("opinions") or any(window[head] is not None for head in TAG_WIDTHS):
                found.setdefault(window["set"], []).append(window)
    return found


def schedule_of_batches(args):
    """The batches of the whole run, the same for the same arguments."""
    files = [by_set(path, args.opinions) for path in args.train]
    shares = PASSES | {name: float(share) for name, share in (one.split("=") for one in args.share)}
    made = []
    for at in range(math.ceil(args.passes)):
        sets = files[at % len(files)]
        part = min(1.0, args.passes - at)
        picked = []
        for name in sorted(sets):
            share = shares.get(name, 1.0) * part
            rng = random.Random(f"{args.seed} {at} {name}")
            picked += rng.sample(sets[name], round(len(sets[name]) * min(share, 1.0)))
        made += batches(picked, args.pieces, f"{args.seed} {at}", args.multiple)
    return made[: args.steps]


def losses(model, batch, teacher, hide, bf16):
    """Each head's loss, a mean over what the batch labels for it; a share `hide` of the pieces is masked, so that no single word decides."""
    shown = torch.where((torch.rand(batch.ids.shape) < hide) & (batch.words < batch.total_words), MASK, batch.ids) if hide else batch.ids
    with autocast(bf16):
        tags, links, vectors = model(shown, batch.types, batch.mask)
    found = {}
    tags = batch.by_word(tags.float())
    parts = dict(zip(TAG_WIDTHS, tags.split(list(TAG_WIDTHS.values()), 2)))
    for head, crf in model.crfs.items():
        rows, gold = batch.labels(head, 0)
        if len(rows):
            lengths = batch.lengths[rows]
            found[head] = crf.loss(parts[head][rows], gold, lengths).sum() / lengths.sum() * 10
        rows, wanted = batch.opinions(head)
        if len(rows):
            lengths = batch.lengths[rows]
            found[f"{head}.opinions"] = crf.distance(parts[head][rows], wanted, lengths).sum() / lengths.sum() * 10
    rows, gold = batch.labels("upos", IGNORED)
    if len(rows):
        found["upos"] = F.cross_entropy(parts["upos"][rows].flatten(0, 1), gold.flatten(), ignore_index=IGNORED)
    if any(w.get("links") for w in batch.windows):
        by_word = batch.by_word(links.float())
        for at, (part, scorer) in enumerate(model.link_scorers.items()):
            contents, others, buckets, allowed, targets = batch.links(part)
            queries = span_means(by_word[..., 2 * at * LINK_WIDTH : (2 * at + 1) * LINK_WIDTH], contents)
            keys = span_means(by_word[..., (2 * at + 1) * LINK_WIDTH : (2 * at + 2) * LINK_WIDTH], others)
            found[part] = scorer.loss(queries, keys, buckets, allowed, targets) / len(contents)
    if teacher is not None:
        with torch.no_grad(), autocast(bf16):
            wanted = teacher(batch.ids, torch.zeros_like(batch.types), batch.mask).float()
        inside = batch.inside[..., None]
        own = vectors.float()
        by_piece = 1 - F.cosine_similarity(own, wanted, dim=2)[batch.inside].mean()
        whole = 1 - F.cosine_similarity((own * inside).sum(1), (wanted * inside).sum(1), dim=1).mean()
        found["vectors"] = by_piece + whole
    return found


def spans(tags):
    found, start = set(), None
    for at, tag in enumerate(list(tags) + [0]):
        if start is not None and tag != start[1] + 1:
            found.add((start[0], at, start[1]))
            start = None
        if tag % 2 == 1:
            start = (at, tag)
    return found


@torch.no_grad()
def report(model, windows, bf16, pieces=6000, multiple=1):
    """Exact-span F1 by head and label over whole windows; a guide only, `sayso evaluate` has the figures."""
    model.eval()
    counts = {}
    right = total = 0
    for part in batches(windows, pieces, 0, multiple):
        batch = Batch(part, multiple)
        with autocast(bf16):
            tags, _, _ = model(batch.ids, batch.types, batch.mask)
        parts = dict(zip(TAG_WIDTHS, batch.by_word(tags.float()).split(list(TAG_WIDTHS.values()), 2)))
        for row, window in enumerate(part):
            for head, crf in model.crfs.items():
                if window.get(head) is None:
                    continue
                wanted = spans(window[head])
                got = spans(crf.decode(parts[head][row, : window["words_total"]]))
                for s in wanted | got:
                    c = counts.setdefault((head, s[2] // 2), [0, 0, 0])
                    c[0] += s in wanted and s in got
                    c[1] += s in got
                    c[2] += s in wanted
            if window.get("upos") is not None:
                gold = torch.tensor(window["upos"])
                labelled = gold != IGNORED
                right += int((parts["upos"][row, : len(gold)].argmax(1) == gold)[labelled].sum())
                total += int(labelled.sum())
    model.train()
    f1 = lambda c: round(200 * c[0] / max(1, c[1] + c[2]), 1)
    result = {f"{head}.{label}": f1(c) for (head, label), c in sorted(counts.items()) if head == "attribution"}
    entity = [sum(c[i] for (head, _), c in counts.items() if head == "entity") for i in range(3)]
    return result | {"entity": f1(entity), "upos": round(100 * right / max(1, total), 1)}


def main():
    args = parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    if args.threads:
        torch.set_num_threads(args.threads)
    bf16 = bf16_is_faster()
    model = load(args.base, args.start) if args.start else Encoder(args.base)
    if args.transitions:
        take_transitions(model, json.loads((Path(args.transitions) / "config.json").read_text()))
    teacher = None
    if args.distil_every:
        kept = Path(args.teacher or args.base)
        config = json.loads((kept / "config.json").read_text())
        teacher = backbone(config)(config, 1).eval()
        teacher.load_base(kept)
    todo = schedule_of_batches(args)
    if args.inner or args.heads:
        narrow(model.bert, [window for batch in todo for window in batch], args.inner, args.heads)
    dev = read(args.dev) if args.dev else []
    inner = [p for name, p in model.named_parameters() if name.startswith("bert.")]
    heads = [p for name, p in model.named_parameters() if not name.startswith(("bert.", "crfs."))]
    scales = [1.0, args.head_scale, 10.0]
    groups = [{"params": params} for params in (inner, heads, list(model.crfs.parameters()))]
    optimizer = torch.optim.AdamW(groups, lr=args.rate, weight_decay=0.01, fused=True)
    average, first = copy.deepcopy(model.state_dict()), 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        average, first = state["average"], state["step"]
    log = open(out / "log.jsonl", "a", encoding="utf-8")
    note = lambda **row: (log.write(json.dumps(row) + "\n"), log.flush(), print(json.dumps(row), flush=True))
    note(event="start", steps=len(todo), first=first, bf16=bf16, pieces=sum(len(w["ids"]) for b in todo for w in b), args=vars(args))
    warmup, seen, clock, sums = args.warmup * len(todo), 0, time.time(), {}
    fall = args.fall or len(todo) - warmup
    model.train()
    for step in range(first, len(todo)):
        rate = args.rate * min((step + 1) / warmup, (len(todo) - step) / fall, 1.0)
        for group, scale in zip(optimizer.param_groups, scales):
            group["lr"] = rate * scale
        batch = Batch(todo[step], args.multiple)
        found = losses(model, batch, teacher if teacher and step % args.distil_every == 0 else None, args.hide, bf16)
        loss = sum(LOSS_WEIGHTS[name] * value for name, value in found.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        decay = min(args.average, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, value in model.state_dict().items():
                if value.is_floating_point():
                    average[name].lerp_(value, 1 - decay)
        seen += int(batch.inside.sum())
        for name, value in found.items():
            total = sums.setdefault(name, [0.0, 0])
            total[0] += value.item()
            total[1] += 1
        done = step + 1
        if done % args.note_every == 0:
            note(step=done, rate=round(rate, 7), pieces_per_second=round(seen / (time.time() - clock)), **{k: round(v[0] / v[1], 4) for k, v in sums.items()})
            seen, clock, sums = 0, time.time(), {}
        if dev and (done % args.report_every == 0 or done == len(todo)):
            own = copy.deepcopy(model.state_dict())
            model.load_state_dict(average)
            note(step=done, dev=report(model, dev, bf16, multiple=args.multiple))
            model.load_state_dict(own)
            clock, seen = time.time(), 0
        if done % args.save_every == 0 or done == len(todo):
            save(checkpoint, {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": done})
        if args.fall and done == len(todo) - args.fall:
            save(out / "flat.pt", {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": done})
    save(out / "model.pt", average)


if __name__ == "__main__":
    main()
