"""The forty articles of the comparison, and the one hash of their quotations that every way of running sayso must give.

`python rows.py SAYSO [R_LIBRARY]` has the command, this package and, where its library is named, the R package analyse them, compares, and prints
the hash; `engines.py` compares what engines give with it. tests/scale.sh calls both.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.csv
import pyarrow.parquet

import sayso
from sayso.arrow import BatchAnalyzer

ROOT = Path(__file__).resolve().parents[2]
CODEBOOK = "policy-agenda"
# What an article's own rows can say: persons and clusters of quotations are a run's. `quote_id` has the article's id in it.
SCHEMA = BatchAnalyzer(table="quotes").schema
COLUMNS = sorted(set(SCHEMA.names) - {"article_id", "status", "note"})

R = """
options(warn = 2)
arguments <- commandArgs(TRUE)
library(sayso, lib.loc = arguments[1L])
articles <- read.csv(arguments[2L], encoding = "UTF-8")
said <- lapply(1:2, function(threads) {
  sayso_analyze(articles, docid_field = "id", codebook = arguments[4L], threads = threads, progress = FALSE)$quotes
})
stopifnot(identical(said[[1L]], said[[2L]]))
jsonlite::write_json(said[[1L]], arguments[3L], na = "null", digits = NA)
"""


def articles() -> pyarrow.Table:
    """The sample corpus twice, with ids of their own."""
    files = sorted(path for path in (ROOT / "corpus").iterdir() if path.suffix in (".txt", ".md") and path.name != "README.md")
    texts = [path.read_text(encoding="utf-8") for path in files]
    ids = [f"{edition}-{path.stem}" for edition in ("morning", "evening") for path in files]
    return pyarrow.table({"id": ids, "text": texts + [f"{text}\n\n“We shall see,” said Mayor Ana Lind.\n" for text in texts]})


def digest(rows: Iterable[dict[str, Any]], columns: list[str]) -> str:
    """A hash of the sorted rows."""
    lines = sorted(json.dumps({name: row[name] for name in columns}, sort_keys=True, default=list) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def of_command(program: str, folder: Path) -> list[dict[str, Any]]:
    """What `sayso analyze` writes for a CSV file."""
    run = folder / "run"
    told = [program, "analyze", str(folder / "articles.csv"), "--codebook", CODEBOOK, "--format", "parquet", "--quiet", "-o", str(run)]
    subprocess.run(told, check=True)
    return pyarrow.parquet.read_table(run / "parquet/quotes.parquet").to_pylist()


def of_python() -> list[dict[str, Any]]:
    """What `sayso.analyze_table` gives for Arrow."""
    return sayso.analyze_table(articles(), codebook=CODEBOOK, progress=False).quotes.to_arrow().to_pylist()


def of_r(library: str, folder: Path) -> list[dict[str, Any]]:
    """What `sayso_analyze` gives for a data frame, by one thread and by two; R counts from 1."""
    made = folder / "r.json"
    subprocess.run(["Rscript", "--vanilla", "-e", R, library, str(folder / "articles.csv"), str(made), CODEBOOK], check=True)
    rows: list[dict[str, Any]] = json.loads(made.read_text(encoding="utf-8"))
    fractions = [field.name for field in SCHEMA if pyarrow.types.is_floating(field.type)]  # R writes 1.0 as 1
    for row in rows:
        row |= {name: float(row[name]) for name in fractions if row[name] is not None}
        row |= {name: row[name] - 1 for name in ("content_start", "source_start") if row[name] is not None}
    return rows


def main(program: str, library: str | None = None) -> None:
    """Compares the ways of one machine and prints what they have in common."""
    with tempfile.TemporaryDirectory(prefix="sayso-rows-") as made:
        folder = Path(made)
        pyarrow.csv.write_csv(articles(), folder / "articles.csv")
        ways = {"the command": of_command(program, folder), "Python": of_python()}
        if library:
            ways["R"] = of_r(library, folder)
        hashes = {way: digest(rows, COLUMNS) for way, rows in ways.items()}
        for way, found in hashes.items():
            print(f"{way}: {len(ways[way])} quotations, {found}", file=sys.stderr)
        assert len(COLUMNS) >= 25 and len(ways["Python"]) > 800, "enough to tell ways apart by"
        assert len(set(hashes.values())) == 1, "every way gives the same rows"
        print(hashes["Python"])


if __name__ == "__main__":
    main(*sys.argv[1:])
