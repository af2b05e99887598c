"""A function over record batches for engines that run on many machines: Spark's `mapInArrow`, Ray Data, Dask.

What it says of a row depends on that row alone: not on the borders of batches, on other rows, on threads or on the machine. It writes nothing,
and the model is loaded when the first batch comes, once in a process. A row that fails has its `status` and `note`, and the next follows.

>>> import pyarrow as pa, sayso.arrow
>>> batch = pa.RecordBatch.from_pydict({"id": ["a", "b"], "text": ["“No,” said Ana Lind.", ""]})
>>> [row] = sayso.arrow.analyze_batches([batch])
>>> row.column("status").to_pylist(), row.column("quotes").to_pylist()[0][0]["speaker"]
(['analysed', 'failed'], 'Ana Lind')
>>> row.schema == sayso.arrow.SCHEMA
True

What only all articles together tell is not here: persons over articles (`person_id`), copies, clusters of quotations, tf-idf, and themes found
without a codebook. The guide in `src/docs/scale.md` says how they are got.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import _sayso
from ._pipelines import Choice, CodebookLike, StrPath
from ._sayso import ReadOptions

if TYPE_CHECKING:
    import pyarrow

    SCHEMA: pyarrow.Schema

__all__ = ["SCHEMA", "TABLES", "BatchAnalyzer", "analyze_batches", "person_key", "schema"]

TABLES = (
    "quotes",
    "quote_speakers",
    "speakers",
    "entities",
    "theme_coverage",
    "theme_by_speaker",
    "theme_cooccurrence",
    "theme_sentences",
    "theme_quotes",
    "theme_evidence",
    "keyphrases",
)
"""The tables that single articles have rows in: columns of lists in `SCHEMA`, or each for itself."""


def schema(table: str | None = None) -> pyarrow.Schema:
    """The schema of what comes out: an article a row with a list for each of `TABLES`, or the rows of one of them with `status` and `note`.

    >>> import sayso.arrow
    >>> sayso.arrow.schema("quotes").names[:3]
    ['quote_id', 'article_id', 'outlet']
    """
    import pyarrow

    return pyarrow.schema(_sayso.batch_schema(table))


def __getattr__(name: str) -> Any:
    # pyarrow is loaded by those who ask for it.
    if name == "SCHEMA":
        return schema()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def person_key(name: str, kind: str) -> str:
    """What speakers of several articles have in common who are one by their names: group the rows of `speakers` by it.

    Capitals, accents and spaces do not count. `sayso.analyze_table` knows more: it also joins *Lind* with *Ana Lind* where roles and articles
    speak for it, and keeps two of one name apart where their roles contradict.

    >>> import sayso.arrow
    >>> sayso.arrow.person_key("Maroš  ŠEFČOVIČ", "person")
    'person:maros sefcovic'
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return f"{kind}:{' '.join(''.join(letters).casefold().split())}"


@dataclass(frozen=True)
class BatchAnalyzer:
    """What `analyze_batches` does, with its choices made: a small value that can be pickled and sent to workers.

    >>> import pickle, sayso.arrow
    >>> analyzer = pickle.loads(pickle.dumps(sayso.arrow.BatchAnalyzer(table="quotes", codebook="climate-energy")))
    >>> analyzer.schema.names[-2:]
    ['status', 'note']
    """

    text: str | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    table: str | None = None
    codebook: CodebookLike | None = None
    people: StrPath | None = None
    speaker_classes: StrPath | None = None
    model: StrPath | None = None
    threads: int = 1
    any_language: bool = False
    date_order: str | None = None
    name: str = field(default="table")

    @property
    def schema(self) -> pyarrow.Schema:
        """The schema of what comes out."""
        return schema(self.table)

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        """Analyses record batches one after another."""
        import pyarrow

        pipeline = Choice.of(self.codebook, self.people, self.speaker_classes, self.model, self.threads).pipeline()
        options = ReadOptions(
            text=self.text,
            id=self.id,
            title=self.title,
            date=self.date,
            outlet=self.outlet,
            date_order=self.date_order,
            any_language=self.any_language,
        )
        for batch in batches:
            yield pyarrow.record_batch(pipeline.batch(batch, options, name=self.name, table=self.table))

    def table_of(self, table: pyarrow.Table) -> pyarrow.Table:
        """The same for a table of pyarrow, which Ray Data hands over."""
        import pyarrow

        return pyarrow.Table.from_batches(self(table.to_batches()), schema=self.schema)


def analyze_batches(
    batches: Iterable[pyarrow.RecordBatch],
    *,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    table: str | None = None,
    codebook: CodebookLike | None = None,
    people: StrPath | None = None,
    speaker_classes: StrPath | None = None,
    model: StrPath | None = None,
    threads: int = 1,
    any_language: bool = False,
    date_order: str | None = None,
    name: str = "table",
) -> Iterator[pyarrow.RecordBatch]:
    """Analyses record batches with an article a row, one after another, and gives record batches of `schema(table)`.

    Without `table` there comes one row for each row, with lists of quotations, speakers and so on; `table="quotes"` gives the rows of
    `quotes.csv`. Columns are named or guessed as `sayso.analyze_table` does. A row without an id gets one made of its cells, so that it
    has the same id wherever it stands. Files that are named must be there on every machine; a `sayso.Codebook` goes along.
    """
    analyzer = BatchAnalyzer(
        text=text,
        id=id,
        title=title,
        date=date,
        outlet=outlet,
        table=table,
        codebook=codebook,
        people=people,
        speaker_classes=speaker_classes,
        model=model,
        threads=threads,
        any_language=any_language,
        date_order=date_order,
        name=name,
    )
    return analyzer(batches)
