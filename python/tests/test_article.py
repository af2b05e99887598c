"""One article: its objects, their spans, and what it turns into."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sayso

TEXT = "# Ferries\n\n“We sail at dawn,” said Captain Mira Holm of the Vik Line 🚢. She added that the ferry was full."


def spans(value: object) -> Iterator[object]:
    """Everything with a start, an end and words in a tree of objects."""
    if isinstance(value, tuple):
        for member in value:
            yield from spans(member)
    elif is_dataclass(value) and not isinstance(value, type):
        if {"start", "end", "text"} <= {field.name for field in fields(value)}:
            yield value
        for field in fields(value):
            yield from spans(getattr(value, field.name))


def test_every_span_slices_its_words(corpus: list[Path]) -> None:
    seen = 0
    for path in corpus[:6]:
        article = sayso.analyze(path, codebook="policy-agenda")
        for field in ("quotes", "speakers", "entities", "themes", "sections"):
            for span in spans(getattr(article, field)):
                assert article.text[span.start : span.end] == span.text  # type: ignore[attr-defined]
                seen += 1
        for sentence in article.sentences:
            assert 0 <= sentence.start < sentence.end <= len(article.text)
    assert seen > 500


def test_offsets_count_code_points_behind_an_emoji() -> None:
    article = sayso.analyze(TEXT)
    second = article.quotes[1]
    assert article.text[second.start : second.end] == second.text
    assert second.start > article.text.index("🚢")
    assert [quote.speaker and quote.speaker.name for quote in article.quotes] == ["Mira Holm", "Mira Holm"]
    assert article.quotes[0].speaker is article.quotes[1].speaker, "one speaker is one object"


def test_the_analysis_is_the_commands(corpus: list[Path], command: Callable[..., Path], tmp_path: Path) -> None:
    report = command(tmp_path / "report", *(path.relative_to(Path.cwd()) for path in corpus), "--codebook", "climate-energy")
    for path in corpus:
        article = sayso.analyze(path.relative_to(Path.cwd()), codebook="climate-energy")
        written = (report / "articles" / f"{path.stem}.json").read_text(encoding="utf-8")
        assert article.to_dict() == json.loads(written), path
        assert json.dumps(article.to_dict(), indent=2, ensure_ascii=False).split() == written.split(), "the fields stand in the same order"


def test_html_holds_the_whole_text_escaped() -> None:
    hostile = sayso.analyze("“Rates <script>alert(1)</script> rise & fall,” said Ana <b>Lind</b>.")
    html = hostile._repr_html_()
    assert "<script" not in html and "<b>" not in html

    class Words(HTMLParser):
        words = ""

        def handle_data(self, data: str) -> None:
            self.words += data

    article = sayso.analyze(TEXT)
    parser = Words()
    parser.feed(re.sub(r"<style>.*?</style>|<sup>\d+</sup>", "", article._repr_html_()))
    assert "“We sail at dawn,” said Captain Mira Holm of the Vik Line 🚢." in parser.words
    assert 'title="1: direct, Mira Holm"' in article._repr_html_()
    assert article._repr_mimebundle_()["text/html"] == article._repr_html_()


def test_repr_says_what_there_is() -> None:
    assert repr(sayso.analyze("“No,” said Ana Lind.")) == "<sayso.Article 'text': 4 words, 1 quotation, 1 speaker>"


def test_articles_can_be_pickled() -> None:
    article = sayso.analyze(TEXT)
    again = pickle.loads(pickle.dumps(article))
    assert (again.to_json(), again.quotes, again._repr_html_()) == (article.to_json(), article.quotes, article._repr_html_())


def test_frames_have_a_row_for_each_quotation() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    article = sayso.analyze(TEXT)
    frame = article.to_pandas()
    assert list(frame["speaker"]) == ["Mira Holm", "Mira Holm"] and str(frame["content_start"].dtype) == "Int64"
    other = article.to_polars()
    assert other["content"].to_list() == list(frame["content"]) and other.columns == list(frame.columns)
    assert other.schema["themes"] == polars.List(polars.String)
    bare = sayso.analyze("The ferry left the port at noon.")
    assert len(bare.to_pandas()) == 0 and bare.to_polars().columns == list(pandas.DataFrame(frame).columns)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_spacy_gets_groups_of_spans() -> None:
    spacy = pytest.importorskip("spacy")
    doc = sayso.analyze(TEXT).to_spacy(spacy.blank("en"))
    assert [(span.label_, span.text) for span in doc.spans["quotes"]][0] == ("direct", "“We sail at dawn,”")
    assert {"cues", "sources", "entities", "keyphrases"} <= set(doc.spans)
    assert any(span.text == "said" for span in doc.spans["cues"])


def test_a_mapping_says_what_is_known() -> None:
    article = sayso.analyze({"id": "a/7", "text": TEXT, "date": "3 March 2024", "outlet": "Gazette", "score": 3})
    assert article.id == "a-7"
    assert article.metadata == {"date": "2024-03-03", "outlet": "Gazette", "date_as_written": "3 March 2024", "score": "3"}


def test_people_are_linked() -> None:
    article = sayso.analyze("corpus/kenya-health-record.txt", people="tests/tables/people.csv")
    assert article.speakers and all(speaker.known is None or speaker.known.id for speaker in article.speakers)


def test_codebooks_come_from_anywhere(tmp_path: Path) -> None:
    text = '[[theme]]\nid = "sea"\nlabel = "The sea"\nkeywords = ["ferry", "port"]\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    made = sayso.Codebook.from_text(text)
    assert [theme.id for theme in sayso.analyze(TEXT, codebook=made).themes] == ["sea"]
    assert [theme.label for theme in sayso.analyze(TEXT, codebook=tmp_path / "mine.toml").themes] == ["The sea"]
    assert pickle.loads(pickle.dumps(made)) == made and len(made) == 1 and made.themes == [("sea", "The sea")]
    assert "policy-agenda" in sayso.Codebook.shipped() and len(sayso.Codebook("policy-agenda")) == 21
