"""Which kind of numbers products are made in."""

import time

import torch


def bf16_is_faster():
    """Whether this processor multiplies faster in bf16: one without the instructions for it is twenty times slower."""
    a, b = torch.rand(1024, 384), torch.rand(384, 1536)
    seconds = {}
    for kind in (torch.float32, torch.bfloat16):
        x, y = a.to(kind), b.to(kind)
        x @ y
        begun = time.perf_counter()
        for _ in range(3):
            x @ y
        seconds[kind] = time.perf_counter() - begun
    return seconds[torch.bfloat16] < seconds[torch.float32]


def autocast(enabled):
    """Products in bf16 where `enabled`."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled)
