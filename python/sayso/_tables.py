"""The tables of a run: over files, or over a table in memory."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sized
from html import escape
from typing import TYPE_CHECKING, Any, Protocol, Union, cast, runtime_checkable

from . import _sayso
from ._analyze import _paths
from ._errors import InputError
from ._pipelines import Choice, CodebookLike, StrPath
from ._sayso import Codebook, ReadOptions

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@runtime_checkable
class ArrowStream(Protocol):
    """A table that can be handed over through Arrow's C interface: of pyarrow, polars, DuckDB, pandas with pyarrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class Table:
    """One table of a run: Arrow for whoever takes it (`pyarrow.table(table)`, `polars.DataFrame(table)`, DuckDB), without a copy of ours kept.

    Its rows are read from a file of the run as often as they are asked for.
    """

    def __init__(self, native: _sayso.Table) -> None:
        self._native = native

    @property
    def name(self) -> str:
        """Its name, that of the command's file without the ending."""
        return self._native.name

    @property
    def column_names(self) -> list[str]:
        """The names of its columns."""
        return self._native.column_names

    def __len__(self) -> int:
        return len(self._native)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def to_arrow(self) -> pyarrow.Table:
        """The table for pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The table for pandas (which takes it through pyarrow), with pandas' own types that may miss values."""
        import pandas

        kinds = {"int64": pandas.Int64Dtype(), "string": pandas.StringDtype(), "bool": pandas.BooleanDtype()}
        return cast("pandas.DataFrame", self.to_arrow().to_pandas(types_mapper=lambda kind: kinds.get(str(kind))))

    def to_polars(self) -> polars.DataFrame:
        """The table for polars, which needs nothing else."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        return f"<sayso.Table {self.name!r}: {len(self)} rows, {len(self.column_names)} columns>"


class Tables(Mapping[str, Table]):
    """The tables of a run by their names, each an attribute too, with its manifest.

    >>> import sayso
    >>> run = sayso.analyze_table("corpus/k*.txt", progress=False)
    >>> run.counts["analysed"], run.people.name, len(run["articles"])
    (2, 'people', 2)
    """

    def __init__(self, tables: Iterable[_sayso.Table], manifest: str, themes: str | None) -> None:
        self._tables = {table.name: Table(table) for table in tables}
        self.manifest: dict[str, Any] = json.loads(manifest)
        """What made the run, as in `manifest.json`."""
        self._themes = themes

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __getattr__(self, name: str) -> Table:
        tables: dict[str, Table] = self.__dict__.get("_tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"a run has no table {name!r}; it has {', '.join(tables)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables]

    @property
    def counts(self) -> dict[str, int]:
        """Articles, quotations, speakers and the like in numbers."""
        return dict(self.manifest["counts"])

    @property
    def codebook(self) -> Codebook | None:
        """The themes that a run without a codebook has found, as a codebook that codes them in other articles: find them in a sample, then
        code all. None where there were fewer than 30 articles, or a codebook."""
        return None if self._themes is None else Codebook.from_text(self._themes, "themes.toml")

    def __repr__(self) -> str:
        counts = self.counts
        return f"<sayso.Tables: {counts['analysed']} articles, {counts['quotes']} quotations, {counts['failed']} failed; {', '.join(self)}>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{len(table)}</td></tr>" for name, table in self.items())
        return f"<p>{escape(repr(self).split(';')[0][1:])}</p><table><tr><th>table</th><th>rows</th></tr>{rows}</table>"


Source = Union[ArrowStream, "pandas.DataFrame", str, "os.PathLike[str]", Iterable[Union[str, "os.PathLike[str]"]]]


def _rows(table: object) -> object:
    """A table as Arrow has it; a data frame of pandas goes by pyarrow, without its index."""
    kind = type(table).__module__.partition(".")[0]
    if kind == "pandas":
        import pyarrow

        return pyarrow.Table.from_pandas(table, preserve_index=False)
    if not hasattr(table, "__arrow_c_stream__") and not hasattr(table, "__arrow_c_array__"):
        raise InputError(f"no table and no path: {type(table).__name__}", None, None, "give a table of pyarrow, pandas or polars, or paths")
    return table


def analyze_table(
    table: Source,
    *,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    name: str = "table",
    codebook: CodebookLike | None = None,
    people: StrPath | None = None,
    speaker_classes: StrPath | None = None,
    model: StrPath | None = None,
    threads: int | None = None,
    themes: int | None = None,
    strict_people: bool = False,
    first_copies: bool = False,
    any_language: bool = False,
    date_order: str | None = None,
    encoding: str | None = None,
    progress: bool | None = None,
) -> Tables:
    """Analyses a table with an article a row, or files, and gives the tables of a run: the same columns and values as `sayso analyze -o`.

    A table is one of pyarrow, polars or pandas, or whatever else hands over Arrow; `text`, `id`, `title`, `date` and `outlet` name its columns,
    which are guessed from usual names where they are not named, and other columns come out again as `meta_NAME` in `articles`. `name` is what
    the column `path` says. Strings and paths, one or several, are files, folders and patterns. An article that fails is a row in `articles` with
    its `status`. Without a codebook a run of 30 articles or more finds its own themes, or `themes` many; `strict_people` makes speakers of
    several articles one only by full names, `first_copies` counts the first of an article's copies alone.

    >>> import pyarrow as pa, sayso
    >>> texts = ["“No,” said Ana Lind, the mayor.", "", "Mayor Ana Lind said yes."]
    >>> run = sayso.analyze_table(pa.table({"doc_id": ["a", "b", "c"], "body": texts}), progress=False)
    >>> run.quotes.to_polars()["speaker"].to_list()
    ['Ana Lind', 'Ana Lind']
    >>> run.articles.to_polars()["status"].to_list()
    ['analysed', 'failed', 'analysed']
    """
    pipeline = Choice.of(codebook, people, speaker_classes, model, threads).pipeline()
    options = ReadOptions(
        encoding=encoding,
        text=text,
        id=id,
        title=title,
        date=date,
        outlet=outlet,
        date_order=date_order,
        any_language=any_language,
    )
    if isinstance(table, (str, os.PathLike)) or (isinstance(table, (list, tuple, set)) and all(isinstance(p, (str, os.PathLike)) for p in table)):
        source: object = _paths(cast("StrPath", table))
        total = None
    else:
        source = _rows(table)
        total = len(table) if isinstance(table, Sized) else None
    bar = _bar(progress, total)
    try:
        made = pipeline.run(
            source,
            options,
            name=name,
            themes=themes,
            strict_people=strict_people,
            first_copies=first_copies,
            on_article=None if bar is None else bar.update,
        )
    finally:
        if bar is not None:
            bar.close()
    return Tables(*made)


def _bar(progress: bool | None, total: int | None) -> Any:
    if progress is False:
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        if progress:
            raise
        return None
    return tqdm(total=total, unit="article", disable=False if progress else None)
