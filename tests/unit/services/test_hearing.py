"""What a written reply goes by: the subject of the talk, and what a message does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.content.guided import LANGS, GuidedReplies
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.domain.passage import Found, Passage
from psylite_desktop.domain.talk import Act
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.guided import GuidedTalk
from psylite_desktop.services.hearing import REMEMBERED, SURE, Heard, Hearing

ASSETS = Path(__file__).parents[3] / "assets"
REPLIES = GuidedReplies.load(ASSETS)
MOVES = Moves.load(ASSETS)
BY_ID = {lang: {reply.id: reply for reply in REPLIES.replies(lang)} for lang in LANGS}


def heard(lang: str, *texts: str) -> Heard:
    return Hearing(REPLIES, MOVES).hear(texts, lang, (), ())


@pytest.mark.parametrize(
    ("lang", "text", "act"),
    [
        ("zh", "他昨天把我的杯子扔了", Act.MORE),
        ("zh", "哭了一晚上", Act.HURT),
        ("zh", "烦死了", Act.HURT),
        ("zh", "是不是我太软了", Act.BLAME),
        ("zh", "都怪我", Act.BLAME),
        ("zh", "我不敢顶嘴", Act.STUCK),
        ("zh", "说了也没用", Act.STUCK),
        ("zh", "我发现我总在讨好他", Act.WONDER),
        ("zh", "嗯", Act.SHORT),
        ("zh", "不知道说什么", Act.SHORT),
        ("zh", "那我该怎么办呢", Act.ASK),
        ("zh", "这半只袖子，你看怎么好？", Act.ASK),
        ("en", "he threw my mug away yesterday", Act.MORE),
        ("en", "it hurts a lot", Act.HURT),
        ("en", "I feel guilty", Act.BLAME),
        ("en", "is it my fault?", Act.BLAME),
        ("en", "I can't say no", Act.STUCK),
        ("en", "nobody listens anyway", Act.STUCK),
        ("en", "I realise I always apologise first", Act.WONDER),
        ("en", "yeah, kind of", Act.SHORT),
        ("en", "idk", Act.SHORT),
        ("en", "should I text her?", Act.ASK),
    ],
)
def test_what_a_message_does(lang: str, text: str, act: Act) -> None:
    assert MOVES.act(text, lang) is act


@pytest.mark.parametrize(
    ("lang", "texts", "subject"),
    [
        ("zh", ["奶奶走了"], ""),
        ("zh", ["奶奶走了", "家里到处是她的东西"], "grief"),
        ("zh", ["我和男朋友分手了", "三年了，说散就散", "哭了一晚上"], "breakup"),
        ("zh", ["室友又半夜打游戏", "刚他推门进来，我立马装睡，笑死"], "roommate"),
        ("zh", ["室友又半夜打游戏", "谢谢你听我说"], ""),
        ("zh", ["天天加班", "领导还当众骂我"], ""),
        ("zh", ["天天加班", "领导还当众骂我", "我不敢顶嘴"], "boss"),
        ("en", ["my grandmother passed away", "her things are all over the house"], "grief"),
        ("en", ["we broke up yesterday", "I miss the mornings"], "breakup"),
        ("en", ["my roommate again", "that's not what I meant"], ""),
    ],
)
def test_the_subject_a_talk_stays_with(lang: str, texts: list[str], subject: str) -> None:
    assert heard(lang, *texts).subject == subject


def near(score: float, *tags: str) -> list[Found]:
    return [Found(Passage("techniques", "x", "zh", "题", "…", say="问？", tags=tags), score)]


def passages(*found: tuple[str, float, tuple[str, ...]]) -> list[Found]:
    return [
        Found(Passage("techniques", name, "zh", "题", "…", say="问？", tags=tags), score)
        for name, score, tags in found
    ]


def test_passages_that_agree_name_what_no_word_says() -> None:
    texts = ["今天我把她的毛线筐翻出来了。", "里面有半只袖子，针还插着。"]
    alone = passages(("grief-returns", 0.41, ("grief", "sad")), ("grief", 0.35, ("grief", "sad")))
    hearing = Hearing(REPLIES, MOVES)
    assert "grief" in hearing.hear(texts[:1], "zh", (), alone).now
    assert hearing.hear(texts, "zh", (), ()).subject == "grief"
    apart = passages(("grief", 0.35, ("grief", "sad")), ("money-worries", 0.34, ("money",)))
    hearing = Hearing(REPLIES, MOVES)
    assert "grief" not in hearing.hear(texts[:1], "zh", (), apart).now


def test_the_talk_as_a_whole_says_what_it_is_about() -> None:
    texts = ["他又这样了", "我戴耳塞都能听见", "刚他推门进来，我立马装睡"]
    around = passages(("roommate-conflict", 0.5, ("roommate", "conflict")))
    assert Hearing(REPLIES, MOVES).hear(texts, "zh", (), ()).subject == ""
    assert Hearing(REPLIES, MOVES).hear(texts, "zh", (), (), around).subject == "roommate"


def test_a_sentence_in_passing_does_not_open_another_subject() -> None:
    texts = ["奶奶走了", "家里到处是她的东西", "儿子打电话问我吃没吃，我说吃了"]
    near_it = passages(("calling-home", 0.5, ("homesick",)))
    around = passages(("grief", 0.44, ("grief", "sad")), ("calling-home", 0.37, ("homesick",)))
    hearing = Hearing(REPLIES, MOVES)
    assert hearing.hear(texts, "zh", (), near_it, around).subject == "grief"
    assert hearing.hear(texts, "zh", (), near_it, near_it).subject == ""
    surely = passages(("calling-home", 0.7, ("homesick",)))
    assert hearing.hear(texts, "zh", (), surely, around).subject == ""


def test_the_situation_that_a_reply_took_up_is_the_subject_now() -> None:
    hearing = Hearing(REPLIES, MOVES)
    first = "室友打游戏开麦到两点"
    hearing.hear([first], "zh", (), passages(("gaming", 0.49, ("habits", "online"))))
    assert hearing.hear([first, "第四天了"], "zh", (), ()).subject == "habits"
    hearing.answered(first, ("roommate", "conflict"), "zh")
    assert hearing.hear([first, "第四天了"], "zh", (), ()).subject == "roommate"


def test_a_living_animal_is_no_loss_and_light_talk_stays_light() -> None:
    texts = ["没啥事，就是来聊两句", "我家猫趴在电脑主机上睡觉", "它叫土豆，橘猫"]
    light = passages(("small-talk", 0.5, ("smalltalk", "greeting")))
    around = passages(("losing-a-pet", 0.44, ("pets", "grief")), ("grief", 0.4, ("grief",)))
    hearing = Hearing(REPLIES, MOVES)
    hearing.hear(texts[:1], "zh", (), light)
    hearing.hear(texts[:2], "zh", (), light, around)
    assert hearing.hear(texts, "zh", (), around, around).subject == ""
    gone = passages(("losing-a-pet", 0.6, ("pets", "grief")))
    sad = Hearing(REPLIES, MOVES)
    sad.hear(["我家的猫走了，十四年"], "zh", (), gone)
    assert sad.hear(["我家的猫走了，十四年", "碗还放在那儿"], "zh", (), ()).subject == "pets"


def test_asking_what_to_do_stays_with_the_subject() -> None:
    texts = ["室友又半夜打游戏", "他当没听见", "我该怎么办"]
    heard = Hearing(REPLIES, MOVES).hear(texts, "zh", ("advice",), ())
    assert (heard.subject, heard.act) == ("roommate", Act.ASK)
    assert Hearing(REPLIES, MOVES).hear(texts, "zh", ("goodbye",), ()).subject == ""


def test_a_passage_that_is_surely_meant_opens_its_own_subject() -> None:
    hearing = Hearing(REPLIES, MOVES)
    texts = ["室友又半夜打游戏", "卡里剩二百一"]
    assert hearing.hear(texts, "zh", (), near(SURE - 0.1, "money")).subject == "roommate"
    assert hearing.hear(texts, "zh", (), near(SURE, "money")).subject == ""
    assert hearing.hear(texts, "zh", (), near(SURE, "money", "roommate")).subject == "roommate"


def test_what_the_passages_said_of_an_earlier_message_is_remembered() -> None:
    hearing = Hearing(REPLIES, MOVES)
    first = "卡里剩二百一，离十五号还有十一天"
    hearing.hear([first], "zh", (), near(SURE, "money"))
    assert hearing.hear([first, "一笔一笔糊里糊涂的"], "zh", (), ()).subject == "money"
    assert Hearing(REPLIES, MOVES).hear([first, "一笔一笔"], "zh", (), ()).subject == ""


def test_memory_of_messages_has_an_end() -> None:
    hearing = Hearing(REPLIES, MOVES)
    first = "卡里剩二百一，离十五号还有十一天"
    hearing.hear([first], "zh", (), near(SURE, "money"))
    for place in range(REMEMBERED):
        hearing.hear([f"第{place}句"], "zh", (), ())
    assert hearing.hear([first, "一笔一笔"], "zh", (), ()).subject == ""


@pytest.mark.parametrize("lang", LANGS)
def test_every_named_situation_can_be_gone_on_with_whatever_a_message_does(lang: str) -> None:
    for tag, entry in REPLIES.tags(lang).items():
        if entry.label:
            for act in Act:
                least = 6 if act is Act.MORE else 3
                assert len(REPLIES.going_on(lang, tag, act)) >= least, (tag, act)


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "zh",
            ["奶奶走了", "她最疼我", "家里到处是她的东西", "我都没哭出来", "嗯", "怎么才能好受点"],
        ),
        (
            "en",
            [
                "we broke up",
                "three years",
                "I cried all night",
                "is it my fault",
                "yeah",
                "what now",
            ],
        ),
    ],
)
def test_six_turns_stay_with_their_subject(assessor: Assessor, lang: str, texts: list[str]) -> None:
    talk = GuidedTalk(REPLIES, MOVES, Quoting.load(ASSETS), assessor)
    subject = {"zh": "grief", "en": "breakup"}[lang]
    shown: list[str] = []
    for place in range(len(texts)):
        reply = talk.reply(texts[: place + 1], shown, lang=lang)
        assert subject in BY_ID[lang][reply.id].tags
        if place:
            assert BY_ID[lang][reply.id].act is not None
            assert subject in reply.topics
        shown.append(reply.text)
    assert len(set(shown)) == len(shown)


def test_a_second_talk_about_the_same_goes_on_in_other_words(assessor: Assessor) -> None:
    talk = GuidedTalk(REPLIES, MOVES, Quoting.load(ASSETS), assessor)
    first = talk.reply(["奶奶走了", "她的杯子还在"], ["…"], lang="zh")
    second = talk.reply(["奶奶走了", "她的杯子还在"], ["…"], lang="zh")
    assert first.id != second.id


@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=6), lang=st.sampled_from(LANGS))
@settings(max_examples=60)
def test_any_talk_is_heard(texts: list[str], lang: str) -> None:
    found = heard(lang, *texts)
    # Joy can be gone on with and has no name to come back to.
    assert found.subject in {"", "joy"} or REPLIES.tags(lang)[found.subject].label
    assert found.act in Act
