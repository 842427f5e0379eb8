"""Guided mode: whole conversations without a model."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.content.guided import LANGS, GuidedReplies
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.quoting import LONGEST, Quoting
from psylite_desktop.domain.passage import Found, Near, Passage
from psylite_desktop.domain.talk import Act, Stage
from psylite_desktop.retrieval.library import PassageLibrary
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.guided import Guided, GuidedTalk
from psylite_desktop.services.hearing import SURE
from psylite_desktop.services.prompting import language_of
from psylite_desktop.services.stages import stage_of

ASSETS = Path(__file__).parents[3] / "assets"
REPLIES = GuidedReplies.load(ASSETS)
QUOTING = Quoting.load(ASSETS)
MOVES = Moves.load(ASSETS)
BY_ID = {lang: {reply.id: reply for reply in REPLIES.replies(lang)} for lang in ("zh", "en")}

TALKS = [
    talk["texts"]
    for talk in tomllib.loads(Path(__file__).with_name("talks.toml").read_text(encoding="utf-8"))[
        "talk"
    ]
]


@pytest.fixture(scope="module")
def library() -> PassageLibrary:
    return PassageLibrary.open(ASSETS, None, ASSETS.parent / "model_store" / "embedder")


def held(assessor: Assessor, texts: list[str]) -> list[Guided]:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    lang = language_of(texts[0], "zh")
    said: list[Guided] = []
    for place in range(len(texts)):
        told = texts[: place + 1]
        stage = stage_of(told, MOVES, lang)
        said.append(talk.reply(told, [one.text for one in said], lang=lang, stage=stage))
    return said


@pytest.mark.parametrize(
    ("lang", "text", "phrase"),
    [
        ("zh", "我妈今天又管我叫“大姐”", ""),
        ("zh", "“你不行”，他每次都这么说", ""),
        ("zh", "他说“你不行”，我没有回嘴", ""),
        ("zh", "他走了，我没有回嘴", "我没有回嘴"),
        ("en", "they call me “the quiet one”, we never really talk", ""),
    ],
)
def test_half_of_a_quotation_is_not_quoted(lang: str, text: str, phrase: str) -> None:
    said = QUOTING.phrase(text, lang, weight=len, is_safe=bool)
    assert said == phrase


def test_a_goodbye_is_answered_as_one_whatever_else_stands_in_it(assessor: Assessor) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    told = ["班里有人给我起外号", "我想写张纸条给英语老师 她对我挺好的 下了"]
    said = talk.reply(told, [], lang="zh", stage=Stage.ACTION, tags=("goodbye",))
    assert "goodbye" in BY_ID["zh"][said.id].tags


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "好了,孩子醒了,我去看看。谢谢你听我唠叨"),
        ("en", "she's awake, thank you for listening"),
    ],
)
def test_thanks_at_the_end_are_answered_as_thanks(assessor: Assessor, lang: str, text: str) -> None:
    told = ["我儿子一回家就躲屋里", text] if lang == "zh" else ["my son just hides", text]
    said = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply(told, [], lang=lang)
    assert {"thanks", "goodbye"} & set(BY_ID[lang][said.id].tags)


def test_where_nothing_is_heard_the_reply_suits_every_subject(assessor: Assessor) -> None:
    for lang, texts in (
        ("zh", ["他就那么看着我", "我在那儿站了很久"]),
        ("en", ["so there it was", "idk"]),
    ):
        said = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply(texts, ["…"], lang=lang)
        reply = BY_ID[lang][said.id]
        assert "unclear" in reply.tags
        assert reply.act is MOVES.act(texts[-1], lang)


@pytest.mark.parametrize("texts", TALKS, ids=lambda texts: texts[0][:20])
def test_six_turns_without_a_repetition_each_taking_something_up(
    assessor: Assessor, texts: list[str]
) -> None:
    said = held(assessor, texts)
    lang = language_of(texts[0], "zh")
    assert len({one.id for one in said}) == len(said) == 6
    for place, one in enumerate(said):
        assert "{" not in one.text
        assert len(re.findall("[?？]", one.text)) <= 1
        assert one.quote or one.topics, one.id
        if one.quote:
            assert one.quote in texts[place].replace("\u2019", "'")
            assert f"“{one.quote}”" in one.text
            words = len(one.quote) if lang == "zh" else len(one.quote.split())
            assert words <= LONGEST[lang]
    assert not any(first.quote and second.quote for first, second in pairwise(said))


@pytest.mark.parametrize(
    ("lang", "text", "tag"),
    [
        ("zh", "最近就业压力很大，我很苦恼", "job"),
        ("zh", "和室友大吵一架", "roommate"),
        ("zh", "明天考试，好紧张", "exam"),
        ("zh", "我今天不开心", "sad"),
        ("zh", "面试过了，太好了，好开心", "joy"),
        ("zh", "你是真人吗", "about_me"),
        ("zh", "先这样，晚安", "goodbye"),
        ("zh", "奶奶去世了", "grief"),
        ("zh", "吃了碗面", "smalltalk"),
        ("zh", "忽冷忽热的", "unclear"),
        ("en", "I had a fight with my roommate", "roommate"),
        ("en", "my grandmother passed away", "grief"),
        ("en", "I don\u2019t want to talk about it", "dontwant"),
        ("en", "are you a robot?", "about_me"),
        ("en", "we broke up yesterday", "breakup"),
        ("en", "thanks, bye", "goodbye"),
        ("en", "I am not happy", "sad"),
        ("en", "hello", "greeting"),
        ("en", "xyzzy", "unclear"),
    ],
)
def test_answers_to_the_words_of_a_message(
    assessor: Assessor, lang: str, text: str, tag: str
) -> None:
    chosen = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply([text], [], lang=lang)
    assert tag in BY_ID[lang][chosen.id].tags


def near(lang: str, score: float, *, say: str = "", tags: tuple[str, ...] = ("money",)) -> Found:
    return Found(Passage("techniques", "money-worries", lang, "钱", "…", say=say, tags=tags), score)


@pytest.mark.parametrize(
    ("lang", "text", "say"),
    [
        ("zh", "卡里剩二百一，离发工资还有十一天", "眼下最近、最急的是哪一笔？"),
        ("en", "two hundred left and eleven days to go", "Which bill is the loudest?"),
    ],
)
def test_where_a_passage_is_surely_meant_its_own_sentence_answers_once(
    assessor: Assessor, lang: str, text: str, say: str
) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    found = (near(lang, SURE, say=say),)
    assert talk.reply([text], [], lang=lang, near=Near(found)).text == say
    again = talk.reply([text, text], [say], lang=lang, near=Near(found))
    assert again.text != say
    assert "money" in again.topics


def test_a_passage_that_may_be_meant_is_left_to_the_words(assessor: Assessor) -> None:
    texts = ["和室友大吵一架"]
    unsure = (near("zh", SURE - 0.01, say="眼下最急的是哪一笔？", tags=("roommate", "conflict")),)
    without = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply(texts, [], lang="zh")
    assert (
        GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply(texts, [], lang="zh", near=Near(unsure))
        == without
    )


@pytest.mark.parametrize(
    ("lang", "text", "by_the_way"),
    [
        ("zh", "收作业的也这么叫我，全班笑", "study"),
        ("en", "We dropped off my stuff at college and the house is so quiet", "study"),
    ],
)
def test_a_situation_that_no_passage_near_shares_was_named_by_the_way(
    assessor: Assessor, lang: str, text: str, by_the_way: str
) -> None:
    unsure = (near(lang, SURE - 0.01, say="?", tags=("bullying", "newplace")),)
    alone = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply([text], [], lang=lang)
    assert by_the_way in alone.topics
    reply = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply(
        [text], [], lang=lang, near=Near(unsure)
    )
    assert by_the_way not in reply.topics
    assert by_the_way not in BY_ID[lang][reply.id].tags


@pytest.mark.parametrize(
    ("stage", "tags"), [(Stage.EXPLORE, ("greeting",)), (Stage.ACTION, ()), (Stage.INSIGHT, ())]
)
def test_a_move_or_a_later_stage_comes_before_the_passage(
    assessor: Assessor, stage: Stage, tags: tuple[str, ...]
) -> None:
    near_by = Near((near("zh", 0.9, say="眼下最急的是哪一笔？"),))
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    reply = talk.reply(["卡里剩二百一"], [], lang="zh", stage=stage, tags=tags, near=near_by)
    assert reply.id in BY_ID["zh"]


@pytest.mark.parametrize(
    ("lang", "text", "subject"),
    [
        ("zh", "花呗还完只剩两百块，离发工资还有十一天", "money-worries"),
        ("zh", "考研还是工作，问了八个人，八个答案", "decision"),
        ("zh", "我骗家里说还在上班，其实被裁一个多月了", "job-loss"),
        ("en", "they all went to the cinema without me, saw it on stories", "left-out"),
        ("en", "presenting to the whole board tomorrow and my voice shakes", "public-speaking"),
    ],
)
def test_shipped_passages_answer_messages_without_list_words(
    assessor: Assessor, library: PassageLibrary, lang: str, text: str, subject: str
) -> None:
    found = Near(tuple(library.search("techniques", text, lang=lang)))
    reply = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply([text], [], lang=lang, near=found)
    assert reply.id == f"say-{subject}"


TOLD = {
    "zh": ("他说好周五来接我的，结果放我鸽子", "promised-didnt"),
    "en": ("he promised he'd come and he stood me up again", "promised-didnt"),
}


def says(lang: str, id_: str) -> tuple[str, ...]:
    return next(one.says for one in REPLIES.moments(lang).all if one.id == id_)


def beside(lang: str, id_: str = "promised-didnt") -> Near:
    """Search finds this moment near."""
    return Near(moments=(Found(Passage("moments", id_, lang, "x", "…"), 0.3),))


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_message_plainly_tells_is_taken_up_once_in_a_talk(
    assessor: Assessor, lang: str
) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    text, moment = TOLD[lang]
    first = talk.reply([text], [], lang=lang, near=beside(lang))
    assert first.text in says(lang, moment)
    assert first.id == f"moment-{moment}"
    assert first.meant is not None
    assert first.meant.title
    again = talk.reply([text, text], [first.text], lang=lang, near=beside(lang))
    assert again.text not in says(lang, moment)


@pytest.mark.parametrize("lang", LANGS)
def test_what_patterns_or_search_alone_hear_is_not_taken_up(assessor: Assessor, lang: str) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    text, moment = TOLD[lang]
    other = {"zh": "今天风很大", "en": "the wind is loud today"}[lang]
    for said, near_by in ((text, Near()), (text, beside(lang, "outdoors")), (other, beside(lang))):
        assert talk.reply([said], [], lang=lang, near=near_by).text not in says(lang, moment)


@pytest.mark.parametrize("lang", LANGS)
def test_the_sentences_of_a_moment_take_turns_between_talks(assessor: Assessor, lang: str) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    text, moment = TOLD[lang]
    said = {talk.reply([text], [], lang=lang, near=beside(lang)).text for _ in range(4)}
    assert said == set(says(lang, moment))


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("他说好来接我又放我鸽子，我该怎么办？", ()),
        ("他又放我鸽子，不聊了，晚安", ("goodbye",)),
        ("他放我鸽子，谢谢你听我说", ()),
        ("他又放我鸽子", ("about_me",)),
        ("他又放我鸽子", ("joy",)),
    ],
)
def test_who_asks_thanks_or_parts_is_answered_as_that_and_light_talk_stays_light(
    assessor: Assessor, text: str, tags: tuple[str, ...]
) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    assert talk.reply([text], [], lang="zh", tags=tags, near=beside("zh")).id in BY_ID["zh"]


def test_in_light_talk_glad_moments_are_taken_up(assessor: Assessor) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    text, near_by = "中午吃了一碗牛肉面，真香", beside("zh", "good-food")
    said = talk.reply([text], [], lang="zh", tags=("joy",), near=near_by)
    assert said.text in says("zh", "good-food")


def test_a_glad_moment_is_not_taken_up_beside_what_weighs(assessor: Assessor) -> None:
    text, near_by = "中午吃了一碗牛肉面，真香", beside("zh", "good-food")
    for before, said in (
        (["奶奶去世了", "她走得很突然"], text),
        ([], "中午吃了一碗牛肉面，吃着吃着就哭了"),
    ):
        talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
        for count in range(1, len(before) + 1):
            talk.reply(before[:count], [], lang="zh")
        reply = talk.reply([*before, said], [], lang="zh", near=near_by)
        assert reply.text not in says("zh", "good-food")


@pytest.mark.parametrize(
    ("lang", "texts", "words"),
    [
        ("zh", ["老板让我去分拣", "我老婆说换，我还没想好，你说换不换"], ["“换”", "“不换”"]),
        ("zh", ["我跟他谈过一次", "你说我是再谈一次还是直接换宿舍好"], ["再谈一次", "换宿舍"]),
        ("en", ["he shuts his door", "do i leave him be or keep knocking?"], ["leave him be"]),
    ],
)
def test_who_is_between_two_ways_gets_help_in_weighing_them(
    assessor: Assessor, lang: str, texts: list[str], words: list[str]
) -> None:
    """In their own words, each help once, and no way is picked for them."""
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    shown: list[str] = ["…"]
    said = []
    for _ in range(3):
        said.append(talk.reply(texts, shown, lang=lang, tags=("advice",)))
        shown.append(said[-1].text)
    assert all(one.id.startswith("choice-") for one in said)
    assert len({one.text for one in said}) == 3
    assert any(all(word in one.text for word in words) for one in said)
    assert said[0].quote


@pytest.mark.parametrize(
    ("lang", "text"), [("zh", "我该去死还是活着呢"), ("en", "should i jump or call someone")]
)
def test_a_choice_that_may_be_danger_is_not_quoted(
    assessor: Assessor, lang: str, text: str
) -> None:
    said = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply([text], [], lang=lang)
    assert not said.id.startswith("choice-")


def test_who_only_says_who_they_are_is_welcomed(assessor: Assessor) -> None:
    for lang, text in (("zh", "我是来试试的 高二"), ("en", "so there it was")):
        said = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply([text], [], lang=lang)
        assert "unclear" in BY_ID[lang][said.id].tags
        assert BY_ID[lang][said.id].act is None


def test_a_joy_stays_a_joy(assessor: Assessor) -> None:
    """A laugh in it hides nothing, and old defeats told in it are not what it is about."""
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    texts = ["报告一个好消息！驾照拿到了！", "科目二挂了四回", "哈哈"]
    surface = Near(
        (near("zh", 0.61, say="真碰上的那一下，也这么好笑吗？", tags=("sad", "nowords")),)
    )
    said = talk.reply(texts, ["…"], lang="zh", near=surface)
    assert "joy" in BY_ID["zh"][said.id].tags


def test_a_moment_that_is_an_asking_answers_who_asks(assessor: Assessor) -> None:
    text = "这事怎么跟他开口才不伤和气"
    assert MOVES.act(text, "zh") is Act.ASK
    said = GuidedTalk(REPLIES, MOVES, QUOTING, assessor).reply(
        ["室友老用我的东西", text],
        ["…"],
        lang="zh",
        tags=("advice",),
        near=beside("zh", "how-to-bring-it-up"),
    )
    assert said.id == "moment-how-to-bring-it-up"


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "zh",
            [
                "室友打游戏打到两点",
                "我说过一次，他说好好好，第三天又开着麦喊",
                "昨晚我拿枕头捂着耳朵到天亮",
            ],
        ),
        (
            "en",
            [
                "my roommate plays games all night",
                "I asked him once and he said sure and two days later it was the same",
                "last night I lay there with a pillow over my head until it got light",
            ],
        ),
    ],
)
def test_what_was_just_told_is_received_and_not_asked_for_again(
    assessor: Assessor, lang: str, texts: list[str]
) -> None:
    """A sentence that asks nothing, then one that does, and none that wants the moment told."""
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    shown: list[str] = []
    replies = []
    for place in range(1, len(texts) + 1):
        said = talk.reply(texts[:place], shown, lang=lang)
        shown.append(said.text)
        replies.append(BY_ID[lang][said.id])
    assert "roommate" in replies[0].tags
    assert all("roommate" in one.tags and not one.scene for one in replies[1:])
    asked = [bool(re.search("[?？]", text)) for text in shown]
    assert not any(not first and not second for first, second in pairwise(asked))


def test_a_wish_to_know_who_reads_along_is_answered_with_just_that(assessor: Assessor) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    chosen = talk.reply(["我写的东西老师会看到吗"], [], lang="zh", tags=("about_me",))
    assert "ask_keep" in BY_ID["zh"][chosen.id].tags


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_never_repeats_before_all_are_used(assessor: Assessor, lang: str) -> None:
    talk = GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
    text = {"zh": "室友又吵架了，我很难过", "en": "my roommate again, I feel sad"}[lang]
    shown: list[str] = []
    usable = sum(not reply.recalls for reply in REPLIES.replies(lang))
    while len(shown) < usable:
        chosen = talk.reply([text], shown, lang=lang)
        assert not BY_ID[lang][chosen.id].is_in(shown)
        shown.append(chosen.text)
        if len(shown) > 150:  # all that need no quotation may be used up before the others
            break
    assert len(set(shown)) == len(shown)


@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=5), stage=st.sampled_from(Stage))
@settings(max_examples=25)
def test_any_talk_is_answered(assessor: Assessor, texts: list[str], stage: Stage) -> None:
    for lang in ("zh", "en"):
        assert (
            GuidedTalk(REPLIES, MOVES, QUOTING, assessor)
            .reply(texts, [], lang=lang, stage=stage)
            .text
        )


def quoted(assessor: Assessor, text: str, lang: str) -> str:
    safe = lambda clause: assessor.assess(clause).level == 0  # noqa: E731
    return QUOTING.phrase(text, lang, weight=lambda _: 1.0, is_safe=safe)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "王明说我很笨"),
        ("zh", "小李不理我了"),
        ("zh", "张老师骂我"),
        ("zh", "我想死"),
        ("zh", "电话13800001111"),
        ("zh", "我真的完全不知道接下来这一整年应该怎么过下去"),
        ("zh", "哈哈哈"),
        ("zh", "你是谁"),
        ("en", "Anna hates me"),
        ("en", "my friend sarah left"),
        ("en", "I told Kevin everything"),
        ("en", "I want to die"),
        ("en", "are you there?"),
        ("en", "call 5551234"),
    ],
)
def test_names_risk_and_idle_words_are_not_quoted(assessor: Assessor, lang: str, text: str) -> None:
    assert quoted(assessor, text, lang) == ""


@pytest.mark.parametrize(
    ("lang", "text", "phrase"),
    [
        ("zh", "但是心里堵得慌，真的不知道该怎么开口跟他们讲这件事情", "心里堵得慌"),
        (
            "en",
            "But I feel so small, and there is nothing I can do to change it",
            "I feel so small",
        ),
    ],
)
def test_a_telling_clause_is_quoted(assessor: Assessor, lang: str, text: str, phrase: str) -> None:
    assert quoted(assessor, text, lang) == phrase
