"""The sample corpus, the command to compare with, and the 40 articles that every way of running sayso is compared on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """The files of the sample corpus, in the command's order."""
    files = sorted(path for path in CORPUS.iterdir() if path.suffix in (".txt", ".md") and path.name != "README.md")
    assert len(files) == 20
    return files


@pytest.fixture(scope="session")
def forty(corpus: list[Path]) -> dict[str, list[str]]:
    """The corpus twice with ids and outlets of their own: 40 articles, of which the second twenty begin with a line more."""
    texts = [path.read_text(encoding="utf-8") for path in corpus]
    second = [f"{text}\n\n“We shall see,” said Mayor Ana Lind of Vik.\n" for text in texts]
    ids = [f"{edition}-{path.stem}" for edition in ("morning", "evening") for path in corpus]
    return {"id": ids, "text": texts + second, "outlet": ["Morning Post"] * 20 + ["Evening Post"] * 20}


@pytest.fixture(scope="session")
def command() -> Callable[..., Path]:
    """Runs the command that `SAYSO` names and gives the folder of its report."""
    program = os.environ.get("SAYSO")
    if not program:
        pytest.skip("SAYSO names no command to compare with")

    def run(output: Path, *arguments: object) -> Path:
        subprocess.run([program, "analyze", *map(str, arguments), "-o", str(output), "--quiet"], cwd=ROOT, check=True)
        return output

    return run


@pytest.fixture(autouse=True)
def _in_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in examples are those of a clone."""
    monkeypatch.chdir(ROOT)
