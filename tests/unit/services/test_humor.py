"""The gate before humor, and the piece behind it. No case of forge/texts/humor is repeated here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.app.services import AppServices
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.humor import ASKED, JOKED, RELIEVED, SOUNDED
from psylite_desktop.domain.aside import AsideKind, AsideRating, ShownAside
from psylite_desktop.domain.chat_events import Finished
from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.lightness import LightnessClassifier
from psylite_desktop.services.humor import Bar, HumorSigns, bar_of, is_welcome
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.scripted_model import ScriptedIndex, ScriptedModel
from tests.unit.services.conftest import ASSETS, HUMOR, SIGNS, Talk

MakeTalk = Callable[..., Talk]
SITUATIONS = GuidedReplies.load(ASSETS)
REPLY = "听起来今天挺好，论文也有了着落，松口气吧。"
NOW = 1_790_000_000.0
DAY = 24 * 3600.0


def second_session(make_talk: MakeTalk, vault: MemoryVault | None = None) -> Talk:
    vault = vault or MemoryVault()
    make_talk(ScriptedModel(REPLY), ScriptedIndex("x"), vault).say("你好呀")
    return make_talk(ScriptedModel(*[REPLY, "我在听你说。"] * 3), ScriptedIndex("x"), vault)


def last(talk: Talk, text: str) -> Finished:
    event = talk.say(text)[-1]
    assert isinstance(event, Finished)
    return event


def test_who_asks_gets_an_answer_and_one_piece_a_session(make_talk: MakeTalk) -> None:
    talk = second_session(make_talk)
    finished = last(talk, "今天挺顺的，给我讲个相声吧")
    assert finished.aside is not None
    assert (finished.aside.kind, finished.aside.passage.id) == (AsideKind.CROSSTALK, "listen")
    assert finished.aside.why.code == ASKED
    assert finished.aside.why.words in "今天挺顺的，给我讲个相声吧"
    assert (finished.route, finished.reply.mode) == (Route.JOY, Mode.WRITTEN)
    assert finished.aside.passage.text not in finished.reply.text
    assert last(talk, "再来个笑话").aside is None


def test_who_is_relieved_is_answered_first(make_talk: MakeTalk) -> None:
    finished = last(second_session(make_talk), "论文终于交了，松了口气")
    assert finished.aside is not None
    assert finished.aside.why.code == RELIEVED
    assert finished.reply.text == REPLY


def test_no_humor_in_the_first_session(make_talk: MakeTalk) -> None:
    talk = make_talk(ScriptedModel(REPLY), ScriptedIndex("x"))
    assert last(talk, "讲个笑话吧").aside is None


def test_the_switch_is_obeyed(make_talk: MakeTalk) -> None:
    vault = MemoryVault()
    vault.settings.save(replace(PrivateSettings(), humor=False))
    assert last(second_session(make_talk, vault), "讲个笑话吧").aside is None


@pytest.mark.parametrize(
    "text",
    ["我不想活了，讲个笑话吧", "外婆上周走了，给我讲个笑话吧", "哈哈我真是个废物，讲个段子"],
)
def test_dark_words_shut_the_gate(make_talk: MakeTalk, text: str) -> None:
    assert last(second_session(make_talk), text).aside is None


def test_what_was_said_a_little_earlier_still_counts(make_talk: MakeTalk) -> None:
    talk = second_session(make_talk)
    talk.say("外婆上周走了")
    assert last(talk, "讲个笑话吧").aside is None


@pytest.mark.parametrize(("days", "shown"), [(29, False), (31, True)])
def test_not_funny_holds_for_thirty_days(make_talk: MakeTalk, days: int, shown: bool) -> None:
    vault = MemoryVault()
    before = vault.asides.add(ShownAside(AsideKind.CROSSTALK, "other", NOW - days * DAY))
    vault.asides.rate(before.id, AsideRating.NOT_FUNNY, at=NOW - days * DAY)
    assert (last(second_session(make_talk, vault), "讲个笑话吧").aside is not None) is shown


@pytest.mark.parametrize(("days", "shown"), [(29, False), (31, True)])
def test_a_piece_does_not_come_back_soon(make_talk: MakeTalk, days: int, shown: bool) -> None:
    vault = MemoryVault()
    vault.asides.add(ShownAside(AsideKind.CROSSTALK, "listen", NOW - days * DAY))
    assert (last(second_session(make_talk, vault), "讲个笑话吧").aside is not None) is shown


def test_a_week_must_pass_after_risk() -> None:
    calm = RiskState(raised_at=0.0)
    assert not is_welcome(Assessment(), calm, now=6 * DAY)
    assert is_welcome(Assessment(), calm, now=8 * DAY)
    assert not is_welcome(Assessment(), RiskState(level=Level.WATCH, raised_at=0.0), now=8 * DAY)
    assert not is_welcome(Assessment(humor_blocked=True), RiskState(), now=0.0)


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("讲个笑话", "zh", ASKED),
        ("来点轻松的吧", "zh", ASKED),
        ("别讲笑话了", "zh", ""),
        ("他们都看我笑话", "zh", ""),
        ("哈哈哈我把盐当成糖了", "zh", JOKED),
        ("哈哈我真没用", "zh", ""),
        ("终于交卷了！", "zh", RELIEVED),
        ("终于分手了，松了口气", "zh", ""),
        ("今天食堂人好多", "zh", ""),
        ("Tell me a joke", "en", ASKED),
        ("make me laugh please", "en", ASKED),
        ("my life is a joke", "en", ""),
        ("don't tell me a joke", "en", ""),
        ("haha I salted my tea", "en", JOKED),
        ("lol I'm so worthless", "en", ""),
        ("phew, finals are over", "en", RELIEVED),
        ("it's finally over between us, what a relief", "en", ""),
    ],
)
def test_a_sign_is_told_from_words_that_look_like_it(text: str, lang: str, code: str) -> None:
    sign = HUMOR.sign(text, lang)
    assert (sign.code if sign else "") == code


@given(text=st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for lang in ("zh", "en"):
        sign = HUMOR.sign(text, lang)
        assert sign is None or sign.words


@pytest.mark.parametrize(
    ("text", "lang", "blocked"),
    [
        ("got laid off right before my deadline, tell me a joke", "en", True),
        ("my deadline is over, tell me a joke", "en", False),
        ("笑死，我刚被裁员了，讲个笑话", "zh", True),
        ("笑死，猫又睡在键盘上，讲个笑话", "zh", False),
    ],
)
def test_harmless_words_excuse_only_themselves(text: str, lang: str, blocked: bool) -> None:
    assert HUMOR.blocks(text, (), lang) is blocked


def test_a_page_full_of_laughter_is_no_sign() -> None:
    assert HUMOR.sign("哈" * 20_000, "zh") is None
    assert HUMOR.sign("ha" * 10_000, "en") is None


def test_a_piece_does_not_meet_its_taboo() -> None:
    assert HUMOR.is_taboo(("insomnia",), {"sleep"}, "zh")
    assert not HUMOR.is_taboo(("insomnia",), {"work"}, "zh")
    assert not HUMOR.is_taboo((), {"sleep"}, "zh")


LIGHT = "隔壁的鹦鹉学会了我妈喊我吃饭，今天我白跑了三趟厨房"
"""No pattern finds a sign in it."""


class AlwaysLight(LightnessClassifier):
    """Hears something light in everything."""

    def __init__(self) -> None:
        pass

    def probability(self, texts: Sequence[str], lang: str) -> float:
        return 1.0

    def welcomes(self, texts: Sequence[str], lang: str) -> bool:
        return True

    def doubts(self, texts: Sequence[str], lang: str) -> bool:
        return False

    def is_sure(self, texts: Sequence[str], lang: str) -> bool:
        return True


class AlwaysGrave(AlwaysLight):
    """Doubts everything."""

    def welcomes(self, texts: Sequence[str], lang: str) -> bool:
        return False

    def doubts(self, texts: Sequence[str], lang: str) -> bool:
        return True

    def is_sure(self, texts: Sequence[str], lang: str) -> bool:
        return False


@pytest.fixture
def all_light(
    monkeypatch: pytest.MonkeyPatch, app_services: AppServices, make_talk: MakeTalk
) -> MakeTalk:
    def make(*args: object) -> Talk:
        signs = HumorSigns(HUMOR, AlwaysLight())
        monkeypatch.setattr(HumorSigns, "sign", lambda _self, *given: sign(signs, *given))
        return make_talk(*args)

    sign = HumorSigns.sign
    return make


def test_what_only_sounds_light_is_offered_and_never_shown(all_light: MakeTalk) -> None:
    finished = last(second_session(all_light), LIGHT)
    assert finished.aside is not None
    assert (finished.aside.why.code, finished.aside.why.certain) == (SOUNDED, False)
    assert finished.route is not Route.JOY, "the message is answered, nothing was asked for"


def test_it_is_offered_once_a_session(all_light: MakeTalk) -> None:
    talk = second_session(all_light)
    assert last(talk, LIGHT).aside is not None
    assert last(talk, LIGHT).aside is None


def test_not_in_the_first_session_whatever_it_sounds_like(all_light: MakeTalk) -> None:
    assert last(all_light(ScriptedModel(REPLY), ScriptedIndex("x")), LIGHT).aside is None


@pytest.mark.parametrize("text", ["我不想活了", "外婆上周走了", "我跟他离婚了", "哈哈我真是个废物"])
def test_every_bar_beats_the_model(all_light: MakeTalk, text: str) -> None:
    talk = second_session(all_light)
    assert last(talk, text).aside is None
    assert last(talk, LIGHT).aside is None, "it still counts a little later"


def test_the_switch_beats_the_model(all_light: MakeTalk) -> None:
    vault = MemoryVault()
    vault.settings.save(replace(PrivateSettings(), humor=False))
    assert last(second_session(all_light, vault), LIGHT).aside is None


def test_not_funny_beats_the_model(all_light: MakeTalk) -> None:
    vault = MemoryVault()
    before = vault.asides.add(ShownAside(AsideKind.CROSSTALK, "other", NOW - DAY))
    vault.asides.rate(before.id, AsideRating.NOT_FUNNY, at=NOW - DAY)
    assert last(second_session(all_light, vault), LIGHT).aside is None


def test_a_plain_wish_stands_and_a_doubted_sign_does_not() -> None:
    doubting = HumorSigns(HUMOR, AlwaysGrave())
    plain = doubting.sign(["讲个笑话"], "zh")
    assert plain is not None
    assert plain.certain
    assert doubting.sign(["哈哈哈我把盐当成糖了"], "zh") is None
    assert HumorSigns(HUMOR).sign(["哈哈哈我把盐当成糖了"], "zh") is not None


@given(texts=st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_a_certain_sign_needs_a_pattern(texts: list[str]) -> None:
    for lang in ("zh", "en"):
        why = SIGNS.sign(texts, lang)
        if why is not None and why.certain:
            assert HUMOR.sign(texts[-1], lang) is not None


@pytest.mark.parametrize(
    ("lang", "text", "bar"),
    [
        ("zh", "隔壁的鹦鹉会唱戏", Bar.NONE),
        ("zh", "我们队输了一兜橘子，甜得很", Bar.LOOSE),
        ("zh", "搬家的最后一个箱子里全是筷子", Bar.LOOSE),
        ("zh", "雅思出分了，我妈问是不是满分十分", Bar.LOOSE),
        ("zh", "我爸没了", Bar.FIRM),
        ("zh", "最后一个箱子上写着他的名字，他上个月去世了", Bar.FIRM),
        ("zh", "哈哈我真没用", Bar.FIRM),
        ("en", "a parrot sings next door", Bar.NONE),
        ("en", "would you rather fight one horse-sized duck", Bar.LOOSE),
        ("en", "a magpie looked me dead in the eye and took my sausage", Bar.LOOSE),
        ("en", "the scan was fine and it's twins", Bar.LOOSE),
        ("en", "my dad is dead", Bar.FIRM),
        ("en", "they let me go on Monday, one last thing before I hand in my badge", Bar.FIRM),
        ("en", "haha I'm so useless", Bar.FIRM),
    ],
)
def test_words_that_prove_nothing_alone_bar_loosely(
    lang: str, text: str, bar: Bar, assessor: Assessor
) -> None:
    assert bar_of(text, lang, HUMOR, SITUATIONS, assessor.assess) is bar
