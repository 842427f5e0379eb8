"""What may be offered to be remembered, by its patterns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.memory import LANGS, MemoryRules
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.memory import LONGEST_NOTE, Topic

ASSETS = Path(__file__).parents[3] / "assets"
RULES = MemoryRules.load(ASSETS, Quoting.load(ASSETS))

KEPT = [
    ("zh", "我六月要考研究生，压力好大", Topic.PLAN, "我六月要考研究生"),
    ("zh", "下个月我要搬家", Topic.PLAN, "我下个月要搬家"),
    ("zh", "我准备考教师资格证", Topic.PLAN, "我打算考教师资格证"),
    ("zh", "跟姐姐聊天会让我好一点", Topic.HELP, "跟姐姐聊天对我有帮助"),
    ("zh", "散步对我很有用", Topic.HELP, "散步对我有帮助"),
    ("zh", "我上夜班，白天睡不着", Topic.LIFE, "我上夜班"),
    ("zh", "我现在大三了", Topic.LIFE, "我读大三"),
    ("zh", "我喜欢画画", Topic.LIKING, "我喜欢画画"),
    ("zh", "我一直想学吉他", Topic.WISH, "我想学吉他"),
    ("zh", "我希望自己能早点睡", Topic.WISH, "我希望能早点睡"),
    ("en", "I have an exam in June", Topic.PLAN, "I have an exam in June"),
    ("en", "i'm planning to move next month", Topic.PLAN, "I'm planning to move next month"),
    ("en", "Honestly talking helps, but talking to my sister helps", Topic.HELP, ""),
    ("en", "talking to my sister helps", Topic.HELP, "Talking to my sister helps me"),
    ("en", "It helps when I go for a walk.", Topic.HELP, "It helps me when I go for a walk"),
    ("en", "I work nights and I'm tired", Topic.LIFE, "I work nights"),
    ("en", "I have a cat", Topic.LIFE, "I have a cat"),
    ("en", "I really love hiking", Topic.LIKING, "I like hiking"),
    ("en", "I want to learn the guitar!", Topic.WISH, "I want to learn the guitar"),
]
LEFT_ALONE = [
    # names
    ("zh", "我打算和王明去旅行"),
    ("zh", "我想去上海找小王玩"),
    ("en", "Talking to Anna helps"),
    ("en", "I plan to visit sarah"),
    # sensitive
    ("zh", "我打算去看心理医生"),
    ("zh", "我喜欢男生"),
    ("zh", "我准备入党"),
    ("zh", "我想去教堂做礼拜"),
    ("zh", "我想学维吾尔族舞"),
    ("zh", "喝酒会让我好一点"),
    ("en", "I'm preparing for my surgery"),
    ("en", "I like girls"),
    ("en", "I love my boyfriend"),
    ("en", "Praying helps me"),
    ("en", "I plan to vote this year"),
    ("en", "Drinking helps"),
    # not theirs, not now, not sure, not said as a fact
    ("zh", "我妈说我要考公务员"),
    ("zh", "如果考过了我想去云南"),
    ("zh", "我不想学习"),
    ("zh", "我以前喜欢画画"),
    ("zh", "我喜欢画画吗？"),
    ("zh", "我想死"),
    ("en", "My mum says I want to be a doctor"),
    ("en", "If I pass I want to travel"),
    ("en", "I don't like crowds"),
    ("en", "I used to like painting"),
    ("en", "Do you think I like painting?"),
    ("en", "I want to die"),
]


@pytest.mark.parametrize(("lang", "text", "topic", "note"), KEPT)
def test_what_somebody_said_is_found(lang: str, text: str, topic: Topic, note: str) -> None:
    found = RULES.found(text, lang)
    assert topic in {one.topic for one in found}
    if note:
        assert [(one.topic, one.text) for one in found] == [(topic, note)]


@pytest.mark.parametrize(("lang", "text"), LEFT_ALONE)
def test_what_is_left_alone(lang: str, text: str) -> None:
    assert RULES.found(text, lang) == []


@given(st.text(max_size=400), st.sampled_from(LANGS))
def test_any_text_is_read(text: str, lang: str) -> None:
    for one in RULES.found(text, lang):
        assert one.text.strip()
        assert len(one.text) <= LONGEST_NOTE


def test_an_endless_text_gives_nothing() -> None:
    for lang in LANGS:
        assert RULES.found("我想学" * 5_000 + "i want to learn " * 5_000, lang) == []


def test_twins_offer_the_same_topics() -> None:
    assert all(RULES.line(lang, ["x"]).count("x") >= 1 for lang in LANGS)
    topics = set(Topic) - {Topic.OWN}
    for lang in LANGS:
        assert {row[2] for row in KEPT if row[0] == lang} == topics


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    for lang in LANGS:
        folder = tmp_path / "content" / lang
        folder.mkdir(parents=True)
        text = (ASSETS / "content" / lang / "memory.toml").read_text(encoding="utf-8")
        folder.joinpath("memory.toml").write_text(text.replace("{what}", "{nothing}", 1))
    with pytest.raises(InputError) as caught:
        MemoryRules.load(tmp_path, Quoting.load(ASSETS))
    assert caught.value.code == "content_invalid"
