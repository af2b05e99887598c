"""Pipelines, built when they are first asked for and kept: loading the model takes some tenths of a second and some megabytes.

A pipeline has threads of its own, which a forked process does not inherit; so what is kept is forgotten there.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Union

from ._sayso import Codebook, Pipeline

StrPath = Union[str, "os.PathLike[str]"]
CodebookLike = Union[Codebook, StrPath]

_MOST = 4
_kept: OrderedDict["Choice", Pipeline] = OrderedDict()
_lock = Lock()


def _path(path: StrPath | None) -> Path | None:
    return None if path is None else Path(path)


@dataclass(frozen=True)
class Choice:
    """What a pipeline is built of; equal choices share one in a process."""

    codebook: Codebook | None = None
    people: Path | None = None
    speaker_classes: Path | None = None
    model: Path | None = None
    threads: int | None = None

    @classmethod
    def of(
        cls,
        codebook: CodebookLike | None,
        people: StrPath | None,
        speaker_classes: StrPath | None,
        model: StrPath | None,
        threads: int | None,
    ) -> Choice:
        """The choice that these arguments make."""
        opened = codebook if codebook is None or isinstance(codebook, Codebook) else Codebook(codebook)
        return cls(opened, _path(people), _path(speaker_classes), _path(model), threads)

    def pipeline(self) -> Pipeline:
        """The pipeline of this choice, one in each process."""
        with _lock:
            found = _kept.pop(self, None)
            if found is None:
                found = Pipeline(
                    codebook=self.codebook,
                    people=self.people,
                    speaker_classes=self.speaker_classes,
                    model=self.model,
                    threads=self.threads,
                )
            _kept[self] = found
            while len(_kept) > _MOST:
                _kept.popitem(last=False)
            return found


# What a child has is its parent's memory without its parent's threads: dropped there, a pipeline would wait for them.
_of_parents: list[Pipeline] = []


def _forget() -> None:
    global _lock
    _lock = Lock()
    _of_parents.extend(_kept.values())
    _kept.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
