"""Reads every table of a report with pandas, polars, DuckDB, pyarrow, openpyxl and sqlite3, all without options, and compares them."""

import contextlib
import csv
import io
import json
import os
import re
import sqlite3
import sys
from pathlib import Path

import duckdb
import openpyxl
import pandas
import polars
import pyarrow.parquet

DOCS = Path(__file__).parents[2] / "src/docs/report.md"
PANDAS = {"count": "if", "number": "f", "flag": "b"}
POLARS = {"count": polars.Int64, "number": polars.Float64, "flag": polars.Boolean}
DUCKDB = {"count": {"BIGINT"}, "number": {"DOUBLE"}, "flag": {"BOOLEAN"}, "text": {"VARCHAR", "DATE"}, "list": {"VARCHAR"}, "spans": {"VARCHAR"}}
ARROW = {"count": "int64", "number": "double", "flag": "bool", "text": "string", "list": "list<element: string", "spans": "list<element: struct<start: int64 not null, end: int64 not null>"}
# Columns that may be empty throughout: these articles, read from plain files, are not failed, repaired or copies of each other.
EMPTY = {
    ("articles", column) for column in ["byline", "section", "url", "note", "encoding", "repaired_bytes", "cluster_id", "is_copy_of", "place"]
}
# The themes of a codebook need no terms that were found.
EMPTY |= {("theme_terms", column) for column in ["theme_id", "theme", "terms", "examples"]}


def documented():
    """The columns of each table with their types, as the documentation has them."""
    tables, table = {}, None
    for line in DOCS.read_text(encoding="utf-8").split("## Columns")[1].splitlines():
        if heading := re.match(r"### (\w+)\.csv", line):
            table = tables.setdefault(heading[1], {})
        elif line.startswith("## "):
            break
        elif row := re.match(r"\| `(\w+)` \| (\w+) \|", line):
            table[row[1]] = row[2]
    return tables


def rows_of(path):
    """The rows as RFC 4180 has them."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def unquoted(text):
    """A text cell as it was before it was made harmless."""
    return text[1:] if re.match(r"'+[=+\-@\t\r]", text) else text


def members(text):
    """The members of a list cell."""
    found = re.findall(r"((?:[^\\;]|\\.)+)(?:; ?|$)", unquoted(text), re.S)
    return [re.sub(r"\\(.)", r"\1", member) for member in found]


def value(kind, text):
    """What a cell of the CSV stands for."""
    if kind == "list":
        return members(text)
    if kind == "spans":
        return [dict(zip(("start", "end"), map(int, place.split("..")))) for place in members(text)]
    if text == "":
        return None
    return {"count": int, "number": float, "flag": lambda flag: flag == "true", "text": unquoted}[kind](text)


def check_csv(table, path, kinds, header, rows):
    """The same table from four readers of CSV."""
    columns = dict(zip(header, zip(*rows))) if rows else {name: () for name in header}
    full = {name for name, cells in columns.items() if any(cells)}
    frame = pandas.read_csv(path)
    assert (list(frame.columns), len(frame)) == (header, len(rows)), (table, "pandas")
    lazy = polars.read_csv(path)
    assert (lazy.columns, lazy.height) == (header, len(rows)), (table, "polars")
    relation = duckdb.sql(f"SELECT * FROM '{path}'")
    found = relation.fetchall()
    assert (relation.columns, len(found)) == (header, len(rows)), (table, "duckdb")
    for at, name in enumerate(header):
        kind = kinds[name]
        if name not in full:
            continue
        wanted = [value(kind, cell) if kind not in ("text", "list", "spans") else (cell or None) for cell in columns[name]]
        dtype = frame[name].dtype
        is_right = dtype.kind in PANDAS[kind] if kind in PANDAS else pandas.api.types.is_string_dtype(dtype)
        assert is_right, (table, name, kind, dtype, "pandas")
        assert [None if pandas.isna(cell) else cell for cell in frame[name]] == wanted, (table, name, "pandas")
        assert lazy[name].dtype == POLARS.get(kind, polars.String), (table, name, kind, lazy[name].dtype, "polars")
        assert [cell or None if isinstance(cell, str) else cell for cell in lazy[name].to_list()] == wanted, (table, name, "polars")
        assert str(relation.types[at]) in DUCKDB[kind], (table, name, kind, relation.types[at], "duckdb")
        said = [None if row[at] is None else row[at] if kind in PANDAS else str(row[at]) for row in found]
        assert said == wanted, (table, name, "duckdb")
    return full


def check_parquet(table, path, kinds, header, rows):
    """The same table from two readers of Parquet, with types and lists."""
    file = pyarrow.parquet.read_table(path)
    assert (file.column_names, file.num_rows) == (header, len(rows)), (table, "pyarrow")
    frame = polars.read_parquet(path)
    assert (frame.columns, frame.height) == (header, len(rows)), (table, "polars")
    for at, name in enumerate(header):
        assert str(file.schema.field(name).type).startswith(ARROW[kinds[name]]), (table, name, file.schema.field(name).type)
        wanted = [value(kinds[name], row[at]) for row in rows]
        assert file[name].to_pylist() == wanted, (table, name, "pyarrow")
        assert [cell.to_list() if isinstance(cell, polars.Series) else cell for cell in frame[name].to_list()] == wanted, (table, name, "polars")


def check_sheet(table, sheet, kinds, header, rows):
    """The same table as a sheet."""
    cells = list(sheet.iter_rows(values_only=True))
    assert (list(cells[0]), len(cells) - 1) == (header, len(rows)), (table, "xlsx")
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, (table, "xlsx: a header that stays, filters")
    for at, name in enumerate(header):
        for row, cell in zip(rows, cells[1:]):
            wanted = value(kinds[name], row[at]) if kinds[name] not in ("list", "spans") else unquoted(row[at]) or None
            # XML knows no carriage return by itself.
            wanted = wanted.replace("\r\n", "\n") if isinstance(wanted, str) else wanted
            assert cell[at] == wanted, (table, name, cell[at], wanted)


def check_database(path, tables):
    """Keys hold, every table is whole, views answer."""
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for table, rows in tables.items():
        assert base.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(rows),), table
    views = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert len(views) >= 7
    for view in views:
        found = base.execute(f"SELECT * FROM {view}").fetchall()
        assert found or view == "not_analysed", view
    base.close()


def check_joins(report):
    """Ids join, and counts that are added up are the truth."""
    read = lambda name: pandas.read_csv(report / f"{name}.csv")
    quotes, people, speakers = read("quotes"), read("people"), read("speakers")
    assert set(quotes.person_id.dropna()) <= set(people.person_id) == set(speakers.person_id.dropna())
    counted = quotes.groupby("person_id").size().reindex(people.person_id, fill_value=0)
    assert (counted.to_numpy() == (people.quotes_direct + people.quotes_indirect + people.quotes_mixed).to_numpy()).all()
    assert (quotes.merge(speakers, on=["article_id", "speaker_id", "person_id", "speaker"]).shape[0]) == quotes.speaker_id.notna().sum()
    articles, long = read("articles"), read("theme_coverage_long")
    for measure, total in [("words", articles.words.sum()), ("articles", len(articles)), ("quotes", len(quotes))]:
        sums = long[long.measure == measure].groupby("theme_id").total.sum()
        assert (sums == total).all(), (measure, total, sums)
        totals = read("theme_totals")
        assert totals[totals.measure == measure].total.sum() == total, measure
    coverage = read("theme_coverage").groupby("theme_id").words.sum()
    assert (long[long.measure == "words"].groupby("theme_id")["count"].sum() == coverage).all()
    assert (read("theme_timeline").groupby("theme_id").words.sum() == coverage).all()
    assert quotes.position.between(0, 1).all() and (quotes.passage.notna()).all()


def check_lines(report):
    """The lines are the articles' JSON."""
    lines = [json.loads(line) for line in (report / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(list((report / "articles").iterdir()))
    for article in lines:
        assert article == json.loads((report / "articles" / f"{article['id']}.json").read_text(encoding="utf-8"))


def run_questions(report):
    """The lines of Python in the documentation."""
    blocks = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert len(blocks) == 5
    os.chdir(report)
    for block in blocks:
        assert sum(not line.startswith("import") for line in block.splitlines()) <= 3, block
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            exec(block, {})
        assert len(shown.getvalue().splitlines()) > 2, (block, shown.getvalue())


def main(report, columns):
    report = Path(report).resolve()
    documents = documented()
    assert {f"{table}.csv" for table in documents} == {path.name for path in report.glob("*.csv")}, "every table is documented"
    book = openpyxl.load_workbook(report / "sayso.xlsx")
    tables = {}
    with open(columns, "w", encoding="utf-8") as out:
        for table, kinds in documents.items():
            path = report / f"{table}.csv"
            assert path.read_bytes().startswith(b"\xef\xbb\xbf"), table
            header, rows = rows_of(path)
            tables[table] = rows
            own = {name: "text" for name in header if name.startswith("meta_")}
            kinds = {name: kind for name, kind in kinds.items() if name != "meta_NAME"} | own
            assert header == list(kinds), (table, "columns are as documented")
            full = check_csv(table, path, kinds, header, rows)
            empty = {(table, name) for name in header if name not in full} - EMPTY
            assert not empty, f"always empty: {empty}"
            check_parquet(table, report / f"parquet/{table}.parquet", kinds, header, rows)
            check_sheet(table, book[table], kinds, header, rows)
            out.writelines(f"{table}\t{len(rows)}\t{name}\t{kinds[name]}\t{name in full}\n" for name in header)
            print(f"{table}: {len(rows)} rows, {len(header)} columns: pandas, polars, DuckDB, pyarrow, openpyxl")
    check_database(report / "sayso.sqlite", tables)
    check_joins(report)
    check_lines(report)
    run_questions(report)
    print("database, joins, sums, lines of JSON, Python of the documentation: right")


main(*sys.argv[1:])
