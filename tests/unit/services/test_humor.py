from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from psylite_desktop.domain.chat_events import Finished
from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.humor import is_welcome
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.scripted_model import ScriptedIndex, ScriptedModel
from tests.unit.services.conftest import HUMOR, Talk

MakeTalk = Callable[..., Talk]
REPLY = "听起来今天不错。"


def second_session(make_talk: MakeTalk, vault: MemoryVault | None = None) -> Talk:
    vault = vault or MemoryVault()
    make_talk(ScriptedModel(REPLY), ScriptedIndex("x"), vault).say("你好呀")
    return make_talk(ScriptedModel(*[REPLY, "我在听你说。"] * 3), ScriptedIndex("x"), vault)


def last(talk: Talk, text: str) -> Finished:
    event = talk.say(text)[-1]
    assert isinstance(event, Finished)
    return event


def test_who_asks_for_a_joke_gets_one_piece_a_session(make_talk: MakeTalk) -> None:
    talk = second_session(make_talk)
    finished = last(talk, "今天挺顺的，给我讲个相声吧")
    assert finished.humor == "listen"
    assert (finished.route, finished.reply.mode) == (Route.JOY, Mode.WRITTEN)
    assert last(talk, "再来个笑话").humor == ""


def test_no_humor_in_the_first_session(make_talk: MakeTalk) -> None:
    talk = make_talk(ScriptedModel(REPLY), ScriptedIndex("x"))
    assert last(talk, "讲个笑话吧").humor == ""


def test_the_switch_is_obeyed(make_talk: MakeTalk) -> None:
    vault = MemoryVault()
    vault.settings.save(replace(PrivateSettings(), humor=False))
    assert last(second_session(make_talk, vault), "讲个笑话吧").humor == ""


@pytest.mark.parametrize(
    "text",
    ["我不想活了，讲个笑话吧", "外婆上周走了，给我讲个笑话吧", "哈哈我真是个废物，讲个段子"],
)
def test_dark_words_shut_the_gate(make_talk: MakeTalk, text: str) -> None:
    assert last(second_session(make_talk), text).humor == ""


def test_a_week_must_pass_after_risk() -> None:
    day = 24 * 3600.0
    calm = RiskState(raised_at=0.0)
    assert not is_welcome(Assessment(), calm, now=6 * day)
    assert is_welcome(Assessment(), calm, now=8 * day)
    assert not is_welcome(Assessment(), RiskState(level=Level.WATCH, raised_at=0.0), now=8 * day)
    assert not is_welcome(Assessment(humor_blocked=True), RiskState(), now=0.0)


@pytest.mark.parametrize(
    ("text", "lang", "asks"),
    [
        ("讲个笑话", "zh", True),
        ("来点轻松的吧", "zh", True),
        ("别讲笑话了", "zh", False),
        ("他们都看我笑话", "zh", False),
        ("Tell me a joke", "en", True),
        ("make me laugh please", "en", True),
        ("my life is a joke", "en", False),
        ("don't tell me a joke", "en", False),
    ],
)
def test_a_wish_is_told_from_words_that_look_like_it(text: str, lang: str, asks: bool) -> None:
    assert HUMOR.asks(text, lang) is asks
