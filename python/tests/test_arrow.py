"""The function for engines: what it says of a row depends on that row alone."""

from __future__ import annotations

import multiprocessing
import pickle
import sys
from pathlib import Path

import pytest

import sayso
import sayso.arrow

pa = pytest.importorskip("pyarrow")

ANALYZER = sayso.arrow.BatchAnalyzer(table="quotes", codebook="policy-agenda")
# What only a run knows; `status` and `note` are the function's own.
OF_RUN = {"person_id", "quotation_cluster"}


def rows(batches: object) -> list[dict[str, object]]:
    return [row for batch in batches for row in batch.to_pylist()]  # type: ignore[attr-defined]


def test_rows_are_those_of_a_run(forty: dict[str, list[str]]) -> None:
    table = pa.table(forty)
    run = sayso.analyze_table(table, codebook="policy-agenda", progress=False)
    made = pa.Table.from_batches(ANALYZER(table.to_batches()), schema=ANALYZER.schema)
    expected = run.quotes.to_arrow()
    shared = [name for name in expected.column_names if name not in OF_RUN]
    assert set(made.column_names) == {*shared, "status", "note"} and len(made) > 400
    assert made.select(shared).to_pylist() == expected.select(shared).to_pylist()
    nested = rows(sayso.arrow.analyze_batches(table.to_batches(), codebook="policy-agenda"))
    assert [quote["quote_id"] for row in nested for quote in row["quotes"]] == expected["quote_id"].to_pylist()  # type: ignore[attr-defined]
    for name in sayso.arrow.TABLES:
        whole = run[name].to_arrow()
        assert sum(len(row[name]) for row in nested) == len(whole), name  # type: ignore[arg-type]


def test_borders_of_batches_and_threads_do_not_matter(forty: dict[str, list[str]]) -> None:
    few = pa.table({key: values[:8] for key, values in forty.items() if key != "id"})
    one = rows(sayso.arrow.analyze_batches(few.to_batches()))
    cut = rows(sayso.arrow.analyze_batches(few.to_batches(max_chunksize=3), threads=2))
    turned = rows(sayso.arrow.analyze_batches(few.take(list(range(7, -1, -1))).to_batches()))
    assert one == cut == turned[::-1]
    assert len({row["article_id"] for row in one}) == 8, "rows without an id have one of their own"


def test_totals_add_up_from_parts_without_the_texts(forty: dict[str, list[str]]) -> None:
    table = pa.table(forty)
    run = sayso.analyze_table(table, codebook="policy-agenda", progress=False)
    words: dict[object, int] = {}
    people: set[str] = set()
    for batch in table.to_batches(max_chunksize=7):
        # As on machines that know nothing of each other.
        for row in rows(sayso.arrow.analyze_batches([batch], codebook="policy-agenda", table="theme_coverage")):
            words[row["theme_id"]] = words.get(row["theme_id"], 0) + int(str(row["words"]))
        for row in rows(sayso.arrow.analyze_batches([batch], codebook="policy-agenda", table="speakers")):
            if row["kind"] in ("person", "organization"):
                people.add(sayso.arrow.person_key(str(row["speaker"]), str(row["kind"])))
    summary = run.theme_summary.to_arrow().to_pylist()
    assert words == {row["theme_id"]: row["count"] for row in summary if row["measure"] == "words" and row["count"]}
    assert 0 <= len(people) - len(run.people) <= 2 and len(run.people) > 150, "a run joins a name or two by other evidence"


def test_themes_of_a_sample_are_assigned_to_all(forty: dict[str, list[str]]) -> None:
    table = pa.table(forty)
    found = sayso.analyze_table(table.slice(0, 34), progress=False).codebook
    assert found is not None
    coded = rows(sayso.arrow.analyze_batches(table.slice(34).to_batches(), codebook=found, table="theme_coverage"))
    assert {row["theme_id"] for row in coded} <= {id for id, _ in found.themes} and len(coded) > 6


def test_a_failed_row_keeps_its_place_and_id() -> None:
    batch = pa.RecordBatch.from_pydict({"id": ["a", "b", "c", None], "text": ["“No,” said Ana Lind.", None, "a\0b", None]})
    nested = rows(sayso.arrow.analyze_batches([batch]))
    assert [row["status"] for row in nested] == ["analysed", "failed", "failed", "failed"]
    assert [row["article_id"] for row in nested[:3]] == ["a", "b", "c"] and nested[1]["quotes"] == [] and nested[1]["note"]
    flat = rows(sayso.arrow.analyze_batches([batch], table="quotes"))
    assert [(row["article_id"], row["status"], row["quote_id"]) for row in flat[:2]] == [("a", "analysed", "a:q1"), ("b", "failed", None)]
    assert len(flat) == 4


def test_schemas_are_declared(forty: dict[str, list[str]]) -> None:
    few = pa.table({key: values[:2] for key, values in forty.items()}).to_batches()
    assert next(sayso.arrow.analyze_batches(few)).schema.equals(sayso.arrow.SCHEMA)
    assert [field.name for field in sayso.arrow.SCHEMA if pa.types.is_list(field.type)] == list(sayso.arrow.TABLES)
    for table in sayso.arrow.TABLES:
        [batch] = sayso.arrow.analyze_batches(few, table=table)
        assert batch.schema.equals(sayso.arrow.schema(table)), table
        assert batch.num_rows > 0 or table.startswith("theme"), table
    none = few[0].slice(0, 0)
    assert rows(sayso.arrow.analyze_batches([none])) == []
    with pytest.raises(sayso.ConfigError, match="no table 'people'"):
        sayso.arrow.schema("people")


def test_choices_are_pickled_without_a_model() -> None:
    mine = sayso.Codebook.from_text('[[theme]]\nid = "sea"\nkeywords = ["ferry"]\n')
    analyzer = sayso.arrow.BatchAnalyzer(codebook=mine)
    packed = pickle.dumps(analyzer)
    assert len(packed) < 2_000 and pickle.loads(packed) == analyzer


def _in_a_child(packed: bytes, batch: bytes, queue: object) -> None:
    [read] = pa.ipc.open_stream(batch)
    queue.put(rows(pickle.loads(packed)([read])))  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_workers_that_are_forked_or_spawned_say_the_same() -> None:
    batch = pa.RecordBatch.from_pydict({"id": ["a"], "text": ["“No,” said Ana Lind."]})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    here = rows(ANALYZER([batch]))
    for way in ("fork", "spawn"):
        context = multiprocessing.get_context(way)
        queue = context.Queue()
        child = context.Process(target=_in_a_child, args=(pickle.dumps(ANALYZER), sink.getvalue().to_pybytes(), queue))
        child.start()
        assert queue.get(timeout=120) == here, way
        child.join()


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    batch = pa.RecordBatch.from_pydict({"id": ["a"], "text": ["“No,” said Ana Lind."]})
    assert len(rows(ANALYZER([batch]))) == 1
    assert list(tmp_path.iterdir()) == []
