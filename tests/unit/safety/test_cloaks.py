"""Disguises are undone by families: what is tested is the kind, with words of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.cloaks import Uncloaker

UNCLOAKER = Uncloaker.from_file(Path(__file__).parents[3] / "assets" / "safety" / "normalise.toml")


def plain(text: str) -> str:
    return UNCLOAKER.plain(text).text


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("昨天他跟我说想上diao", "上吊"),  # one syllable in pinyin
        ("我又去tiaolou了", "跳楼"),  # all of them
        ("我想z1sh4", "自杀"),  # pinyin in leet
        ("我想ｚｉｓｈａ", "自杀"),  # pinyin in full width
        ("活够了，想自s", "自杀"),  # a first letter
        ("让我趣死吧", "去死"),  # a character that sounds alike
        ("我想自鲨", "自杀"),
        ("他说要同龟于尽", "同归于尽"),
        ("我又自歹戋了", "自残"),  # a character taken apart
        ("好想足兆木娄", "跳楼"),
        ("跳*楼会疼吗", "跳楼"),  # a sign in between
        ("跳💔楼会疼吗", "跳楼"),
        ("我、好、想、死", "我好想死"),  # the same sign after every character
        ("我\n好\n想\n死", "我好想死"),
        ("我丨好丨想丨死", "我好想死"),
        ("吃了很多安眠💊", "安眠药"),  # a picture
        ("又划✋了", "划手"),
        ("活不下下去了", "活不下去"),  # a character twice
        ("真的活不去下了", "活不下去"),  # two in the wrong order
        ("他拿著刀追我", "拿着刀"),  # traditional writing that is not one to one
        ("強迫發生關係", "发生关系"),
        ("我刚cut了手腕", "割了手腕"),  # a word in the other language
        ("每天吃 laxatives 减肥", "吃泻药减肥"),
        ("我被他们beat了", "被他们打了"),
    ],
)
def test_chinese_words_are_written_out(hidden: str, word: str) -> None:
    assert word in plain(hidden)


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("i want to klil him", "kill"),  # two letters swapped
        ("feeling suicdial again", "suicidal"),
        ("i took all my pilllls", "pills"),  # a letter more
        ("a sucide note", "suicide"),  # a letter less
        ("he has a nife", "knife"),  # by sound
        ("take laxitives", "laxatives"),
        ("i hear v0ic3s", "voices"),  # leet
        ("he h!t5 me", "hits"),
        ("i want to k*ll him", "kill"),  # a star
        ("he r**ed me", "raped"),
        ("i am s-t-a-r-v-i-n-g", "starving"),  # letter by letter
        ("i want to k i l l him", "kill"),
        ("th brid|ge", "bridge"),  # a sign in between
        ("ki💀ll me", "kill"),
        ("feeling suici dal", "suicidal"),  # a blank in between
        ("should i killmyself", "kill myself"),  # run together
        ("iwanttodie", "i want to die"),
        ("i wnat to die", "want to die"),  # a slip in the company that a word keeps
        ("i hvae a plan", "have a plan"),
        ("the 🔫 is loaded", "gun"),  # a picture
        ("she cut her arm with a 🔪", "with a knife"),
        ("i keep 🔪ing my thighs", "cutting my thighs"),
        ("i want to 死 tonight", "want to die tonight"),  # a word in the other language
        ("he keeps 打 me", "hitting me"),
        ("my 厌食症 is back", "eating disorder"),
    ],
)
def test_english_words_are_written_out(hidden: str, word: str) -> None:
    assert word in plain(hidden)


@pytest.mark.parametrize(
    "text",
    [
        "今天太累了",
        "我寻思着去四川玩",
        "手挽手走过一条河",
        "他大我三岁,很少回答我",
        "她喜欢上海和艺术",
        "我在画自己的漫画",
        "死活下不去手",
        "教学楼楼顶有花",
        "和/或填一个就好",
        "苹果、梨、桃、香蕉",
        "这把紫砂壶真好看",
        "那是一部名著",
        "我没想似的",
        "老师的话touch到我了",
        "the therapist said the beach was strange",
        "we have begun to amend the bulletin",
        "i shut the door and shot a photo",
        "it is about being rapid, not about three nodes",
        "they insist on boating",
        "version 3.4.7 costs 700k",
        "the gnu project",
        "a live concert",
        "my friend s ex",
        "keel over",
        "he/she went",
        "the offending line is at the cutoff",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert plain(text) == text


@given(
    sign=st.sampled_from("*^|=+_~·/"),
    word=st.sampled_from(["自杀", "割腕", "跳楼", "遗书", "安眠药", "催吐"]),
)
def test_any_sign_between_characters_is_seen_through(sign: str, word: str) -> None:
    assert word in plain(f"我{sign.join(word)}了")


@given(
    word=st.sampled_from(["suicide", "kill", "overdose", "pills", "stabbing", "myself"]),
    data=st.data(),
)
def test_any_slip_of_a_finger_is_seen_through(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    assert plain(f"about {word[: place + 1] + word[place:]} again") == f"about {word} again"


@pytest.mark.parametrize("piece", ["想s", "自沙", "k.i.l.l. ", "kill", "an", "我die ", "5u1c1d3 "])
def test_long_hostile_texts_come_to_an_end(piece: str) -> None:
    assert plain(piece * 5000)
