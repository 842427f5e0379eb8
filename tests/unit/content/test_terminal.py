"""Sentences of the terminal: twins in both languages, same facts, one for every error code."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from psylite_desktop.content.terminal import LANGS, TerminalTexts
from psylite_desktop.domain import errors

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = TerminalTexts.load(ASSETS)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def template(lang: str, text_id: str) -> str:
    return TEXTS._texts[lang][text_id]


def error_codes() -> list[str]:
    """Codes as the docstrings of domain.errors list them."""
    codes = {"unexpected"}
    for kind in (errors.ModelFileError, errors.EngineError, errors.VaultError, errors.InputError):
        text = re.sub(r"\([^)]*\)", "", kind.__doc__ or "")
        codes.update(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text))
    return sorted(codes)


def test_languages_share_ids() -> None:
    assert TEXTS.ids("zh") == TEXTS.ids("en")
    assert len(TEXTS.ids("zh")) > 100


def test_twins_take_the_same_facts() -> None:
    ids = sorted(TEXTS.ids("zh"))
    assert [one for one in ids if fields(template("zh", one)) != fields(template("en", one))] == []


@pytest.mark.parametrize("lang", LANGS)
def test_sentences_are_calm(lang: str) -> None:
    for text_id in TEXTS.ids(lang):
        sentence = template(lang, text_id)
        assert not re.search("[!！]", sentence), text_id
        if lang == "zh":
            assert "您" not in sentence, text_id
        else:
            assert not re.search("[\u4e00-\u9fff]", sentence), text_id


@pytest.mark.parametrize("lang", LANGS)
def test_every_error_code_has_its_sentence(lang: str) -> None:
    assert len(error_codes()) > 20
    assert [code for code in error_codes() if f"error.{code}" not in TEXTS.ids(lang)] == []
    assert [code for code in error_codes() if "{" in TEXTS.error(lang, code)] == []


def test_text_fills_in_facts() -> None:
    assert "12356" in TEXTS.text("zh", "crisis.call", name="心理援助热线", number="12356")


def test_a_missing_fact_or_id_is_a_mistake_in_code() -> None:
    with pytest.raises(KeyError):
        TEXTS.text("zh", "crisis.call", name="x")
    with pytest.raises(KeyError):
        TEXTS.text("en", "no.such_id")


def test_error_survives_unknown_codes_and_missing_facts() -> None:
    assert "brand_new" in TEXTS.error("en", "brand_new")
    assert "?" in TEXTS.error("en", "input_line")
    assert "7" in TEXTS.error("zh", "input_line", {"line": 7, "reason": "text"})
