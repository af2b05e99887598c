"""Runs over tables and files: the tables are the command's, cell for cell and type for type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import sayso

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

# What says where a row was read, which in memory is no file.
OF_PLACE = {"path", "rule"}


def test_tables_of_files_are_the_commands(command: Callable[..., Path], tmp_path: Path) -> None:
    arguments = ["corpus", "tests/tables/dated.csv", "--codebook", "tests/tables/codebook.toml", "--people", "tests/tables/people.csv"]
    report = command(tmp_path / "report", *arguments, "--format", "csv,parquet")
    for threads in (1, 2):
        run = sayso.analyze_table(
            ["corpus", "tests/tables/dated.csv"],
            codebook="tests/tables/codebook.toml",
            people="tests/tables/people.csv",
            threads=threads,
            progress=False,
        )
        assert sorted(run) == sorted(path.stem for path in (report / "parquet").iterdir())
        for name, table in run.items():
            written = pq.read_table(report / "parquet" / f"{name}.parquet")
            made = table.to_arrow()
            assert made.schema.equals(written.schema.remove_metadata()), name
            assert made.to_pylist() == written.to_pylist(), name
    assert run.counts["analysed"] == len(run.articles) > 20


def test_tables_in_memory_are_those_of_a_file(command: Callable[..., Path], forty: dict[str, list[str]], tmp_path: Path) -> None:
    table = pa.table({**forty, "wave": ["north"] * 40})
    file = tmp_path / "articles.parquet"
    pq.write_table(table, file)
    report = command(tmp_path / "report", file, "--format", "csv,parquet")
    run = sayso.analyze_table(table, progress=False)
    for name, made in run.items():
        written = pq.read_table(report / "parquet" / f"{name}.parquet")
        kept = [column for column in written.column_names if column not in OF_PLACE]
        assert made.to_arrow().select(kept).to_pylist() == written.select(kept).to_pylist(), name
    assert set(run.articles.to_arrow()["meta_wave"].to_pylist()) == {"north"}
    # The run has found its own themes; frozen, they code the same articles again.
    assert run.codebook is not None and len(run.codebook) >= 8
    again = sayso.analyze_table(table.slice(0, 3), codebook=run.codebook, progress=False)
    assert len(again.theme_sentences) > 0


def test_frames_of_all_kinds_are_one(forty: dict[str, list[str]]) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    few = {key: values[:4] for key, values in forty.items()}
    frames = [pa.table(few), pandas.DataFrame(few), polars.DataFrame(few), pa.table(few).to_batches()[0], pa.table(few).to_reader()]
    quotes = [sayso.analyze_table(frame, progress=False).quotes.to_arrow() for frame in frames]
    assert len(quotes[0]) > 20 and all(other.equals(quotes[0]) for other in quotes[1:])


def test_frames_come_out_with_types(forty: dict[str, list[str]]) -> None:
    pytest.importorskip("pandas")
    run = sayso.analyze_table(pa.table({key: values[:2] for key, values in forty.items()}), progress=False)
    frame, other = run.quotes.to_pandas(), run.quotes.to_polars()
    assert str(frame["content_start"].dtype) == "Int64" and len(frame) == len(other) == len(run.quotes)
    for row in other.iter_rows(named=True):
        text = forty["text"][forty["id"].index(row["article_id"])]
        assert text[row["content_start"] :][: 5] == row["content"][:5]
    assert run["keyphrases"].to_polars()["offsets"][0].to_list()[0].keys() == {"start", "end"}
    assert "quotes" in dir(run) and "40" not in repr(run) and "<table>" in run._repr_html_()
    with pytest.raises(AttributeError, match="it has articles"):
        run.nothing


def test_a_bad_row_is_a_status_and_the_next_follows() -> None:
    texts = ["“No,” said Ana Lind.", None, "a\0b", "Bo Ek said yes."]
    run = sayso.analyze_table(pa.table({"body": texts, "number": [1.0, 2.0, 3.0, 4.0]}), progress=False)
    rows = run.articles.to_arrow().to_pylist()
    assert [row["status"] for row in rows] == ["analysed", "failed", "failed", "analysed"]
    assert rows[0]["article_id"] == "table-1" and rows[0]["meta_number"] == "1"
    assert run.counts["failed"] == 2 and run.manifest["failures"][0]["place"] == "row 2"


def test_columns_are_named_or_told() -> None:
    table = pa.table({"lead": ["He said no."], "key": ["k"]})
    run = sayso.analyze_table(table, text="lead", id="key", name="survey", progress=False)
    row = run.articles.to_arrow().to_pylist()[0]
    assert (row["article_id"], row["path"], row["place"]) == ("k", "survey", "row 1")
    with pytest.raises(sayso.InputError, match="no column 'body'"):
        sayso.analyze_table(table, text="body", progress=False)
    with pytest.raises(sayso.InputError, match="looks like"):
        sayso.analyze_table(table, progress=False)


def test_what_a_stream_raises_is_told(forty: dict[str, list[str]]) -> None:
    batch = pa.table({key: values[:1] for key, values in forty.items()}).to_batches()[0]

    def batches():  # type: ignore[no-untyped-def]
        yield batch
        raise OSError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(batch.schema, batches())
    with pytest.raises(sayso.InputError, match="cannot be read to its end.*the disk is gone"):
        sayso.analyze_table(reader, progress=False)


def test_tables_outlive_their_run(forty: dict[str, list[str]]) -> None:
    table = sayso.analyze_table(pa.table({key: values[:1] for key, values in forty.items()}), progress=False).quotes
    assert len(table.to_arrow()) == len(table) > 0
