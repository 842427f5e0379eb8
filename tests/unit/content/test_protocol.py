"""The protocol page's words and figures: complete, in twins, and true to what was measured."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.protocol import ROWS, SECTIONS, ProtocolTexts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.risk import Kind, Level
from psylite_desktop.evaluation.intervals import Share

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = ProtocolTexts.load(ASSETS)


def sections(lang: str) -> dict[str, list[str]]:
    return {section.id: [item.id for item in section.item] for section in TEXTS.sections(lang)}


@pytest.mark.parametrize("lang", LANGS)
def test_it_says_what_must_be_said(lang: str) -> None:
    found = sections(lang)
    assert tuple(found) == SECTIONS
    kinds = {kind.value.replace("_", "-") for kind in Kind if kind is not Kind.NONE}
    assert set(found["kinds"]) == kinds
    assert found["levels"] == [level.name.lower() for level in Level]
    assert found["layers"] == ["rules", "linear", "encoder", "state"]
    assert {"veiled", "program", "offline", "reviewed"} <= set(found["limits"])
    assert all(TEXTS.row(row, lang) for row in ROWS)


@pytest.mark.parametrize(
    ("lang", "never"),
    [
        ("zh", "您|！|加油|想开|诊断|患者|TODO|占位"),
        ("en", r"!|guarantee|diagnos|TODO|lorem"),
    ],
)
def test_it_speaks_plainly(lang: str, never: str) -> None:
    head = TEXTS.head(lang)
    said = [head.title, head.intro]
    for section in TEXTS.sections(lang):
        said += [section.title, section.text, section.note]
        said += [text for item in section.item for text in (item.name, item.text)]
    assert [text for text in said if re.search(never, text)] == []


def test_the_floor_is_measured_in_both_languages_and_the_intervals_are_right() -> None:
    figures = TEXTS.figures
    for lang in LANGS:
        assert figures.of(lang, engine=False) is not None
    for one in figures.set:
        assert set(one.rows) == set(ROWS)
        for figure in one.rows.values():
            low, high = Share(figure.hits, figure.total).interval
            assert figure.interval == pytest.approx((low, high), abs=1e-4)
            assert figure.total <= one.cases


def copied(tmp_path: Path) -> Path:
    shutil.copytree(ASSETS / "content", tmp_path / "content")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("zh/protocol.toml", 'id = "psychosis"', 'id = "other"', "section"),
        ("en/protocol.toml", 'id = "limits"', 'id = "borders"', "section"),
        ("en/protocol.toml", 'lang = "en"', 'lang = "zh"', "about.lang"),
        ("zh/protocol.toml", "noticed = ", "seen = ", "$"),
        ("protocol_figures.toml", "noticed = { hits = ", "noticed = { hits = 9", "zh engine="),
        ("protocol_figures.toml", "watch = ", "worry = ", "$"),
        ("protocol_figures.toml", 'lang = "en"', 'lang = "zh"', "set"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, file: str, old: str, new: str, where: str) -> None:
    path = copied(tmp_path) / "content" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        ProtocolTexts.load(tmp_path)
    assert caught.value.code == "content_invalid"
    assert str(caught.value.facts["where"]).startswith(where)


def test_a_row_that_is_missing_is_named(tmp_path: Path) -> None:
    path = copied(tmp_path) / "content" / "protocol_figures.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.remove(next(line for line in lines if line.startswith("false-card = ")))
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        ProtocolTexts.load(tmp_path)
    assert "engine=" in str(caught.value.facts["where"])
