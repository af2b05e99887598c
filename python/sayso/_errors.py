"""One exception for each kind of error, with the file, the line and what can be done."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = [
    "ConfigError",
    "Error",
    "InputError",
    "InternalError",
    "LeftOut",
    "ModelError",
    "PassedOver",
    "ReadError",
    "TimeLimitError",
    "WriteError",
]


def _in_python(hint: str) -> str:
    """A hint that names an option of the command names the argument: `--any-language` is `any_language`. Whole commands stay."""
    parts = hint.split("`")
    options = (part if part.startswith("sayso ") else re.sub(r"(?<![\w-])--([a-z][a-z-]*)", _argument, part) for part in parts)
    return "`".join(options)


def _argument(option: re.Match[str]) -> str:
    return option[1].replace("-", "_")


class Error(Exception):
    """What went wrong: the base of all exceptions of sayso.

    >>> import sayso
    >>> try:
    ...     sayso.Codebook("no-such-codebook")
    ... except sayso.Error as error:
    ...     print(type(error).__name__, error.path, error.hint, sep="; ")
    ReadError; no-such-codebook; name a file, or one of policy-agenda, innovation-industry, climate-energy
    """

    reason: str
    """What went wrong, without the file."""
    path: Path | None
    """The file or folder it happened at."""
    line: int | None
    """The line of the file, from 1."""
    hint: str | None
    """What can be done about it."""

    def __init__(self, reason: str, path: Path | None = None, line: int | None = None, hint: str | None = None) -> None:
        super().__init__(reason, path, line, hint)
        self.reason = reason
        self.path = None if path is None else Path(path)
        self.line = line
        self.hint = None if hint is None else _in_python(hint)

    def __str__(self) -> str:
        told = self.reason if self.path is None else f"{self.path}: {self.reason}"
        return told if self.hint is None else f"{told} ({self.hint})"


class ReadError(Error):
    """A file or folder could not be read."""


class WriteError(Error):
    """A file or folder could not be written."""


class InputError(Error):
    """An input is not text that sayso reads."""


class PassedOver(Error):
    """A file that is no article."""


class LeftOut(Error):
    """An article that is left out on purpose: it is in another language."""


class ModelError(Error):
    """A model does not load, or does not fit this version."""


class ConfigError(Error):
    """A codebook, an option or a file of settings is wrong."""


class TimeLimitError(Error):
    """An article took longer than it may."""


class InternalError(Error):
    """A stage failed in a way that is a bug of sayso's."""
