"""Words of check-ins: forty feelings, twins, plain wording, tags that are told apart."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.feelings import LONGEST_TAG, CheckInWords
from psylite_desktop.domain.errors import InputError

ASSETS = Path(__file__).parents[3] / "assets"
WORDS = CheckInWords.load(ASSETS)


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_forty_feelings_on_all_sides(lang: str) -> None:
    feelings = WORDS.feelings(lang)
    assert len(feelings) == 40
    assert len({one.word.casefold() for one in feelings}) == 40
    sides = Counter((one.energy, one.pleasantness) for one in feelings)
    assert len(sides) == 6
    assert min(sides[e, p] for e in ("high", "low") for p in ("pleasant", "unpleasant")) >= 7


@pytest.mark.parametrize(
    ("lang", "never"),
    [("zh", "您|！|加油|想开|坚强|[a-z]"), ("en", r"!|you should|[\u4e00-\u9fff]")],
)
def test_it_speaks_plainly_and_in_one_language(lang: str, never: str) -> None:
    said = [text for one in WORDS.feelings(lang) for text in (one.word, one.gloss)]
    said += [WORDS.mood(lang, mood) for mood in range(1, 6)]
    said += [WORDS.tag(lang, tag) for tag in WORDS.tag_ids]
    assert [text for text in said if re.search(never, text)] == []
    assert len(set(said[-len(WORDS.tag_ids) :])) == len(WORDS.tag_ids)


def test_a_default_tag_is_known_by_its_word_in_either_language() -> None:
    assert WORDS.tag_named("  SLEEP ") == "sleep"
    assert WORDS.tag_named("睡眠") == "sleep"
    assert WORDS.tag_named("Screen  time") == "screen"
    assert WORDS.tag_named(" 我的  猫\n") == "我的 猫"
    assert WORDS.tag_named(" \n ") == ""
    assert len(WORDS.tag_named("x" * 99)) == LONGEST_TAG
    assert WORDS.tag("zh", "sleep") == "睡眠"
    assert WORDS.tag("zh", "我的猫") == "我的猫"


def test_feelings_of_a_later_version_stand_for_themselves() -> None:
    assert WORDS.feeling("zh", "wronged") == "委屈"
    assert WORDS.feeling("en", "not_known_yet") == "not_known_yet"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "calm"', 'id = "calmer"', "differs from its twin"),
        ('id = "calm"', 'id = "safe"', "an id comes twice"),
        ('lang = "zh"', 'lang = "en"', "must be zh"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    for lang in LANGS:
        folder = tmp_path / "content" / lang
        folder.mkdir(parents=True)
        shutil.copy(ASSETS / "content" / lang / "feelings.toml", folder)
    path = tmp_path / "content" / "zh" / "feelings.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        CheckInWords.load(tmp_path)
    assert caught.value.facts["reason"] == reason
