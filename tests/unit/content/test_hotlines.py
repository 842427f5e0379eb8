"""Help lines: each with a source and a date, in the order of the card."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.settings import REGIONS

ASSETS = Path(__file__).parents[3] / "assets"
LINES = load_hotlines(ASSETS)
TEXT = (ASSETS / "hotlines.toml").read_text(encoding="utf-8")


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "hotlines.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_has_a_main_line_with_two_sources_and_an_emergency_number(region: str) -> None:
    here = [line for line in LINES if line.region == region]
    assert here[0].use in {"suicide", "emotional"}
    assert not here[0].one_source
    assert len(here[0].sources) >= 2
    assert here[-1].use == "emergency"


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_every_line_says_where_from_and_when(line: object) -> None:
    entry = next(one for one in LINES if one is line)
    assert entry.sources
    assert date.fromisoformat(entry.checked_on) <= date.today()  # noqa: DTZ011
    assert {"zh", "en"} == set(entry.name) == set(entry.hours) == set(entry.for_whom)
    assert entry.dial or entry.sms
    assert re.fullmatch(r"\+?\d*", entry.dial)


def test_the_national_line_of_mainland_china_is_not_printed_as_24_hours() -> None:
    line = next(line for line in LINES if line.id == "cn-12356")
    assert "18" in line.hours["zh"]
    assert "18" in line.hours["en"]


def test_lines_that_nobody_confirmed_do_not_ship() -> None:
    numbers = {line.dial for line in LINES}
    assert numbers.isdisjoint({"8008101117", "12110", "28525777", "1995", "1980", "0376272929"})
    assert "85258" not in {line.sms for line in LINES}


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('dial = "12356"', 'dial = "12365"', "dial and number differ"),
        ('region = "cn"\nrank = 1', 'region = "xx"\nrank = 1', "no such region"),
        ('checked_on = "2025-12-26"', 'checked_on = "soon"', "matching regex"),
        ('id = "cn-beijing-crisis"', 'id = "cn-12356"', "twice"),
        ("rank = 1\nnumber", "rank = 4\nnumber", "first line"),
        ('service = "ambulance"', 'service = ""', "service"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, before: str, after: str, reason: str) -> None:
    assert before in TEXT
    with pytest.raises(InputError) as error:
        load_hotlines(written(tmp_path, TEXT.replace(before, after, 1)))
    assert error.value.code == "content_invalid"
    assert reason in str(error.value.facts["reason"])


def test_a_source_that_stands_alone_must_be_marked(tmp_path: Path) -> None:
    text = TEXT.replace('sources = ["UDN, 2025-08-16", "UDN, 2026-02-13"]', 'sources = ["UDN"]')
    with pytest.raises(InputError) as error:
        load_hotlines(written(tmp_path, text))
    assert error.value.facts["where"] == "tw-1925"
