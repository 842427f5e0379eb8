"""Every shipped exercise is whole, and broken ones are refused with the place named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from psylite_desktop.content.exercises import ExerciseTexts, load_exercises, read_exercise, ways
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.exercise import (
    BreathingStep,
    ChoiceStep,
    Exercise,
    Family,
    InputStep,
    ListStep,
    TimerStep,
)
from tests.fakes.rows import failed

ASSETS = Path(__file__).parents[3] / "assets"
FOUND = load_exercises(ASSETS)
ALL = [item for lang in FOUND for item in FOUND[lang]]
HAN = re.compile("[\u4e00-\u9fff]")


def words(exercise: Exercise) -> list[str]:
    found = [exercise.title, exercise.when, exercise.caution, exercise.source]
    for step in exercise.steps:
        found.append(step.text)
        if isinstance(step, InputStep | ListStep) and step.prompt:
            found.append(step.prompt)
        if isinstance(step, ChoiceStep):
            found += [option.text for option in step.options]
    return found


def test_there_are_enough_in_every_family() -> None:
    assert len(FOUND["zh"]) == len(FOUND["en"]) >= 24
    assert {item.family for item in FOUND["zh"]} == set(Family)
    assert [item.id for item in FOUND["zh"]] == [item.id for item in FOUND["en"]]


def name(exercise: Exercise) -> str:
    return f"{exercise.lang}-{exercise.id}"


def plain_words(exercise: Exercise) -> None:
    for text in words(exercise):
        assert "!" not in text
        assert "！" not in text
        assert bool(HAN.search(text)) is (exercise.lang == "zh"), text
    if exercise.lang == "zh":
        joined = "".join(words(exercise))
        for slogan in ("加油", "想开点", "您", "坚强", "一切都会好"):
            assert slogan not in joined


def test_words_are_in_the_language_and_plain() -> None:
    assert failed(ALL, plain_words, name=name) == []


def no_blind_way(exercise: Exercise) -> None:
    end = len(exercise.steps)
    ends = {end}
    for place in reversed(range(end)):
        assert all(place < to <= end for to in ways(exercise, place))
        assert ways(exercise, place) <= ends | set(range(place + 1, end + 1))


def test_every_way_comes_to_the_end() -> None:
    assert failed(ALL, no_blind_way, name=name) == []


def honest_minutes(exercise: Exercise) -> None:
    timed = sum(step.seconds for step in exercise.steps if isinstance(step, TimerStep))
    paces = [s.pattern.total_s for s in exercise.steps if isinstance(s, BreathingStep)]
    timed += max(paces, default=0.0)
    assert timed <= exercise.minutes * 60 + 30


def test_the_minutes_are_about_right() -> None:
    assert failed(ALL, honest_minutes, name=name) == []


def test_no_text_stands_in_two_exercises() -> None:
    for found in FOUND.values():
        texts = [step.text for exercise in found for step in exercise.steps]
        twice = {text for text in texts if texts.count(text) > 1}
        assert all(len(text) < 30 for text in twice), twice


def test_the_miracle_question_is_credited_and_warned_of() -> None:
    for lang, name in (("zh", "焦点解决"), ("en", "solution-focused")):
        miracle = next(item for item in FOUND[lang] if item.id == "miracle")
        assert name in miracle.source
        assert miracle.not_in_crisis


def test_files_are_read_once_and_when_asked_for() -> None:
    reads = []

    def read():
        reads.append(1)
        return FOUND

    texts = ExerciseTexts(read)
    assert not reads
    assert texts.all("zh") is texts.all("zh")
    assert texts.find("box", "en") is None
    assert texts.find("breath-box", "en") is not None
    assert len(reads) == 1


GOOD = """
[about]
lang = "en"
source = "test"
licence = "Apache-2.0"
[exercise]
id = "one"
title = "One"
minutes = 3
family = "body"
badge = "D"
source = "test"
when = "now"
caution = "none"
[[step]]
id = "ask"
kind = "choice"
text = "Which?"
option = [{ id = "a", text = "A" }, { id = "b", text = "B", to = "end" }]
[[step]]
id = "middle"
kind = "text"
text = "Between"
[[step]]
id = "end"
kind = "text"
text = "End"
"""

BREAKS: dict[str, tuple[Callable[[str], str], str]] = {
    "leads nowhere": (lambda text: text.replace('to = "end"', 'to = "gone"'), "step.ask"),
    "leads backwards": (
        lambda text: text.replace('text = "End"', 'text = "End"\nto = "ask"'),
        "step.end",
    ),
    "cannot be reached": (
        lambda text: text.replace('text = "A" }', 'text = "A", to = "end" }'),
        "step.middle",
    ),
    "twice": (lambda text: text.replace('id = "middle"', 'id = "end"'), "step"),
    "no such pin": (lambda text: text.replace('badge = "D"', 'badge = "D"\npin = "x"'), "pin"),
    "recalls what comes later": (
        lambda text: text.replace('text = "Between"', 'text = "Between"\nrecall = ["end"]'),
        "step.middle",
    ),
    "unknown kind": (lambda text: text.replace('kind = "text"', 'kind = "dance"'), "step"),
    "unknown badge": (lambda text: text.replace('badge = "D"', 'badge = "E"'), "badge"),
    "another name": (lambda text: text.replace('id = "one"', 'id = "two"'), "exercise.id"),
    "another language": (lambda text: text.replace('lang = "en"', 'lang = "zh"'), "about.lang"),
}


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert [step.id for step in read_exercise(path, "en").steps] == ["ask", "middle", "end"]


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_file_is_refused(tmp_path: Path, name: str) -> None:
    spoil, where = BREAKS[name]
    path = tmp_path / "one.toml"
    path.write_text(spoil(GOOD), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_exercise(path, "en")
    assert caught.value.code == "content_invalid"
    assert where in str(caught.value.facts["where"])


@pytest.mark.parametrize("change", ["missing", "different"])
def test_twins_must_agree(tmp_path: Path, change: str) -> None:
    for lang in ("zh", "en"):
        folder = tmp_path / "content" / lang / "exercises"
        folder.mkdir(parents=True)
        text = GOOD.replace('lang = "en"', f'lang = "{lang}"')
        if lang == "en" and change == "different":
            text = text.replace("minutes = 3", "minutes = 4")
        if lang == "zh" or change == "different":
            (folder / "one.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        load_exercises(tmp_path)
