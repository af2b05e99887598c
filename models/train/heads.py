"""What is trained on top of the encoder's outputs: tag sequences and links between spans."""

import torch
import torch.nn.functional as F
from torch import nn

NEVER = -1e4
# Gaps between a content and a source or cue, in words: the upper ends of the buckets, before and after the content.
GAPS = (1, 4, 10, 25, 60)
BUCKETS = 2 * (len(GAPS) + 1) + 1


class Crf(nn.Module):
    """Linear-chain CRF over BIO tags: tag 0 is O, label k has tags 1 + 2k (first word) and 2 + 2k (later words)."""

    def __init__(self, tags):
        super().__init__()
        self.start = nn.Parameter(torch.zeros(tags))
        self.end = nn.Parameter(torch.zeros(tags))
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        later = torch.arange(tags) % 2 == 0
        later[0] = False
        before, to = torch.meshgrid(torch.arange(tags), torch.arange(tags), indexing="ij")
        self.register_buffer("barred", later[to] & (before != to) & (before + 1 != to))
        self.register_buffer("barred_start", later)

    def scores(self):
        return self.start.masked_fill(self.barred_start, NEVER), self.transitions.masked_fill(self.barred, NEVER)

    def loss(self, emissions, tags, lengths):
        """Negative log likelihood of each row. emissions: (rows, words, tags); tags: (rows, words); lengths: (rows,)."""
        start, transitions = self.scores()
        rows, words, _ = emissions.shape
        inside = torch.arange(words)[None] < lengths[:, None]
        gold = emissions.gather(2, tags[..., None]).squeeze(2).masked_fill(~inside, 0).sum(1) + start[tags[:, 0]]
        gold = gold + transitions[tags[:, :-1], tags[:, 1:]].masked_fill(~inside[:, 1:], 0).sum(1)
        gold = gold + self.end[tags.gather(1, lengths[:, None] - 1).squeeze(1)]
        return self.log_sum(emissions, lengths, start, transitions, self.end) - gold

    @staticmethod
    def log_sum(emissions, lengths, start, transitions, end):
        """Log sum of the scores of all labellings of each row."""
        words = emissions.shape[1]
        inside = torch.arange(words)[None] < lengths[:, None]
        total = emissions[:, 0] + start
        for at in range(1, words):
            onward = torch.logsumexp(total[:, :, None] + transitions[None], 1) + emissions[:, at]
            total = torch.where(inside[:, at, None], onward, total)
        return torch.logsumexp(total + end, 1)

    def distance(self, emissions, wanted, lengths):
        """Cross-entropy, up to a constant, to a teacher's probabilities of each word's tags: (rows, words, tags), 0 beyond a row's end.

        Its gradient by the emissions is own minus wanted probabilities; tag pairs are learnt from labels alone.
        """
        start, transitions = self.scores()
        own = self.log_sum(emissions, lengths, start.detach(), transitions.detach(), self.end.detach())
        return own - (wanted * emissions).sum((1, 2))

    @torch.enable_grad()
    def marginals(self, emissions, lengths):
        """The probability of each tag at each word: the gradient of the log sum."""
        emissions = emissions.detach().requires_grad_()
        start, transitions = self.scores()
        self.log_sum(emissions, lengths, start.detach(), transitions.detach(), self.end.detach()).sum().backward()
        return emissions.grad

    @torch.no_grad()
    def decode(self, emissions):
        """The best tags of one row; emissions: (words, tags)."""
        start, transitions = self.scores()
        score, back = emissions[0] + start, []
        for row in emissions[1:]:
            score, origin = (score[:, None] + transitions).max(0)
            score = score + row
            back.append(origin)
        tags = [int((score + self.end).argmax())]
        for origin in reversed(back):
            tags.append(int(origin[tags[-1]]))
        return tags[::-1]


def gap_bucket(content, other):
    """Which bucket the gap between two word ranges falls in; 0 where they overlap."""
    if other[1] <= content[0]:
        gap, side = content[0] - other[1], 0
    elif other[0] >= content[1]:
        gap, side = other[0] - content[1], 1
    else:
        return 0
    return 1 + side * (len(GAPS) + 1) + sum(gap > end for end in GAPS)


class LinkScorer(nn.Module):
    """Scores a content against the sources (or cues) of its window; the last column stands for none of them."""

    def __init__(self):
        super().__init__()
        self.gaps = nn.Parameter(torch.zeros(BUCKETS))
        self.none = nn.Parameter(torch.zeros(()))

    def forward(self, queries, keys, buckets, allowed):
        scores = queries @ keys.T * queries.shape[1] ** -0.5 + self.gaps[buckets]
        scores = scores.masked_fill(~allowed, NEVER)
        return torch.cat([scores, self.none.expand(len(queries), 1)], 1)

    def loss(self, queries, keys, buckets, allowed, targets):
        return F.cross_entropy(self(queries, keys, buckets, allowed), targets, reduction="sum")
