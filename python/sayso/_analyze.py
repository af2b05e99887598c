"""One article, and many of them one after another."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from pathlib import Path
from typing import Any, Union

from . import _sayso
from ._article import Article
from ._errors import InputError
from ._pipelines import Choice, CodebookLike, StrPath
from ._sayso import Document, ReadOptions

ArticleLike = Union[str, "os.PathLike[str]", Document, Mapping[str, object]]

# `reports/a.txt`, `a.docx`: one word with an ending or a folder is no article.
_LIKE_A_PATH = re.compile(r"[^\s<>|]+(?:[/\\][^\s<>|]+|\.\w{2,7})")


def _paths(paths: StrPath | Iterable[StrPath]) -> list[Path]:
    if isinstance(paths, (str, os.PathLike)):
        return [Path(paths)]
    return [Path(path) for path in paths]


def read(
    paths: StrPath | Iterable[StrPath],
    *,
    encoding: str | None = None,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    date_order: str | None = None,
    max_bytes: int | None = None,
) -> Iterator[Document]:
    """Reads the articles of files, folders, patterns, tables, archives: every format that the command reads, in its order.

    `text`, `id`, `title`, `date` and `outlet` name columns of tables, which are guessed where they are not named. An article that cannot be
    read has an `error`, and the next one follows.

    >>> import sayso
    >>> for document in sayso.read("corpus/kenya-health-record.txt"):
    ...     print(document.id, document.language, document.text[:20])
    kenya-health-record eng Kiplagat: Clinics wi
    """
    options = ReadOptions(
        encoding=encoding, text=text, id=id, title=title, date=date, outlet=outlet, date_order=date_order, max_bytes=max_bytes
    )
    return _sayso.read(_paths(paths), options)


def _is_path(article: str) -> bool:
    if len(article) > 1024 or "\n" in article:
        return False
    return _LIKE_A_PATH.fullmatch(article.strip()) is not None or os.path.isfile(article)


def _document(article: str | Document | Mapping[str, object], id: str) -> Document:
    if isinstance(article, Document):
        return article
    if isinstance(article, str):
        return Document(article, id=id)
    known = {str(key): str(value) for key, value in article.items() if value is not None}
    return Document(known.pop("text", ""), id=known.pop("id", id), metadata=known)


def _one(paths: list[Path], options: ReadOptions) -> Document:
    documents = _sayso.read(paths, options)
    first = next(documents, None)
    if first is None:
        raise InputError("holds no article", paths[0])
    if next(documents, None) is not None:
        raise InputError("holds more than one article", paths[0], None, "sayso.analyze_many(sayso.read(path)) takes them all")
    return first


def analyze(
    text_or_path: ArticleLike,
    *,
    codebook: CodebookLike | None = None,
    people: StrPath | None = None,
    speaker_classes: StrPath | None = None,
    model: StrPath | None = None,
    threads: int | None = None,
    any_language: bool = False,
    encoding: str | None = None,
    id: str | None = None,
) -> Article:
    """Analyses one article: a text, a file of any format, a `Document`, or a mapping with `text` and what else is known (`id`, `date`, …).

    A text of one line that names a file, or looks like a file's name, is taken for a path; a `pathlib.Path` always is. `codebook` is a
    `Codebook`, the name of one inside the program, or a file; `people` a table of known people.

    >>> import sayso
    >>> article = sayso.analyze("corpus/kenya-health-record.txt", codebook="policy-agenda")
    >>> article.title.text
    'Kiplagat: Clinics will share one patient record by 2027'
    >>> article.speakers[0].name, article.themes[0].label
    ('Esther Kiplagat', 'Health')

    Raises an `Error` where it cannot be read or analysed.
    """
    pipeline = Choice.of(codebook, people, speaker_classes, model, threads).pipeline()
    options = ReadOptions(encoding=encoding, any_language=any_language)
    if isinstance(text_or_path, os.PathLike) or (isinstance(text_or_path, str) and _is_path(text_or_path)):
        document = _one([Path(text_or_path)], options)
    else:
        document = _document(text_or_path, id or "text")
    article = Article(pipeline.analyze(document, options))
    if article.error is not None:
        raise article.error
    return article


def _documents(articles: Iterable[ArticleLike]) -> Iterator[Document]:
    for number, article in enumerate(articles, 1):
        if isinstance(article, os.PathLike):
            yield from _sayso.read([Path(article)], ReadOptions(), tolerant=True)
        else:
            yield _document(article, f"text-{number}")


def _with_progress(articles: Iterator[Article], progress: bool | None, total: int | None) -> Iterator[Article]:
    if progress is False:
        return articles
    try:
        from tqdm.auto import tqdm
    except ImportError:
        if progress:
            raise
        return articles
    # Without a wish, a bar is shown where somebody looks: tqdm's own rule.
    shown: Any = tqdm(articles, total=total, unit="article", disable=False if progress else None)
    return iter(shown)


def analyze_many(
    articles: Iterable[ArticleLike],
    *,
    threads: int | None = None,
    progress: bool | None = None,
    codebook: CodebookLike | None = None,
    people: StrPath | None = None,
    speaker_classes: StrPath | None = None,
    model: StrPath | None = None,
    any_language: bool = False,
) -> Iterator[Article]:
    """Analyses articles as you take them, in their order, on `threads` threads (one per processor) with few of them in memory.

    An article is what `analyze` takes, but that a `str` is always a text; a `pathlib.Path` may hold many articles. One that cannot be read or
    analysed comes with its `status` and `error`, and the next follows; what `articles` itself raises ends the stream, after what came before
    it. Ctrl-C ends it at the next article. `progress` shows a bar of tqdm; without it there is one where tqdm is installed and somebody looks.

    >>> import sayso
    >>> texts = ["“No,” said Ana Lind.", "", {"id": "a7", "text": "Rates rose, Bo Ek said.", "outlet": "Gazette"}]
    >>> for article in sayso.analyze_many(texts, threads=2, progress=False):
    ...     print(article.id, article.status, [quote.speaker.name for quote in article.quotes])
    text-1 analysed ['Ana Lind']
    text-2 failed []
    a7 analysed ['Bo Ek']
    """
    pipeline = Choice.of(codebook, people, speaker_classes, model, threads).pipeline()
    stream = pipeline.stream(_documents(articles), ReadOptions(any_language=any_language))
    total = len(articles) if isinstance(articles, Sized) else None
    return _with_progress(map(Article, stream), progress, total)
