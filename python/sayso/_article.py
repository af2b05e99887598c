"""One article with all that was found in it, and what it turns into."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    import pandas
    import polars
    from spacy.language import Language
    from spacy.tokens import Doc

    from ._sayso import Outcome

Json = dict[str, Any]


def _span(value: Json | None) -> Span | None:
    return None if value is None else Span(value["start"], value["end"], value["text"])


def _known(value: Json | None) -> KnownPerson | None:
    if value is None:
        return None
    offices = (Office(office["role"], office["organisation"], office["from"], office["to"]) for office in value["offices"])
    return KnownPerson(value["id"], value["name"], tuple(offices))


def _speaker(value: Json) -> Speaker:
    gender = value["gender_in_text"]
    return Speaker(
        id=value["id"],
        name=value["name"],
        kind=value["kind"],
        speaker_class=value["class"],
        aliases=tuple(value["aliases"]),
        roles=tuple(Role(**role) for role in value["roles"]),
        mentions=tuple(SpeakerMention(**mention) for mention in value["mentions"]),
        gender_in_text=None if gender is None else Gender(**gender),
        known=_known(value["known"]),
        is_metonym=value["metonym"],
    )


def _quote(value: Json, speakers: Mapping[str, Speaker]) -> Quote:
    return Quote(
        id=value["id"],
        kind=value["kind"],
        content=tuple(Span(**span) for span in value["content"]),
        cue=_span(value["cue"]),
        cue_class=value["cue_class"],
        source=_span(value["source"]),
        speaker=None if value["speaker"] is None else speakers[value["speaker"]],
        speakers=tuple(speakers[id] for id in value["speakers"]),
        speaker_confidence=value["speaker_confidence"],
        speaker_basis=tuple(value["speaker_basis"]),
        confidence=value["confidence"],
        rules=tuple(value["rules"]),
        section=value["section"],
        paragraph=value["paragraph"],
        sentence=value["sentence"],
        position=value["position"],
        themes=tuple(value["themes"]),
    )


def _evidence(value: Json) -> Evidence:
    value = dict(value)
    return Evidence(from_=_span(value.pop("from")), **value)


class Article:
    """An article with its analysis, or with why there is none (`status`, `error`).

    >>> import sayso
    >>> article = sayso.analyze("“We sail at dawn,” said Captain Mira Holm. She added that the ferry was full.")
    >>> [(quote.kind, quote.speaker.name) for quote in article.quotes]
    [('direct', 'Mira Holm'), ('indirect', 'Mira Holm')]
    >>> article
    <sayso.Article 'text': 15 words, 2 quotations, 1 speaker>
    """

    def __init__(self, outcome: Outcome) -> None:
        self._outcome: Outcome | None = outcome
        self.id: str = outcome.id
        """The article's id: the user's own, or made of its file's name."""
        self.path: str = outcome.path
        """The file it comes from."""
        self.place: str = outcome.place
        """Where in that file it stands."""
        self.status: str = outcome.status
        """`analysed`, `failed` or `left out`."""
        self.error: Exception | None = outcome.error
        """Why there is no analysis."""

    def __getstate__(self) -> Json:
        kept = {key: value for key, value in self.__dict__.items() if key in ("id", "path", "place", "status", "error")}
        return {**kept, "_json": self._json, "_html": self._html}

    def __setstate__(self, state: Json) -> None:
        self.__dict__.update(state, _outcome=None)

    @cached_property
    def _json(self) -> str | None:
        return None if self._outcome is None else self._outcome.json()

    @cached_property
    def _html(self) -> str | None:
        return None if self._outcome is None else self._outcome.html()

    @cached_property
    def _dict(self) -> Json:
        if self._json is None:
            raise ValueError(f"the article {self.id!r} has no analysis: {self.error}")
        analysis: Json = json.loads(self._json)
        return analysis

    def _list(self, field: str) -> list[Json]:
        """Of an article that failed there is nothing."""
        found: list[Json] = [] if self._json is None else self._dict[field]
        return found

    @property
    def is_analysed(self) -> bool:
        """Whether there is an analysis."""
        return self.status == "analysed"

    @property
    def text(self) -> str:
        """The text that all offsets count in."""
        return "" if self._json is None else str(self._dict["text"])

    @property
    def metadata(self) -> dict[str, str]:
        """What the article's file says about it."""
        return {} if self._json is None else dict(self._dict["metadata"])

    def _part(self, field: str) -> Span | None:
        return None if self._json is None else _span(self._dict[field])

    @property
    def title(self) -> Span | None:
        """The title in the text."""
        return self._part("title")

    @property
    def byline(self) -> Span | None:
        """The line that names the author."""
        return self._part("byline")

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who is quoted, in order of first appearance."""
        return tuple(_speaker(speaker) for speaker in self._list("speakers"))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations, in text order."""
        speakers = {speaker.id: speaker for speaker in self.speakers}
        return tuple(_quote(quote, speakers) for quote in self._list("quotes"))

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The named entities."""
        entities = self._list("entities")
        return tuple(Entity(e["id"], e["label"], e["name"], tuple(Mention(**mention) for mention in e["mentions"])) for e in entities)

    @cached_property
    def keyphrases(self) -> tuple[Keyphrase, ...]:
        """The keyphrases, best first."""
        made = ({**phrase, "mentions": tuple(Place(**place) for place in phrase["mentions"])} for phrase in self._list("keyphrases"))
        return tuple(Keyphrase(**phrase) for phrase in made)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes: of the codebook, or else the article's headings."""
        themes = []
        for theme in self._list("themes"):
            lists = {"sentences": tuple(theme["sentences"]), "quotes": tuple(theme["quotes"])}
            themes.append(Theme(**{**theme, **lists, "evidence": tuple(_evidence(evidence) for evidence in theme["evidence"])}))
        return tuple(themes)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The parts under headings."""
        return tuple(Section(s["id"], _span(s["heading"]), s["start"], s["end"]) for s in self._list("sections"))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, titles and headings too."""
        return tuple(Paragraph(p["start"], p["end"], p["section"], p["kind"]) for p in self._list("paragraphs"))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences."""
        return tuple(Sentence(s["start"], s["end"], s["paragraph"], tuple(s["themes"])) for s in self._list("sentences"))

    def to_json(self) -> str:
        """The analysis as one line of JSON: the object of `articles/ID.json`, which `sayso schema` describes."""
        if self._json is None:
            raise ValueError(f"the article {self.id!r} has no analysis: {self.error}")
        return self._json

    def to_dict(self) -> Json:
        """The object of `articles/ID.json`."""
        found: Json = json.loads(self.to_json())
        return found

    def _rows(self) -> list[Json]:
        def row(quote: Quote) -> Json:
            speaker = quote.speaker
            role = speaker.roles[0] if speaker and speaker.roles else None
            labels = {theme.id: theme.label for theme in self.themes}
            return {
                "quote_id": quote.id,
                "article_id": self.id,
                "kind": quote.kind,
                "content": quote.text,
                "content_start": quote.start,
                "content_end": quote.end,
                "cue": quote.cue and quote.cue.text,
                "source": quote.source and quote.source.text,
                "source_start": quote.source and quote.source.start,
                "source_end": quote.source and quote.source.end,
                "speaker_id": speaker and speaker.id,
                "speaker": speaker and speaker.name,
                "speaker_kind": speaker and speaker.kind,
                "speaker_class": speaker and speaker.speaker_class,
                "role": role and role.role,
                "affiliation": role and role.affiliation,
                "themes": [labels[theme] for theme in quote.themes],
                "confidence": quote.confidence,
            }

        return [row(quote) for quote in self.quotes]

    def to_pandas(self) -> pandas.DataFrame:
        """The quotations as a data frame of pandas, a row each; the columns are named as in `quotes.csv`."""
        import pandas

        return pandas.DataFrame(self._rows(), columns=_COLUMNS).astype(_PANDAS)

    def to_polars(self) -> polars.DataFrame:
        """The quotations as a data frame of polars, a row each; the columns are named as in `quotes.csv`."""
        import polars

        types: dict[str, Any] = {"Int64": polars.Int64, "float64": polars.Float64, "object": polars.List(polars.String), "string": polars.String}
        return polars.DataFrame(self._rows(), schema={name: types[_PANDAS[name]] for name in _COLUMNS})

    def to_spacy(self, nlp: Language) -> Doc:
        """A document of spaCy with the groups of spans `quotes`, `cues`, `sources`, `entities` and `keyphrases`.

        Spans snap to the tokens of `nlp`; the label of a quotation is its kind, that of a source the speaker's id, that of an entity its own.
        """
        doc = nlp.make_doc(self.text)

        def spans(found: list[tuple[int, int, str]]) -> list[Any]:
            made = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in found)
            return [span for span in made if span is not None]

        quotes = self.quotes
        doc.spans["quotes"] = spans([(span.start, span.end, quote.kind) for quote in quotes for span in quote.content])
        doc.spans["cues"] = spans([(quote.cue.start, quote.cue.end, quote.cue_class or "cue") for quote in quotes if quote.cue])
        sources = [(q.source.start, q.source.end, q.speaker.id if q.speaker else "source") for q in quotes if q.source]
        doc.spans["sources"] = spans(sources)
        doc.spans["entities"] = spans([(m.start, m.end, entity.label) for entity in self.entities for m in entity.mentions])
        doc.spans["keyphrases"] = spans([(m.start, m.end, "keyphrase") for phrase in self.keyphrases for m in phrase.mentions])
        return doc

    def __repr__(self) -> str:
        if not self.is_analysed:
            return f"<sayso.Article {self.id!r}: {self.status}: {self.error}>"
        words = len(self.text.split())
        parts = [(words, "word"), (len(self.quotes), "quotation"), (len(self.speakers), "speaker")]
        counts = ", ".join(f"{n} {what}" if n == 1 else f"{n} {what}s" for n, what in parts)
        return f"<sayso.Article {self.id!r}: {counts}>"

    def _repr_html_(self) -> str:
        return self._html or f"<p>{escape(repr(self))}</p>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


_PANDAS: dict[str, str] = {
    "quote_id": "string",
    "article_id": "string",
    "kind": "string",
    "content": "string",
    "content_start": "Int64",
    "content_end": "Int64",
    "cue": "string",
    "source": "string",
    "source_start": "Int64",
    "source_end": "Int64",
    "speaker_id": "string",
    "speaker": "string",
    "speaker_kind": "string",
    "speaker_class": "string",
    "role": "string",
    "affiliation": "string",
    "themes": "object",
    "confidence": "float64",
}
_COLUMNS = list(_PANDAS)
