"""Windows as `sayso train-examples` writes them, in batches of similar length."""

import json
import random

import torch

from heads import gap_bucket

IGNORED = -100


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def padded(length, multiple):
    """A length up to the next multiple."""
    return -(-length // multiple) * multiple


def batches(windows, pieces, seed, multiple=1):
    """Batches of at most `pieces` word pieces, padding counted, in an order that depends on the seed alone."""
    order = random.Random(seed)
    shuffled = windows[:]
    order.shuffle(shuffled)
    pool, made = 2000, []
    for start in range(0, len(shuffled), pool):
        batch = []
        for window in sorted(shuffled[start : start + pool], key=lambda w: len(w["ids"])):
            if batch and padded(len(window["ids"]), multiple) * (len(batch) + 1) > pieces:
                made.append(batch)
                batch = []
            batch.append(window)
        made.append(batch)
    order.shuffle(made)
    return made


class Batch:
    """Tensors of one batch. A head's rows are the windows whose set labels that head."""

    def __init__(self, windows, multiple=1):
        """Padded to a multiple of so many pieces: few shapes keep a large model's process small."""
        rows, length = len(windows), padded(max(len(w["ids"]) for w in windows), multiple)
        self.windows = windows
        self.ids = torch.zeros(rows, length, dtype=torch.long)
        self.types = torch.zeros(rows, length, dtype=torch.long)
        self.inside = torch.zeros(rows, length, dtype=torch.bool)
        self.lengths = torch.tensor([w["words_total"] for w in windows])
        words = int(self.lengths.max())
        self.words = torch.full((rows, length), words)  # the last word column collects pieces of no word
        for row, w in enumerate(windows):
            n = len(w["ids"])
            self.ids[row, :n] = torch.tensor(w["ids"])
            self.types[row, :n] = torch.tensor(w["types"])
            self.inside[row, :n] = True
            self.words[row, :n] = torch.tensor([words if at < 0 else at for at in w["words"]])
        # Added to attention scores: nothing attends to padding.
        self.mask = None if bool(self.inside.all()) else torch.where(self.inside, 0.0, -1e4)[:, None, None, :].to(torch.bfloat16)
        self.total_words = words

    def by_word(self, pieces):
        """Means over each word's pieces: (rows, length, n) to (rows, words, n)."""
        index = self.words[..., None].expand(-1, -1, pieces.shape[2])
        sums = pieces.new_zeros(len(self.windows), self.total_words + 1, pieces.shape[2]).scatter_add(1, index, pieces)
        counts = pieces.new_zeros(len(self.windows), self.total_words + 1).scatter_add(1, self.words, torch.ones_like(self.words, dtype=pieces.dtype))
        return (sums / counts.clamp(min=1)[..., None])[:, :-1]

    def labels(self, head, padding):
        """Rows that label this head, and their labels padded to the batch's words."""
        rows = [row for row, w in enumerate(self.windows) if w.get(head) is not None]
        labels = torch.full((len(rows), self.total_words), padding)
        for at, row in enumerate(rows):
            found = self.windows[row][head]
            labels[at, : len(found)] = torch.tensor(found)
        return torch.tensor(rows, dtype=torch.long), labels

    def opinions(self, head):
        """Rows that teachers saw, and the mean of their tag probabilities: (rows, words, tags), 0 beyond a row's end."""
        seen = [[one[head].float() for one in w.get("opinions", []) if head in one] for w in self.windows]
        rows = [row for row, opinions in enumerate(seen) if opinions]
        means = [sum(seen[row]) / len(seen[row]) for row in rows]
        wanted = [torch.nn.functional.pad(mean, (0, 0, 0, self.total_words - len(mean))) for mean in means]
        return torch.tensor(rows, dtype=torch.long), torch.stack(wanted) if wanted else None

    def links(self, part):
        """Contents with their candidates: (row, range) lists, gap buckets, which pairs share a window, targets."""
        contents, others, targets = [], [], []
        for row, w in enumerate(self.windows):
            places = {}
            for link in w.get("links") or []:
                if link[part] is not None and tuple(link[part]) not in places:
                    places[tuple(link[part])] = len(others)
                    others.append((row, tuple(link[part])))
            for link in w.get("links") or []:
                contents.append((row, tuple(link["content"])))
                targets.append(-1 if link[part] is None else places[tuple(link[part])])
        buckets = torch.zeros(len(contents), len(others), dtype=torch.long)
        allowed = torch.zeros(len(contents), len(others), dtype=torch.bool)
        for i, (row, content) in enumerate(contents):
            for j, (other_row, other) in enumerate(others):
                if row == other_row:
                    buckets[i, j], allowed[i, j] = gap_bucket(content, other), True
        return contents, others, buckets, allowed, torch.tensor([len(others) if t < 0 else t for t in targets])


def span_means(by_word, spans):
    """Mean vectors of (row, (start, end)) word ranges."""
    sums = torch.cat([by_word.new_zeros(by_word.shape[0], 1, by_word.shape[2]), by_word.cumsum(1)], 1)
    rows = torch.tensor([row for row, _ in spans], dtype=torch.long)
    starts = torch.tensor([s for _, (s, _) in spans], dtype=torch.long)
    ends = torch.tensor([e for _, (_, e) in spans], dtype=torch.long)
    return (sums[rows, ends] - sums[rows, starts]) / (ends - starts)[:, None]
