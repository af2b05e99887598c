"""What an article is made of, as typed values. Every `start` and `end` counts code points of `Article.text`, half open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the article's text, without its words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article's text: `article.text[span.start:span.end] == span.text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an entity."""

    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A named person, body, place or thing."""

    id: str
    label: str
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """A phrase that says what the article is about; the best stand first."""

    phrase: str
    score: float
    acronym: str | None
    label: str | None
    in_headings: int
    in_quotes: int
    mentions: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is, and where: *finance minister*, *Portugal*."""

    role: str
    affiliation: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Where the text names a speaker, by a name, a pronoun or a description."""

    start: int
    end: int
    text: str
    type: Literal["name", "pronoun", "nominal"]


@dataclass(frozen=True, slots=True)
class Gender:
    """How the text speaks of somebody, and where: *she*, *he*, *they*."""

    gender: Literal["she", "he", "they"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a known person has, with its days."""

    role: str
    organisation: str | None
    from_: str | None
    to: str | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Who a speaker is by the list of people that was given."""

    id: str
    name: str
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is quoted."""

    id: str
    name: str
    kind: Literal["person", "organization", "document", "unnamed"]
    speaker_class: str | None
    aliases: tuple[str, ...]
    roles: tuple[Role, ...]
    mentions: tuple[SpeakerMention, ...]
    gender_in_text: Gender | None
    known: KnownPerson | None
    is_metonym: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: what was said, by which words it is introduced, and who says it."""

    id: str
    kind: Literal["direct", "indirect", "mixed"]
    content: tuple[Span, ...]
    """The words that were said, in several pieces where others stand between them."""
    cue: Span | None
    cue_class: str | None
    source: Span | None
    speaker: Speaker | None
    speakers: tuple[Speaker, ...]
    """All of them, where several say it together."""
    speaker_confidence: float | None
    speaker_basis: tuple[str, ...]
    confidence: float
    rules: tuple[str, ...]
    section: str | None
    paragraph: int | None
    sentence: int | None
    position: float | None
    themes: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.content[-1].end

    @property
    def text(self) -> str:
        """Its pieces in one text."""
        return " … ".join(span.text for span in self.content)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a place has a theme: a term, a heading, its meaning or what stands around it."""

    start: int
    end: int
    text: str
    reason: str
    term: str | None
    similarity: float | None
    probability: float | None
    from_: Span | None


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with the sentences and quotations that have it."""

    id: str
    label: str
    sentences: tuple[int, ...]
    words: int
    share: float
    quotes: tuple[str, ...]
    parent: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the article under a heading."""

    id: str
    heading: Span | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, title, byline or heading."""

    start: int
    end: int
    section: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its themes."""

    start: int
    end: int
    paragraph: int
    themes: tuple[str, ...]
