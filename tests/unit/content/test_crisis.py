"""Crisis texts: complete, in twins, several wordings, and free of what must not be said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from psylite_desktop.content.crisis import LANGS, CrisisTexts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.risk import Kind, Level, Request, Who

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = CrisisTexts.load(ASSETS)
FORBIDDEN = {
    "zh": "加油|想开|坚强|振作|别哭|别难过|应该|必须|保证不|发誓不|[！!]|没什么大不了|12356|988",
    "en": r"cheer up|stay strong|you should|you must|!|promise me|no big deal|\b988\b|selfish",
}


ALWAYS = ("card", "reply", "step", "grounding", "message", "notice")


def everything(lang: str) -> list[str]:
    found = [
        text
        for use in (*ALWAYS, "follow", "sound", "sound_follow")
        for level in Level
        for kind in Kind
        for who in Who
        for child in (False, True)
        for text in TEXTS.texts(use, level=level, kind=kind, who=who, lang=lang, child=child)
    ]
    found += [text for request in Request for text in TEXTS.request_texts(request, lang)]
    return sorted(set(found))


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_many_and_none_says_what_must_not_be_said(lang: str) -> None:
    texts = everything(lang)
    assert len(texts) > 80
    assert [text for text in texts if re.search(FORBIDDEN[lang], text)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_crisis_reply_about_suicide_has_several_wordings(lang: str) -> None:
    for level in (Level.WATCH, Level.CRISIS, Level.EMERGENCY):
        found = TEXTS.texts("reply", level=level, kind=Kind.SUICIDE, who=Who.SELF, lang=lang)
        assert len(set(found)) >= 4


@pytest.mark.parametrize(
    ("lang", "word"), [("zh", "自杀"), ("en", "kill yourself|killing yourself")]
)
def test_some_crisis_reply_asks_plainly(lang: str, word: str) -> None:
    found = TEXTS.texts("reply", level=Level.CRISIS, kind=Kind.SUICIDE, who=Who.SELF, lang=lang)
    assert any(re.search(word, text) for text in found)


@pytest.mark.parametrize(
    ("lang", "word", "wrong"),
    [
        ("zh", "自杀", "听错|误会|不确定|多心"),
        ("en", "suicide", "wrong|misread|not certain|too much"),
    ],
)
def test_a_crisis_that_only_sounds_so_is_asked_about_plainly_and_as_perhaps_wrong(
    lang: str, word: str, wrong: str
) -> None:
    fitting = {"level": Level.CRISIS, "kind": Kind.SUICIDE, "who": Who.SELF, "lang": lang}
    asked = TEXTS.texts("sound", **fitting)
    assert len(set(asked)) >= 4
    assert all(re.search(word, text) and re.search(wrong, text) for text in asked)
    assert len(set(TEXTS.texts("sound_follow", **fitting))) >= 4


@pytest.mark.parametrize(("lang", "word"), [("zh", "急救|电话|报警"), ("en", "[Cc]all|emergency")])
def test_every_emergency_reply_leads_to_a_person(lang: str, word: str) -> None:
    for kind in Kind:
        for who in Who:
            for text in TEXTS.texts("reply", level=Level.EMERGENCY, kind=kind, who=who, lang=lang):
                assert re.search(word, text), text


@pytest.mark.parametrize("lang", LANGS)
def test_a_child_gets_words_of_its_own(lang: str) -> None:
    for use in ("card", "reply", "step", "message"):
        young, grown = (
            TEXTS.texts(
                use, level=Level.CRISIS, kind=Kind.ABUSE, who=Who.SELF, lang=lang, child=child
            )
            for child in (True, False)
        )
        assert young
        assert set(young).isdisjoint(grown)


def copied(tmp_path: Path) -> Path:
    shutil.copytree(ASSETS / "content", tmp_path / "content")
    return tmp_path


def test_a_text_without_its_twin_is_an_error(tmp_path: Path) -> None:
    path = copied(tmp_path) / "content" / "en" / "crisis" / "notice.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("notice-no-region", "notice-other"), "utf-8"
    )
    with pytest.raises(InputError) as error:
        CrisisTexts.load(tmp_path)
    assert error.value.facts["where"] == "notice-no-region"


def test_a_situation_without_words_is_an_error(tmp_path: Path) -> None:
    for lang in LANGS:
        path = copied(tmp_path / lang) / "content" / lang / "crisis" / "others.toml"
        path.unlink()
        (
            tmp_path
            / lang
            / "content"
            / ("en" if lang == "zh" else "zh")
            / "crisis"
            / "others.toml"
        ).unlink()
        with pytest.raises(InputError) as error:
            CrisisTexts.load(tmp_path / lang)
        assert "other" in str(error.value.facts["where"])


def test_an_unknown_field_is_named(tmp_path: Path) -> None:
    path = copied(tmp_path) / "content" / "zh" / "requests.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\nextra = "x"\n', "utf-8")
    with pytest.raises(InputError) as error:
        CrisisTexts.load(tmp_path)
    assert error.value.facts["file"] == "content/zh/requests.toml"
