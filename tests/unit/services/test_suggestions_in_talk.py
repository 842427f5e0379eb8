"""An exercise beside a reply: where it is welcome, once, and one thing at a time."""

from __future__ import annotations

from collections.abc import Callable

from psylite_desktop.domain.aside import Aside
from psylite_desktop.domain.chat_events import ChatEvent, Finished
from psylite_desktop.domain.conversation import Route
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.suggestion import Place, Suggestion
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.scripted_model import ScriptedIndex, ScriptedModel
from tests.unit.services.conftest import Talk

MakeTalk = Callable[..., Talk]


def made(make_talk: MakeTalk) -> Talk:
    return make_talk(ScriptedModel("嗯，我在听。"), ScriptedIndex("我在听。"))


def last(events: list[ChatEvent]) -> Finished:
    assert isinstance(events[-1], Finished)
    return events[-1]


def beside(finished: Finished) -> tuple[Suggestion | None, Aside | None]:
    return finished.suggestion, finished.aside


def test_who_asks_to_calm_down_is_led_to_an_exercise(make_talk: MakeTalk) -> None:
    talk = made(make_talk)
    finished = last(talk.say("教我一个呼吸练习放松一下"))
    assert finished.route is Route.EXERCISE
    assert finished.suggestion is not None
    assert finished.suggestion.item.id == "breath-sigh"
    assert finished.aside is None
    (offer,) = talk.vault.suggestions.since(0)
    assert (offer.place, offer.item) == (Place.TALK, "exercise:breath-sigh")
    again = last(talk.say("再教我一个放松的练习"))
    assert again.suggestion is None or again.suggestion.item.id != "breath-sigh"


def test_asthma_said_in_this_very_talk_is_heard(make_talk: MakeTalk) -> None:
    talk = made(make_talk)
    talk.say("我有哮喘，最近压力好大")
    finished = last(talk.say("教我放松一下"))
    assert finished.suggestion is None or not finished.suggestion.item.id.startswith("breath")


def test_whoever_is_still_telling_is_offered_nothing(make_talk: MakeTalk) -> None:
    finished = last(made(make_talk).say("最近拖着论文不想动，很烦"))
    assert finished.route is Route.EXPLORE
    assert finished.suggestion is None


def test_danger_brings_no_exercise(make_talk: MakeTalk) -> None:
    talk = made(make_talk)
    assert last(talk.say("我不想活了，教我放松一下")).suggestion is None
    assert last(talk.say("教我放松一下")).suggestion is None
    assert talk.vault.suggestions.since(0) == []


def test_an_offer_that_cannot_be_kept_is_not_made(make_talk: MakeTalk) -> None:
    class Full(MemoryVault):
        """Takes messages, but no offers."""

    vault = Full()
    talk = make_talk(ScriptedModel("嗯。"), ScriptedIndex("我在听。"), vault)

    def refuse(*_args: object) -> None:
        raise VaultError("vault_disk_full")

    vault.suggestions.add = refuse  # type: ignore[method-assign, assignment]
    finished = last(talk.say("教我放松一下"))
    assert finished.suggestion is None
    assert "vault_disk_full" in finished.why
    assert finished.reply.text
