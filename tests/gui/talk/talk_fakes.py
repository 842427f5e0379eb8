"""Hand-written stand-ins for what Talk and Help are built from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtWidgets import QApplication

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.journal_prompts import JournalPrompts
from psylite_desktop.content.memory import MemoryRules
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.content.protocol import ProtocolTexts
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.aside import Aside, ShownAside
from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatEvent,
    ChatRequest,
    Failed,
    Finished,
    PassageUse,
    Phase,
    Progressed,
    Routed,
    Wrote,
)
from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.risk import Assessment, Kind, Level, Reason, Who
from psylite_desktop.domain.settings import Language, PlainSettings, Theme
from psylite_desktop.domain.suggestion import Suggestion
from psylite_desktop.safety.state import advance, misread, not_about_me
from psylite_desktop.services.asides import AsideService
from psylite_desktop.services.backup import BackupService
from psylite_desktop.services.check_ins import CheckInService
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.corrections import CorrectionService
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.services.history import HistoryService
from psylite_desktop.services.insights import InsightsService
from psylite_desktop.services.journal import JournalService
from psylite_desktop.services.journal_prompts import PromptChoice
from psylite_desktop.services.memory import MemoryService
from psylite_desktop.services.off_the_record import TalkStore
from psylite_desktop.services.ratings import RatingService
from psylite_desktop.services.safety_plan import SafetyPlanService
from psylite_desktop.services.scales import ScaleService
from psylite_desktop.services.session import Session
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.services.whereabouts import Whereabouts
from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.context import AppContext, PageContext
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.switch import ThemeSwitch
from tests.fakes.closing import make_closing
from tests.fakes.earlier import make_earlier
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.outward import make_outward
from tests.fakes.own_mirror import make_mirror
from tests.fakes.suggestions import make_suggestions

ASSETS = Path(__file__).parents[3] / "assets"
WORDS = CheckInWords.load(ASSETS)
JOURNAL_PROMPTS = JournalPrompts.load(ASSETS)
REPLY = ("I hear you. ", "That sounds heavy. ", "What is the hardest part?")


def hotline(number: str, *, use: str = "emotional", one_source: bool = False) -> Hotline:
    return Hotline(
        id=f"line-{number}",
        region="cn",
        number=number,
        dial=number,
        sms="",
        use=use,
        name={"zh": f"心理援助热线 {number}", "en": f"Help line {number}"},
        hours={"zh": "以当地公布为准", "en": "hours differ by place"},
        languages=("zh",),
        for_whom={"zh": "任何人", "en": "everybody"},
        sources=("test",),
        checked_on="2026-10-01",
        one_source=one_source,
    )


class FakeHelp:
    """Cards without content files."""

    def __init__(self) -> None:
        self.asked: list[Assessment] = []

    def card(
        self,
        assessment: Assessment,
        *,
        lang: str,
        region: str,
        previous: str = "",
        young: bool = False,
    ) -> CrisisCard:
        self.asked.append(assessment)
        zh = lang == "zh"
        warm = (
            "谢谢你说出来。你不用一个人扛着。"
            if zh
            else "Thank you for saying it. You do not have to carry this alone."
        )
        friend = "你很在乎这个朋友。" if zh else "You care about this friend."
        lines = (hotline("12356"), hotline("400-161-9995", one_source=True)) if region else ()
        return CrisisCard(
            level=assessment.level,
            kind=assessment.kind,
            who=assessment.who,
            lang=lang,
            sentence=friend if assessment.who is Who.OTHER else warm,
            lines=lines,
            emergency=hotline("120", use="emergency") if region else None,
            steps=("去一个有人的地方", "把东西放远一点")
            if zh
            else ("Go where people are", "Put distance between you and it"),
            message="我现在很难受，能陪我说说话吗？" if zh else "I feel bad. Can you talk with me?",
            grounding=("说出你看到的五样东西", "说出四样能摸到的东西")
            if zh
            else ("Name five things you see", "Name four things you can touch"),
        )

    def lines(self, region: str, lang: str) -> list[Hotline]:
        found = [hotline("12356"), hotline("400-161-9995", one_source=True)]
        return [*found, hotline("120", use="emergency")] if region else []

    def notice(self, lang: str) -> str:
        return "Choose a region first."


SIGNS = (
    ("level3", Level.EMERGENCY, Who.SELF),
    ("friend2", Level.CRISIS, Who.OTHER),
    ("level2", Level.CRISIS, Who.SELF),
    ("level1", Level.WATCH, Who.SELF),
)
"""Words that the fake screening hears."""


@dataclass
class FakeScreening:
    """Levels by a word in the text; the state machine is the real one."""

    vault: MemoryVault
    previewed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = self.vault.risk_state.load()

    def look(self, text: str) -> Assessment:
        for word, level, who in SIGNS:
            if word in text:
                place = text.index(word)
                reason = Reason("en.intent.test", level, place, place + len(word))
                return Assessment(level, Kind.SUICIDE, who, reasons=(reason,))
        return Assessment()

    def preview(self, text: str):
        self.previewed.append(text)
        assessment = self.look(text)
        return assessment, advance(self.state, assessment, now=0.0)

    def take(self, text: str, *, only_up: bool = False):
        assessment = self.look(text)
        if only_up and assessment.level is Level.NONE:
            return assessment, self.state
        self.state = advance(self.state, assessment, now=0.0)
        self.vault.risk_state.save(self.state)
        return assessment, self.state

    def preview_answer(self, assessment: Assessment):
        return advance(self.state, assessment, now=0.0)

    def take_answer(self, assessment: Assessment):
        self.state = self.preview_answer(assessment)
        self.vault.risk_state.save(self.state)
        return self.state

    def take_misread(self):
        self.state = misread(self.state)
        self.vault.risk_state.save(self.state)
        return self.state

    def take_not_about_me(self):
        self.state = not_about_me(self.state)
        self.vault.risk_state.save(self.state)
        return self.state


class ScriptedChat:
    """Behaves like ChatService: assesses, stores, writes pieces, stores the reply.

    `gate` holds the reply after its first piece, `door` holds the turn before anything happened.
    """

    def __init__(self, vault: MemoryVault, screening: FakeScreening) -> None:
        self.vault = vault
        self.screening = screening
        self.store = TalkStore(vault.conversations)
        self.memories: tuple[str, ...] = ()
        self.pieces: tuple[str, ...] = REPLY
        self.mode = Mode.PRACTICE
        self.why = ""
        self.aside: Aside | None = None
        self.rests_on = ""
        self.passages: tuple[PassageUse, ...] = ()
        self.suggestion: Suggestion | None = None
        self.route = Route.EXPLORE
        self.code = ""
        self.gate = threading.Event()
        self.gate.set()
        self.door = threading.Event()
        self.door.set()
        self.requests: list[ChatRequest] = []
        self.read: list[tuple[int | None, str, int | None] | None] = []

    def start(self) -> int:
        return self.store.start(1.0)

    def start_off_the_record(self) -> int:
        return self.store.start_off_the_record()

    def forget(self, conversation_id: int) -> None:
        self.store.delete(conversation_id)

    def read_ahead(
        self, conversation_id: int | None, draft: str, *, replaces: int | None = None
    ) -> bool:
        self.read.append((conversation_id, draft, replaces))
        return True

    def drop_ahead(self) -> None:
        self.read.append(None)

    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        self.requests.append(request)
        number, place = request.request_id, request.conversation_id
        self.door.wait(20)
        store = self.store
        try:
            if request.regenerate:
                user = [m for m in store.messages(place) if m.role is Role.USER][-1]
                store.replace_from(place, user.id + 1, [])
                assessment, state = self.screening.look(user.text), self.screening.state
            else:
                assessment, state = self.screening.take(request.text)
                user = Message(Role.USER, request.text)
                if request.replaces is not None:
                    (user,) = store.replace_from(place, request.replaces, [user])
                else:
                    user = store.append(place, user)
        except VaultError as error:
            yield Failed(number, error.code)
            return
        yield Assessed(number, assessment, state)
        yield Routed(number, Route.EXPLORE, state.level >= Level.CRISIS, user)
        yield Progressed(number, Phase.READING, 0.5)
        if self.code:
            yield Failed(number, self.code)
            return
        yield Progressed(number, Phase.WRITING)
        text = ""
        for piece in self.pieces:
            if cancelled():
                break
            text += piece
            yield Wrote(number, piece)
            while not self.gate.is_set() and not cancelled():
                self.gate.wait(0.01)
        reply = Message(Role.ASSISTANT, text, mode=self.mode, complete=not cancelled())
        reply = store.append(place, reply) if text else reply
        aside = self.aside
        if aside is not None:
            kept = ShownAside(aside.kind, aside.passage.id, 1.0)
            aside = replace(aside, id=self.vault.asides.add(kept).id)
        yield Finished(
            number,
            reply,
            self.route,
            aside=aside,
            why=self.why,
            passages=self.passages,
            rests_on=self.rests_on,
            memories=self.memories,
            suggestion=self.suggestion,
        )


@dataclass
class Talk:
    """Everything a test wants to look at behind one page."""

    context: PageContext
    vault: MemoryVault
    chat: ScriptedChat
    screening: FakeScreening
    help: FakeHelp
    bridge: ChatBridge
    engine: EngineThread
    plain: PlainSettingsService

    def messages(self) -> list[Message]:
        """What is stored."""
        found = self.vault.conversations.conversations()
        return self.vault.conversations.messages(found[0].id) if found else []


def make_talk(
    app: QApplication, *, language: Language = Language.EN, region: str = "cn", **plain_changes: Any
) -> Talk:
    """Real theme, language, engine thread and bridge; the rest is scripted."""
    plain = PlainSettingsService(None)
    plain.change(**({"theme": Theme.LIGHT} | plain_changes), language=language, region=region)
    vault = MemoryVault()
    screening = FakeScreening(vault)
    chat = ScriptedChat(vault, screening)
    bridge = ChatBridge()
    engine = EngineThread(bridge.publish)
    helping = FakeHelp()
    models = SimpleNamespace(catalogue=())
    context = AppContext(
        language=LanguageSwitch(app, plain, ASSETS),
        theme=ThemeSwitch(app, plain, ASSETS),
        plain=plain,
        profiles=cast("Any", None),
        keys=cast("Any", None),
        passphrase_words=cast("Any", None),
        help=cast("Any", helping),
        protocol=ProtocolTexts.load(ASSETS),
        plan=PlanTexts.load(ASSETS),
        models=cast("Any", models),
        library=cast("Any", None),
        engine=engine,
        host=cast("Any", None),
        chat_bridge=bridge,
        whereabouts=Whereabouts({}),
        open_session=cast("Any", None),
    )
    clock = Clock()
    session = Session(
        **make_earlier(vault),
        vault=vault,
        screening=cast("Any", screening),
        chat=cast("Any", chat),
        history=HistoryService(vault.conversations),
        corrections=CorrectionService(vault.corrections, cast("Any", screening), clock),
        plan=SafetyPlanService(
            vault.safety_plan,
            clock,
            settings=vault.settings,
            shown=vault.shown_plan,
            obstacle=lambda: None,
        ),
        asides=AsideService(vault.asides, clock),
        memory=MemoryService(
            notes=vault.memory_notes,
            conversations=vault.conversations,
            settings=vault.settings,
            answered=vault.drafts,
            rules=MemoryRules.load(ASSETS, Quoting.load(ASSETS)),
            look=screening.look,
            clock=clock,
        ),
        closing=make_closing(vault, screening, language=language.value),
        check_ins=CheckInService(vault.check_ins, cast("Any", screening), WORDS, clock),
        exercises=ExerciseService(
            ExerciseTexts.of(ASSETS), vault.exercise_runs, cast("Any", screening), clock
        ),
        scales=ScaleService(
            texts=ScaleTexts.load(ASSETS),
            store=vault.scale_runs,
            drafts=vault.drafts,
            screening=cast("Any", screening),
            clock=clock,
        ),
        backups=BackupService(vault.backups, vault.drafts, clock),
        insights=InsightsService(
            check_ins=vault.check_ins,
            exercise_runs=vault.exercise_runs,
            scale_runs=vault.scale_runs,
            look=screening.look,
            clock=clock,
        ),
        ratings=RatingService(vault.ratings, clock),
        suggestions=make_suggestions(vault, screening),
        **make_outward(vault, screening, clock),
        journal=JournalService(
            store=vault.journal,
            check_ins=vault.check_ins,
            conversations=vault.conversations,
            prompts=PromptChoice(JOURNAL_PROMPTS, vault.drafts),
            screening=cast("Any", screening),
            clock=clock,
        ),
        mirror=make_mirror(screening.look),
        guest=False,
    )
    page_context = PageContext(context, session)
    return Talk(page_context, vault, chat, screening, helping, bridge, engine, plain)


__all__ = ["ASSETS", "REPLY", "FakeHelp", "PlainSettings", "Talk", "hotline", "make_talk"]
