"""Prompts for larger models: stable system prompt, one instruction a route, twins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from psylite_desktop.content.prompts import LANGS, Prompts
from psylite_desktop.domain.conversation import Route
from psylite_desktop.domain.passage import Passage

PROMPTS = Prompts.load(Path(__file__).parents[3] / "assets")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_examples_are_short_and_shown_to_small_models_only(lang: str) -> None:
    plain, shown = PROMPTS.system(lang), PROMPTS.system(lang, examples=True)
    assert shown.startswith(plain)
    for one in PROMPTS.files[lang].examples:
        assert one.reply in shown
        assert one.reply not in plain
        assert len(re.findall("[?？]", one.reply)) <= 1
        assert not re.search("[!！]", one.reply)


def test_twins_share_ids_and_name_only_routes() -> None:
    assert set(PROMPTS.files["zh"].routes) == set(PROMPTS.files["en"].routes)
    assert set(PROMPTS.files["zh"].routes) <= {route.value for route in Route}
    assert set(PROMPTS.files["zh"].notes) == set(PROMPTS.files["en"].notes)


@pytest.mark.parametrize("lang", LANGS)
def test_system_prompt_is_short_and_stable(lang: str) -> None:
    base = PROMPTS.system(lang)
    assert base == PROMPTS.system(lang)
    assert len(base) < (400 if lang == "zh" else 1200)
    assert not base.endswith("\n")


@pytest.mark.parametrize("lang", LANGS)
def test_system_prompt_is_honest_and_brief(lang: str) -> None:
    words = {
        "zh": ("程序", "不下诊断", "最多问一个问题", "口号", "不假装是人"),
        "en": ("program", "No diagnosis", "at most one question", "slogans", "never pretend"),
    }[lang]
    for word in words:
        assert word in PROMPTS.system(lang)


def test_watch_route_asks_plainly() -> None:
    assert "想死" in PROMPTS.instruction("zh", Route.WATCH)
    assert "suicide" in PROMPTS.instruction("en", Route.WATCH)
    assert PROMPTS.system("en", Route.WATCH).startswith(PROMPTS.system("en"))


def test_crisis_routes_have_no_instruction() -> None:
    """Above watch no model writes a reply from a prompt of ours."""
    for lang in LANGS:
        assert PROMPTS.instruction(lang, Route.CRISIS) == ""
        assert PROMPTS.instruction(lang, Route.EMERGENCY) == ""


def test_note_carries_the_passage() -> None:
    passage = Passage("techniques", "x", "en", "Title", "When and how.", say="A sentence.")
    note = PROMPTS.note("en", passage)
    assert "When and how." in note
    assert "A sentence." in note
