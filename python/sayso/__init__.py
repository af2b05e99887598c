"""Who said what in news articles, on which theme, and where it stands in the text.

>>> import sayso
>>> article = sayso.analyze("“Prices will fall by May,” said Ana Silva, the finance minister.")
>>> quote = article.quotes[0]
>>> quote.kind, quote.text, quote.speaker.name, quote.speaker.roles[0].role
('direct', '“Prices will fall by May,”', 'Ana Silva', 'finance minister')
>>> article.text[quote.source.start : quote.source.end]
'Ana Silva, the finance minister'

Offsets count code points, as Python's own do. `analyze` takes one article, `analyze_many` a stream of them, `analyze_table` a table or files
and gives the tables of a run; `sayso.arrow` is for Spark, Ray and Dask.
"""

from ._analyze import analyze, analyze_many, read
from ._article import Article
from ._errors import (
    ConfigError,
    Error,
    InputError,
    InternalError,
    LeftOut,
    ModelError,
    PassedOver,
    ReadError,
    TimeLimitError,
    WriteError,
)
from ._parts import (
    Entity,
    Evidence,
    Gender,
    Keyphrase,
    KnownPerson,
    Mention,
    Office,
    Paragraph,
    Place,
    Quote,
    Role,
    Section,
    Sentence,
    Span,
    Speaker,
    SpeakerMention,
    Theme,
)
from ._sayso import SCHEMA, Codebook, Document, __version__
from ._tables import Table, Tables, analyze_table

__all__ = [
    "SCHEMA",
    "Article",
    "Codebook",
    "ConfigError",
    "Document",
    "Entity",
    "Error",
    "Evidence",
    "Gender",
    "InputError",
    "InternalError",
    "Keyphrase",
    "KnownPerson",
    "LeftOut",
    "Mention",
    "ModelError",
    "Office",
    "Paragraph",
    "PassedOver",
    "Place",
    "Quote",
    "ReadError",
    "Role",
    "Section",
    "Sentence",
    "Span",
    "Speaker",
    "SpeakerMention",
    "Table",
    "Tables",
    "Theme",
    "TimeLimitError",
    "WriteError",
    "__version__",
    "analyze",
    "analyze_many",
    "analyze_table",
    "read",
]
