"""Colours: contrast is computed, and the style sheet names exactly what there is."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette

from psylite_desktop.ui.theme.palette import palette_from
from psylite_desktop.ui.theme.style_sheet import (
    CONTROL_IMAGES,
    TEMPLATES,
    placeholders,
    style_sheet,
    template,
)
from psylite_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, SCHEMES, Sizes, contrast
from tests.fakes.app_context import ASSETS

UI = Path(__file__).parents[3] / "psylite_desktop" / "ui"
TEXT_PAIRS = [
    ("ink", "page"),
    ("ink", "surface"),
    ("ink", "raised"),
    ("ink", "accent_soft"),
    ("ink", "own_words"),
    ("ink", "urgent_soft"),
    ("ink", "line"),
    ("muted", "page"),
    ("muted", "surface"),
    ("muted", "raised"),
    ("accent", "page"),
    ("accent", "surface"),
    ("accent", "raised"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("clay", "page"),
    ("urgent", "urgent_soft"),
]
BORDER_PAIRS = [
    (line, ground) for line in ("edge", "focus") for ground in ("page", "surface", "raised")
]


@pytest.mark.parametrize("tokens", SCHEMES, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_can_be_read(tokens, front, back):
    assert contrast(getattr(tokens, front), getattr(tokens, back)) >= 4.5


@pytest.mark.parametrize("tokens", SCHEMES, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("line", "ground"), BORDER_PAIRS)
def test_borders_and_ring_can_be_seen(tokens, line, ground):
    assert contrast(getattr(tokens, line), getattr(tokens, ground)) >= 3


def test_high_contrast_is_high():
    assert contrast(HIGH_CONTRAST.ink, HIGH_CONTRAST.page) == pytest.approx(21)
    assert contrast(HIGH_CONTRAST.muted, HIGH_CONTRAST.raised) >= 7


def test_contrast_is_the_one_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_templates_name_only_what_there_is_and_all_of_it():
    known = set(placeholders(LIGHT, Sizes(), images="x"))
    named = {name for part in TEMPLATES for name in template(part).get_identifiers()}
    assert named - known == set(), "placeholders that nobody fills"
    assert known - named == set(), "values that no template uses"
    files = {path.stem for path in (UI / "theme" / "qss").glob("*.qss")}
    assert files == set(TEMPLATES)


def test_every_colour_is_used_somewhere():
    sources = "".join(
        path.read_text(encoding="utf-8") for path in UI.rglob("*.py") if path.name != "tokens.py"
    )
    used = set(re.findall(r"tokens\.(\w+)", sources)) | set(CONTROL_IMAGES.values())
    waiting_for_their_page = {"mood"}  # the check-in's faces
    unused = {field.name for field in fields(LIGHT)} - used - waiting_for_their_page
    assert unused <= {"name", "is_dark", "clay"}, unused


def test_style_sheet_is_filled_with_the_scheme():
    sheet = style_sheet(DARK, Sizes(150), images="/tmp/x")  # noqa: S108 - never opened
    assert DARK.accent in sheet
    assert "$" not in sheet
    assert f"font-size: {Sizes(150).title}px" in sheet


def test_disabled_text_differs_from_ink():
    palette = palette_from(LIGHT)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert disabled.name().upper() == LIGHT.muted


@pytest.mark.parametrize("path", sorted((ASSETS / "icons").glob("*.svg")), ids=lambda p: p.stem)
def test_icons_have_one_colour_that_can_be_replaced(path):
    text = path.read_text(encoding="utf-8")
    assert "currentColor" in text
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|<image|<script|href", text)


def test_icons_that_the_code_names_exist():
    names = set(CONTROL_IMAGES)
    for path in UI.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        names |= set(re.findall(r"IconButton\([\w.]*theme, \"(\w+)\"", source))
        names |= set(re.findall(r"CardButton\([\w.]*theme, \"(\w+)\"", source))
        names |= set(re.findall(r"theme\.icon\(\s*\"(\w+)\"", source))
        names |= set(re.findall(r"PageSpec\(\s*\"\w+\",\s*\"(\w+)\"", source))
    missing = {name for name in names if not (ASSETS / "icons" / f"{name}.svg").exists()}
    assert missing == set()
