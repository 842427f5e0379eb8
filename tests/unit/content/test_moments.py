"""Moments of a talk: twins, form, tone, and how well messages of other hands are heard."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from psylite_desktop.content.guided import LANGS, GuidedReplies
from psylite_desktop.content.moments import CORPUS, HEARD_MOST, Moment, Moments
from psylite_desktop.domain.errors import InputError
from psylite_desktop.retrieval.library import PassageLibrary
from psylite_desktop.services.nearby import CANDIDATES
from tests.fakes.rows import failed

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "assets"
SAID = ROOT / "tests" / "data" / "moments"
REPLIES = GuidedReplies.load(ASSETS)
SLOGANS = ("加油", "想开点", "会好起来", "正能量", "stay strong", "cheer up", "everything happens")
SPEAKS = {"zh": 0.1, "en": 0.05}
RIGHT = {"zh": 0.55, "en": 0.45}
"""Lower bounds of what was measured. The messages go out of their way to be like no other, and many
that count as wrong tell two moments at once."""
LANGUAGES = pytest.mark.parametrize("lang", LANGS)


@pytest.fixture(scope="module")
def library() -> PassageLibrary:
    return PassageLibrary.open(ASSETS, None, ROOT / "model_store" / "embedder")


def messages(lang: str) -> list[tuple[str, str]]:
    """Messages of other hands, each behind the moment it tells; no pattern was made on them."""
    lines = (SAID / f"{lang}.tsv").read_text("utf-8").splitlines()
    return [(name, text) for name, _, text in (line.partition("\t") for line in lines)]


def test_there_are_many_and_they_are_twins() -> None:
    zh, en = ([(one.id, one.glad) for one in REPLIES.moments(lang).all] for lang in LANGS)
    assert zh == en
    assert len(zh) >= 130


@LANGUAGES
def test_every_pattern_can_be_read(lang: str) -> None:
    for one in REPLIES.moments(lang).all:
        assert one.item.found, one.id
        assert not one.is_in(""), one.id


def check(lang: str, moment: Moment) -> None:
    """Four answers that fit whatever the talk is about, each its own; two or three ask."""
    assert len(set(moment.says)) == 4
    for say in moment.says:
        assert len(say) <= 60 if lang == "zh" else len(say.split()) <= 35
        assert len(re.findall("[?？]", say)) <= 1
        assert not re.search("[!！]|您|我理解你|I understand", say)
        assert not any(word in say for word in SLOGANS)
    assert sum("?" in say or "？" in say for say in moment.says) in {2, 3}


@LANGUAGES
def test_every_moment_is_in_form(lang: str) -> None:
    moments = REPLIES.moments(lang).all
    assert failed(moments, lambda one: check(lang, one), name=lambda one: one.id) == []


@LANGUAGES
def test_no_answer_is_said_twice(lang: str) -> None:
    says = [say for one in REPLIES.moments(lang).all for say in one.says]
    assert len(says) == len(set(says))


@LANGUAGES
def test_no_two_moments_are_meant_alike(lang: str) -> None:
    def grams(text: str) -> set[str]:
        letters = re.sub(r"\W+", "", text.lower())
        return {letters[at : at + 5] for at in range(len(letters) - 4)}

    sets = [(one.id, grams(one.item.when)) for one in REPLIES.moments(lang).all]
    for (first, some), (second, others) in combinations(sets, 2):
        assert len(some & others) / len(some | others) <= 0.4, (first, second)


@LANGUAGES
def test_messages_of_other_hands_are_heard_and_rarely_misheard(
    library: PassageLibrary, lang: str
) -> None:
    moments = REPLIES.moments(lang)
    told = []
    for name, text in messages(lang):
        near = library.search(CORPUS, text, lang=lang, limit=CANDIDATES)
        told.append((name, [one.id for one in moments.told(text, [m.passage.id for m in near])]))
    spoke = [(name, ids[0]) for name, ids in told if ids]
    right = sum(name == first for name, first in spoke)
    assert len(spoke) / len(told) >= SPEAKS[lang]
    assert right / len(spoke) >= RIGHT[lang]


def test_the_end_of_a_long_letter_is_not_listened_to() -> None:
    moments, text, near = REPLIES.moments("zh"), "他放我鸽子", ["promised-didnt"]
    assert [one.id for one in moments.told(text, near)] == near
    assert moments.told("风" * HEARD_MOST + text, near) == []


@LANGUAGES
@pytest.mark.parametrize("text", ["", " ", "a" * 5000, "说好" * 2000, "i said " * 900, "\ud800"])
def test_any_text_is_listened_to(lang: str, text: str) -> None:
    moments = REPLIES.moments(lang)
    assert isinstance(moments.told(text, [one.id for one in moments.all]), list)


@pytest.mark.parametrize(
    ("line", "reason"),
    [("any = 'x'", "any"), ("say = ['a']", "say"), ("id = 'Not An Id'", "id")],
)
def test_a_broken_file_is_named(tmp_path: Path, line: str, reason: str) -> None:
    fields = {
        "id": "'x'",
        "title": "'x'",
        "when": "'x'",
        "say": "['a', 'b', 'c', 'd']",
        "any": "['x']",
    }
    name = line.split(" ", maxsplit=1)[0]
    lines = [line if key == name else f"{key} = {value}" for key, value in fields.items()]
    folder = tmp_path / "corpora" / CORPUS / "en"
    folder.mkdir(parents=True)
    (folder / "people.toml").write_text("[[passage]]\n" + "\n".join(lines), "utf-8")
    with pytest.raises(InputError) as caught:
        Moments.load(tmp_path, "en")
    assert "people.toml" in str(caught.value.facts["file"])
    assert reason in str(caught.value.facts)
