"""Which kind of numbers products are made in."""

import time

import torch


def bf16_is_faster():
    """Whether this processor multiplies faster in bf16: one without the instructions for it is twenty times slower.

    The best of several turns counts: other programs may be running.
    """
    a, b = torch.rand(1024, 768), torch.rand(768, 1536)
    best = {torch.float32: float("inf"), torch.bfloat16: float("inf")}
    for _ in range(6):
        for kind in best:
            x, y = a.to(kind), b.to(kind)
            begun = time.perf_counter()
            x @ y
            best[kind] = min(best[kind], time.perf_counter() - begun)
    return best[torch.bfloat16] < best[torch.float32]


def autocast(enabled):
    """Products in bf16 where `enabled`."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled)
