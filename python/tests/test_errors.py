"""Errors are exceptions with the library's kinds, the path and what can be done."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso


def test_a_missing_file_is_told() -> None:
    with pytest.raises(sayso.Error) as raised:
        sayso.analyze("no/such/article.txt")
    assert "no/such/article.txt" in str(raised.value)
    with pytest.raises(sayso.Error):
        sayso.analyze(Path("nothing here"))


def test_kinds_are_classes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(sayso.InputError) as raised:
        sayso.analyze(tmp_path / "a.png")
    assert raised.value.path is not None and raised.value.path.name == "a.png" and raised.value.hint
    broken = tmp_path / "broken.toml"
    broken.write_text('[[theme]]\nid = "a"\nkeyword = 1\n', encoding="utf-8")
    with pytest.raises(sayso.ConfigError) as faulty:
        sayso.Codebook(broken)
    assert faulty.value.line == 3 and faulty.value.path == broken
    with pytest.raises(sayso.ReadError, match="model.safetensors"):
        sayso.analyze("He said no.", model=broken)
    for part in ("config.json", "tokenizer.json", "model.safetensors"):
        (tmp_path / part).write_text("{}", encoding="utf-8")
    with pytest.raises(sayso.ModelError):
        sayso.analyze("He said no.", model=tmp_path)
    with pytest.raises(sayso.ConfigError, match="threads"):
        sayso.analyze("He said no.", threads=0)
    assert all(issubclass(kind, sayso.Error) for kind in (sayso.ReadError, sayso.WriteError, sayso.LeftOut, sayso.InternalError))


def test_another_language_is_left_out_with_a_hint_for_python() -> None:
    german = "Die Ministerin sagte am Montag, dass die Preise bis zum Mai wieder sinken werden. „Wir haben genug Gas“, erklärte sie. " * 3
    with pytest.raises(sayso.LeftOut, match="any_language") as raised:
        sayso.analyze(german)
    assert "--" not in (raised.value.hint or "")
    assert sayso.analyze(german, any_language=True).status == "analysed"


def test_a_file_of_many_articles_is_no_article() -> None:
    with pytest.raises(sayso.InputError, match="more than one") as raised:
        sayso.analyze("tests/formats/articles.csv")
    assert "analyze_many" in (raised.value.hint or "")


def test_arguments_of_another_type_are_type_errors() -> None:
    with pytest.raises(AttributeError):
        sayso.analyze(7)  # type: ignore[arg-type]
    with pytest.raises(sayso.InputError, match="no table"):
        sayso.analyze_table(7)  # type: ignore[arg-type]
