"""The Mirror: claims stand on exact words, on any text, and leave out what was taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.domain.mirror import (
    ClaimKind,
    Distortion,
    Excerpt,
    Mirror,
    MirrorCorrection,
    Theme,
)
from psylite_desktop.safety.linear import DamagedModelError
from psylite_desktop.safety.normalise import Folder
from psylite_desktop.services.mirror import MOST_HABITS, MOST_THEMES, MirrorService
from psylite_desktop.services.mirror_model import MirrorModel
from psylite_desktop.services.mirror_text import LONGEST_SENTENCE, ReadEntry

ROOT = Path(__file__).parents[3]
BARE = MirrorService(ROOT / "assets")
MIRROR = MirrorService(ROOT / "assets", ROOT / "model_store" / "mirror")
FOLDER = Folder.from_file(ROOT / "assets" / "safety" / "normalise.toml")

PIECES = (
    "我就是个废物",
    "，",
    "。",
    "他们肯定都在笑我",
    "今天很开心！！",
    "謝謝媽媽",
    "I'm such a failure",
    ". ",
    "but ",
    "nobody ever calls me",
    "Ｗｉｄｅ",
    "é",
    "\n",
    "?",
    "😂",
    "\u200b",
    "“",
    "  ",
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


def excerpts(mirror: Mirror) -> list[Excerpt]:
    return [
        *(quote for theme in mirror.themes for quote in theme.quotes),
        *mirror.tone_quotes,
        *(quote for thought in mirror.repeated for quote in thought.quotes),
        *(Excerpt(one.quote, one.start, one.end) for one in mirror.distortions),
    ]


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.sampled_from(["zh", "en", "", "xx"]))
def test_every_claim_cuts_exactly_its_quote(text: str, lang: str) -> None:
    for service in (MIRROR, BARE):
        mirror = service.reflect(text, lang)
        for one in excerpts(mirror):
            assert one.text
            assert text[one.start : one.end] == one.text
        assert len(mirror.themes) <= MOST_THEMES
        assert len(mirror.distortions) <= MOST_HABITS
        assert -2 <= mirror.tone <= 2
        assert all(theme.quotes for theme in mirror.themes)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_the_same_entry_is_read_the_same(text: str) -> None:
    assert MIRROR.reflect(text) == MirrorService(
        ROOT / "assets", ROOT / "model_store" / "mirror"
    ).reflect(text)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_sentences_follow_each_other_and_stay_short(text: str) -> None:
    entry = ReadEntry.read(text, FOLDER)
    ends = [0]
    for one in entry.sentences:
        assert ends[-1] <= one.start < one.end
        assert one.end - one.start <= LONGEST_SENTENCE + 64
        ends.append(one.end)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我就是个失败者。", Distortion.LABELLING),
        ("同事没跟我打招呼，他们肯定都在背后笑我。", Distortion.MIND_READING),
        ("面试肯定会搞砸的。", Distortion.FORTUNE_TELLING),
        ("要是这次考砸，我这辈子就完了。", Distortion.CATASTROPHISING),
        ("都怪我，要不是我迟到，妈妈就不会摔倒。", Distortion.PERSONALISING),
        ("我不應該這麼軟弱。", Distortion.SHOULD_STATEMENTS),
        ("I always mess everything up.", Distortion.OVERGENERALISING),
        ("They only hired me because nobody else applied.", Distortion.DISCOUNTING_POSITIVE),
        ("I’m such a failure.", Distortion.LABELLING),
        ("If I fail this my life is over.", Distortion.CATASTROPHISING),
        ("I feel guilty, so I must have done something wrong.", Distortion.EMOTIONAL_REASONING),
    ],
)
def test_habits_of_thought_are_found(text: str, kind: Distortion) -> None:
    assert kind in {one.kind for one in MIRROR.reflect(text).distortions}


@pytest.mark.parametrize(
    "text",
    [
        "妈妈说我是个懒骨头，然后给我盛了汤。",
        "我觉得自己是个废物，但我知道这只是个想法。",
        "哈哈我真是个笨蛋，又把盐当糖了。",
        "我是不是太没用了？",
        "今天下雨，公交又晚了十分钟。",
        "他说他讨厌香菜。",
        "My boss said I should be at work by nine.",
        "I feel like a failure but I know that's just a thought.",
        "I'm a total failure at parking lol.",
        "The meeting was moved to Tuesday. Nobody told me.",
        "She told me the exam was easy.",
    ],
)
def test_plain_reported_balanced_and_joking_words_are_left_alone(text: str) -> None:
    assert MIRROR.reflect(text).distortions == ()


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("今天拿到奖了，太开心了！！全家一起吃火锅，笑得停不下来。", 1),
        ("奶奶走了。我哭了一整晚，喘不过气，心里空荡荡的。", -1),
        ("Best day ever!! We won and everyone was laughing and singing.", 1),
        ("She died on Tuesday. I cried all night and everything feels hollow.", -1),
    ],
)
def test_tone_has_the_right_side(text: str, side: int) -> None:
    mirror = MIRROR.reflect(text)
    assert mirror.tone * side > 0
    assert mirror.tone_quotes


def test_what_comes_after_but_weighs_more() -> None:
    down = BARE.reflect("饭很好吃，但是我好难过。")
    up = BARE.reflect("我好难过，但是饭很好吃。")
    assert down.tone <= up.tone


def test_traditional_chinese_is_read_like_simplified() -> None:
    one = MIRROR.reflect("媽媽罵了我，我覺得很委屈。")
    other = MIRROR.reflect("妈妈骂了我，我觉得很委屈。")
    assert [theme.theme for theme in one.themes] == [theme.theme for theme in other.themes]
    assert one.tone == other.tone
    assert Theme.FAMILY in {theme.theme for theme in one.themes}


def test_a_thought_that_returns_is_one_finding() -> None:
    text = "我不知道该怎么办。早上吃了面。我真的不知道该怎么办。"
    [thought] = MIRROR.reflect(text).repeated
    assert len(thought.quotes) == 2
    [thought] = MIRROR.reflect(
        "I can't see the way out of here.",
        earlier=["Rain.", "I cannot see the way. I can't see the way out of here!"],
    ).repeated
    assert thought.earlier == 1


def test_what_was_taken_back_is_not_claimed_again() -> None:
    text = "我就是个失败者。"
    [found] = MIRROR.reflect(text).distortions
    off = MirrorCorrection(ClaimKind.DISTORTION, found.kind, found.quote)
    assert MIRROR.reflect(text, corrections=[off]).distortions == ()
    other = MirrorCorrection(ClaimKind.DISTORTION, Distortion.BLAMING, found.quote)
    assert MIRROR.reflect(text, corrections=[other]).distortions == (found,)
    theme = MIRROR.reflect("妈妈来了，爸爸也来了。").themes[0]
    gone = [MirrorCorrection(ClaimKind.THEME, theme.theme, one.text) for one in theme.quotes]
    left = MIRROR.reflect("妈妈来了，爸爸也来了。", corrections=gone).themes
    assert theme.theme not in {one.theme for one in left}


def test_nothing_is_read_out_of_nothing() -> None:
    for text in ("", "   \n", "。。。", "?!", "12345"):
        mirror = MIRROR.reflect(text)
        assert mirror.distortions == ()
        assert mirror.repeated == ()


def test_a_damaged_model_leaves_the_words_alone(tmp_path: Path) -> None:
    (tmp_path / "mirror.json").write_text("{}")
    (tmp_path / "weights.bin").write_bytes(b"PSYMIRR1")
    with pytest.raises(DamagedModelError):
        MirrorModel.load(tmp_path)
    text = "妈妈来了，我很开心。"
    assert MirrorService(ROOT / "assets", tmp_path).reflect(text) == BARE.reflect(text)
