"""Streams of articles: order, failures, bounded memory, interrupts, threads."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso

TEXTS = [f"“Number {number} is enough,” said Ana Lind, the mayor of Vik." for number in range(12)]


def test_results_do_not_depend_on_threads(corpus: list[Path]) -> None:
    one, two, five = ([article.to_json() for article in sayso.analyze_many(corpus[:5], threads=n, progress=False)] for n in (1, 2, 5))
    assert one == two == five
    assert one == [sayso.analyze(path).to_json() for path in corpus[:5]]


def test_articles_come_in_their_order_and_few_are_read_ahead() -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for text in TEXTS * 4:
            taken += 1
            yield text

    for number, article in enumerate(sayso.analyze_many(texts(), threads=2, progress=False), 1):
        assert article.id == f"text-{number}"
        assert taken <= number + 4, "two articles a thread"
    assert number == 48


def test_a_bad_item_is_a_status(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    items = [TEXTS[0], "  ", "a\0b", tmp_path / "picture.png", {"text": TEXTS[1], "id": "mine"}, Path("tests/formats/articles.csv")]
    articles = list(sayso.analyze_many(items, threads=2, progress=False))
    assert [article.status for article in articles[:5]] == ["analysed", "failed", "failed", "failed", "analysed"]
    assert articles[1].quotes == () and isinstance(articles[1].error, sayso.InputError) and "no text" in str(articles[1].error)
    assert articles[4].id == "mine" and len(articles) > 6, "a file may hold many"
    assert "failed" in repr(articles[1]) and "failed" in articles[1]._repr_html_()
    with pytest.raises(ValueError, match="no analysis"):
        articles[1].to_dict()


def test_what_the_iterable_raises_comes_after_what_was_before_it() -> None:
    def texts() -> Iterator[str]:
        yield from TEXTS[:3]
        raise LookupError("the database is gone")

    seen = []
    with pytest.raises(LookupError, match="gone"):
        for article in sayso.analyze_many(texts(), threads=2, progress=False):
            seen.append(article.id)
    assert seen == ["text-1", "text-2", "text-3"]


def test_readers_know_every_format() -> None:
    documents = list(sayso.read(["tests/formats/articles.csv", "tests/ingest/documents/japan-care-robots.docx"]))
    assert documents[-1].id == "japan-care-robots" and documents[-1].language == "eng" and documents[-1].status == "read"
    assert documents[0].place == "row 1" and documents[0].metadata
    articles = list(sayso.analyze_many(sayso.read("tests/formats/articles.csv"), progress=False))
    assert [article.id for article in articles] == [document.id for document in documents[:-1]]


def test_a_bar_is_shown_where_it_is_wished(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    assert len(list(sayso.analyze_many(TEXTS[:2], progress=True))) == 2
    assert "2/2" in capsys.readouterr().err


def test_the_interpreter_is_free_while_an_article_is_analysed() -> None:
    text = "\n\n".join(TEXTS * 8)
    sayso.analyze(text)  # the model is loaded
    counts = [0]
    is_done = threading.Event()

    def count() -> None:
        while not is_done.is_set():
            counts[0] += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    began, before = time.monotonic(), counts[0]
    sayso.analyze(text)
    took, counted = time.monotonic() - began, counts[0] - before
    is_done.set()
    counter.join()
    assert took > 0.1 and counted > 100 * took, f"{counted} turns of another thread in {took:.2f} s"


INTERRUPTED = """
import sys, itertools, sayso
texts = ("“Number %d is enough,” said Ana Lind, the mayor of Vik." % number for number in itertools.count())
done = 0
try:
    for article in sayso.analyze_many(texts, threads=2, progress=False):
        done += 1
        if done == 3:
            print("go", flush=True)
except KeyboardInterrupt:
    print("interrupted", done >= 3)
"""


INTERRUPTED_TABLE = """
import itertools, pyarrow as pa, sayso
schema = pa.schema({"text": pa.string()})
def batches():
    for number in itertools.count():
        yield pa.RecordBatch.from_pydict({"text": ["“Number %d is enough,” said Ana Lind, the mayor of Vik." % number] * 8}, schema)
        if number == 3:
            print("go", flush=True)
try:
    sayso.analyze_table(pa.RecordBatchReader.from_batches(schema, batches()), threads=2, progress=False)
except KeyboardInterrupt:
    print("interrupted", True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as Unix sends them")
@pytest.mark.parametrize("program", [INTERRUPTED, INTERRUPTED_TABLE])
def test_ctrl_c_ends_at_the_next_article(program: str) -> None:
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stdout.readline() == "go\n"
        child.send_signal(signal.SIGINT)
        began = time.monotonic()
        out, _ = child.communicate(timeout=30)
    assert out == "interrupted True\n" and child.returncode == 0
    assert time.monotonic() - began < 10


FORKED = """
import os, sayso
text = "“No,” said Ana Lind."
before = sayso.analyze(text).to_json()
child = os.fork()
if child == 0:
    os._exit(0 if sayso.analyze(text).to_json() == before else 1)
print(os.waitpid(child, 0)[1], sayso.analyze(text).to_json() == before)
"""


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="there is no fork here")
def test_a_forked_process_builds_its_own_pipeline() -> None:
    out = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=120, check=True).stdout
    assert out == "0 True\n"
