"""Threads meet Qt: order, cancelling, owners that are gone, a thread that always ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread

from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatEvent,
    ChatRequest,
    Failed,
    Finished,
    Wrote,
)
from psylite_desktop.domain.conversation import Message, Role, Route
from psylite_desktop.domain.errors import PsyLiteError, VaultError
from psylite_desktop.domain.risk import CALM, RiskState
from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.bridge.tasks import VaultTasks


class Chat:
    """Answers with a fixed script; waits at `gate` before the second piece."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.waiting = threading.Event()
        self.closed = threading.Event()
        self.threads: list[str] = []

    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        self.threads.append(threading.current_thread().name)
        number = request.request_id
        try:
            yield Assessed(number, CALM, RiskState())
            yield Wrote(number, "one ")
            yield Wrote(number, "two")
            self.waiting.set()
            while not self.gate.is_set() and not cancelled():
                self.gate.wait(0.01)
            text = "one two" if not cancelled() else "one"
            reply = Message(Role.ASSISTANT, text, id=7, complete=not cancelled())
            yield Finished(number, reply, Route.EXPLORE)
        finally:
            self.closed.set()


class Listener(QObject):
    def __init__(self, bridge: ChatBridge) -> None:
        super().__init__()
        self.events: list[Any] = []
        self.on_gui_thread: list[bool] = []
        for name in ("assessed", "routed", "progressed", "wrote", "replaced"):
            getattr(bridge, name).connect(self.note)
        bridge.finished.connect(self.note)
        bridge.failed.connect(self.note)

    def note(self, event: ChatEvent) -> None:
        self.events.append(event)
        self.on_gui_thread.append(QThread.currentThread() is self.thread())


@pytest.fixture
def bridge(qapp):
    return ChatBridge()


@pytest.fixture
def engine(bridge):
    thread = EngineThread(bridge.publish)
    yield thread
    assert thread.stop(5)


def test_events_arrive_in_order_on_the_gui_thread_and_pieces_are_joined(qtbot, bridge, engine):
    chat, listener = Chat(), Listener(bridge)
    chat.gate.set()
    with qtbot.waitSignal(bridge.finished):
        engine.ask(chat, ChatRequest(engine.new_request_id(), 1, "hello"))
    kinds = [type(event).__name__ for event in listener.events]
    assert kinds[0] == "Assessed"
    assert kinds[-1] == "Finished"
    assert "".join(e.text for e in listener.events if isinstance(e, Wrote)) == "one two"
    assert all(listener.on_gui_thread)
    assert chat.threads == ["engine"]


def test_pieces_are_shown_while_the_reply_is_still_being_written(qtbot, bridge, engine):
    chat = Chat()
    with qtbot.waitSignal(bridge.wrote) as wrote:
        engine.ask(chat, ChatRequest(engine.new_request_id(), 1, "hello"))
    assert wrote.args[0].text.startswith("one ")
    with qtbot.waitSignal(bridge.finished):
        chat.gate.set()


def test_cancel_ends_a_running_turn_and_closes_the_generator(qtbot, bridge, engine):
    chat = Chat()
    number = engine.new_request_id()
    engine.ask(chat, ChatRequest(number, 1, "hello"))
    assert chat.waiting.wait(5)
    with qtbot.waitSignal(bridge.finished) as finished:
        engine.cancel(number)
    assert not finished.args[0].reply.complete
    assert chat.closed.wait(5)


def test_a_queued_message_is_still_stored_when_it_is_cancelled(qtbot, bridge, engine):
    chat = Chat()
    first, second = engine.new_request_id(), engine.new_request_id()
    engine.ask(chat, ChatRequest(first, 1, "hello"))
    engine.ask(chat, ChatRequest(second, 1, "more"))
    engine.cancel(second)
    listener = Listener(bridge)
    chat.gate.set()
    qtbot.waitUntil(lambda: sum(isinstance(e, Finished) for e in listener.events) == 2)
    assert listener.events[-1].request_id == second
    assert not listener.events[-1].reply.complete


def test_a_queued_regeneration_that_is_cancelled_never_reaches_the_chat(qtbot, bridge, engine):
    chat = Chat()
    first, second = engine.new_request_id(), engine.new_request_id()
    engine.ask(chat, ChatRequest(first, 1, "hello"))
    engine.ask(chat, ChatRequest(second, 1, regenerate=True))
    engine.cancel(second)
    with qtbot.waitSignal(bridge.failed) as failed:
        chat.gate.set()
    assert failed.args == [Failed(second, "cancelled")]
    assert len(chat.threads) == 1


class Broken:
    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        yield Assessed(request.request_id, CALM, RiskState())
        message = f"marker phrase {request.text}"
        raise RuntimeError(message)


class Silent:
    def answer(self, request: ChatRequest, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        yield Assessed(request.request_id, CALM, RiskState())


def test_an_unexpected_error_is_an_event_and_its_words_are_not_logged(
    qtbot, bridge, engine, caplog
):
    with qtbot.waitSignal(bridge.failed) as failed:
        engine.ask(Broken(), ChatRequest(engine.new_request_id(), 1, "secret words"))
    assert failed.args[0].code == "unexpected"
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
    assert "marker" not in caplog.text


def test_a_turn_without_an_end_counts_as_failed(qtbot, bridge, engine):
    with qtbot.waitSignal(bridge.failed):
        engine.ask(Silent(), ChatRequest(engine.new_request_id(), 1, "x"))


def test_run_answers_on_the_gui_thread(qtbot, engine):
    owner, got = QObject(), []
    engine.run(
        lambda: threading.current_thread().name,
        lambda name: got.append((name, QThread.currentThread() is owner.thread())),
        got.append,
        owner,
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got == [("engine", True)]


def test_run_hands_over_errors_and_hides_unexpected_ones(qtbot, engine, caplog):
    owner, codes = QObject(), []

    def locked() -> None:
        raise VaultError("vault_locked")

    def broken() -> None:
        raise ValueError("secret words")

    def failed(error: PsyLiteError) -> None:
        codes.append(error.code)

    engine.run(locked, codes.append, failed, owner)
    engine.run(broken, codes.append, failed, owner)
    qtbot.waitUntil(lambda: len(codes) == 2)
    assert codes == ["vault_locked", "unexpected"]
    assert "secret" not in caplog.text


def test_a_result_is_dropped_when_its_owner_is_gone(qtbot, engine):
    parent, stays, got = QObject(), QObject(), []
    gone = QObject(parent)
    gate = threading.Event()
    engine.run(lambda: gate.wait(5), got.append, got.append, gone)
    engine.run(lambda: "second", got.append, got.append, stays)
    import shiboken6

    shiboken6.delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["second"]


def test_stop_ends_the_thread_in_the_middle_of_a_turn(qtbot, bridge):
    engine, chat = EngineThread(bridge.publish), Chat()
    engine.ask(chat, ChatRequest(engine.new_request_id(), 1, "hello"))
    engine.ask(chat, ChatRequest(engine.new_request_id(), 1, "never"))
    assert chat.waiting.wait(5)
    assert engine.stop(5)
    assert len(chat.threads) == 1
    assert not [t for t in threading.enumerate() if t.name == "engine"]
    engine.ask(chat, ChatRequest(99, 1, "too late"))
    assert not [t for t in threading.enumerate() if t.name == "engine"]


def test_stop_without_any_job_is_fine(bridge):
    assert EngineThread(bridge.publish).stop(1)


class Vault:
    """The one method that tasks need, on a real thread."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self.locked = False

    def submit(self, work: Callable[[], Any]) -> Future[Any]:
        if self.locked:
            raise VaultError("vault_locked")
        return self.pool.submit(work)


@pytest.fixture
def vault():
    made = Vault()
    yield made
    made.pool.shutdown()


def test_vault_tasks_run_on_its_thread_and_answer_on_ours(qtbot, vault):
    owner, got = QObject(), []
    tasks = VaultTasks(vault, owner)
    tasks.run(lambda: threading.current_thread().name, got.append, got.append, owner)
    qtbot.waitUntil(lambda: bool(got))
    assert got[0].startswith("storage")


def test_vault_tasks_report_a_locked_vault(qtbot, vault):
    owner, codes = QObject(), []
    vault.locked = True
    VaultTasks(vault, owner).run(
        lambda: 1, codes.append, lambda error: codes.append(error.code), owner
    )
    qtbot.waitUntil(lambda: bool(codes))
    assert codes == ["vault_locked"]


def test_vault_tasks_report_work_that_the_vault_dropped(qtbot, vault):
    owner, codes, gate = QObject(), [], threading.Event()
    tasks = VaultTasks(vault, owner)
    vault.pool.submit(gate.wait, 5)
    tasks.run(lambda: 1, codes.append, lambda error: codes.append(error.code), owner)
    vault.pool.shutdown(wait=False, cancel_futures=True)
    gate.set()
    qtbot.waitUntil(lambda: bool(codes))
    assert codes == ["vault_locked"]


def test_vault_tasks_survive_their_parent(qtbot, vault):
    import shiboken6
    from PySide6.QtWidgets import QWidget

    page, stays, got = QWidget(), QObject(), []
    gate = threading.Event()
    tasks = VaultTasks(vault, page)
    tasks.run(lambda: gate.wait(5), got.append, got.append, page)
    shiboken6.delete(page)
    gate.set()
    VaultTasks(vault, stays).run(lambda: "after", got.append, got.append, stays)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["after"]
