"""Types marker phrases into everything that needs no model; run as a process of its own.

Usage: python -m tests.faults.canary_session DATA_DIR OUTSIDE

What somebody saves in the clear by their own choice goes into the folder OUTSIDE.
"""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from psylite_desktop.app.crash import install_excepthooks
from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import AppServices, build_services
from psylite_desktop.app.window import build_context, close_context
from psylite_desktop.domain.backup import Progress
from psylite_desktop.domain.chat_events import ChatRequest
from psylite_desktop.domain.check_in import CheckInDraft
from psylite_desktop.domain.conversation import Role
from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.errors import EngineError, ExportError
from psylite_desktop.domain.export import ExportFormat, Scope
from psylite_desktop.domain.insights import Period
from psylite_desktop.domain.journal import JournalDraft
from psylite_desktop.domain.mirror import ClaimKind, MirrorCorrection
from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.domain.risk import Kind, Level
from psylite_desktop.domain.safety_plan import PlanStep
from psylite_desktop.domain.suggestion import Answer, Suggestion
from psylite_desktop.host.isolation import fence_window, keep_private
from psylite_desktop.services.calendar_file import calendar_file
from psylite_desktop.services.exercise_player import AFTER
from psylite_desktop.services.export_formats.readable import ReadableEncoder
from psylite_desktop.services.session import Session
from psylite_desktop.storage.vault import SqlcipherVault
from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.export.words import export_words
from psylite_desktop.ui.printing.pdf_painter import PdfPainter
from psylite_desktop.ui.shell.pages_view import PagesView
from tests.faults.operations import CANARY, CANARY_HAN
from tests.faults.writer import CHEAP

TEXT = f"{CANARY} 室友很吵 {CANARY_HAN}"


MOST_STEPS = 40


class NoEngine:
    """Everything that would ask the engine process finds that there is none."""

    def is_chosen(self) -> bool:
        return True

    def __getattr__(self, _name: str) -> Any:
        def refuse(*_arguments: object, **_named: object) -> None:
            raise EngineError("engine_unavailable")

        return refuse


def main() -> None:
    install_excepthooks()
    keep_private()
    fence_window()
    app = QApplication(sys.argv[:1])
    services = build_services(find_paths(Path(sys.argv[1])))
    new, vault = services.profiles.create(f"{CANARY} as passphrase", cost=CHEAP)
    session = _session(services, vault)
    for step in STEPS:
        step(session)
        print(step.__name__.strip("_"), flush=True)
    for step in (_bring_in, _save_outside):
        step(session, Path(sys.argv[2]))
        print(step.__name__.strip("_"), flush=True)
    _copies(services, session)
    _window(app, services, session)
    print("window", flush=True)
    _tidy(session)
    vault.close()
    _session(
        services, services.profiles.unlock(new.profile, f"{CANARY} as passphrase")
    ).vault.close()
    print("done", flush=True)


def _session(services: AppServices, vault: SqlcipherVault) -> Session:
    none: Any = NoEngine()
    return open_session(
        services,
        vault,
        guest=False,
        language=lambda: "zh",
        model=none,
        index=none,
        listener=none,
        vectors=none,
    )


def _talk(session: Session) -> None:
    conversation = session.chat.start()
    for number in range(3):
        request = ChatRequest(number, conversation, text=f"{TEXT} {number}")
        for _event in session.chat.answer(request, lambda: False):
            pass
    session.history.rename(conversation, TEXT)
    session.vault.drafts.save("talk", TEXT)
    while session.earlier.sort_some():
        pass
    sketch = session.closing.sketch(conversation)
    del sketch
    session.memory.suggest(session.history.open(conversation))


def _write(session: Session) -> None:
    page = session.journal.save(JournalDraft(TEXT, title=CANARY_HAN))
    session.journal.save(JournalDraft(f"{TEXT} again", title=CANARY, id=page.id))
    session.mirror.read(f"{TEXT}。我总是什么都做不好。", "zh", earlier=[TEXT])
    session.journal.hear(TEXT)
    gone = session.journal.save(JournalDraft(TEXT))
    session.journal.delete(gone.id)


def _check_in(session: Session) -> None:
    today = session.check_ins.today().isoformat()
    session.check_ins.record(CheckInDraft(today, 2, tags=(CANARY,), note=TEXT))
    session.insights  # noqa: B018 - reads what is there when it is opened


def _exercise(session: Session) -> None:
    for exercise in session.exercises.overview("zh").exercises:
        player = session.exercises.begin(exercise).next(now=1.0)
        for _step in range(MOST_STEPS):
            if player.place == AFTER:
                break
            for value in (TEXT, (TEXT, CANARY), 0, 1, 5):
                answered = player.answer(value)
                if answered.given is not None:
                    player = answered
                    break
            player = player.next(now=2.0)
        session.exercises.save(player.finish(now=3.0))


def _plan_and_memory(session: Session) -> None:
    session.plan.save(dict.fromkeys(PlanStep, TEXT))
    session.plan.choose(PlanStep.REASON, is_shown=True)  # the one exception, by explicit choice
    note = session.memory.write(TEXT)
    session.memory.rewrite(note, f"{TEXT} changed")


def _search(session: Session) -> None:
    for query in (CANARY, CANARY_HAN, TEXT):
        groups = session.finding.find(query, "zh")
        assert groups, query
    kinds = {str(group.kind) for group in session.finding.find(CANARY, "zh")}
    assert kinds == {"title", "message", "entry", "check_in", "run", "note"}, kinds


def _rate_and_correct(session: Session) -> None:
    """Ratings, "this is off", "you misread me", answers to suggestions, the end of a talk."""
    talk = session.history.page()[0].id
    for message in session.history.open(talk):
        if message.role is Role.ASSISTANT:
            session.ratings.rate(ReplyRating(message.id, 2, 3, None, 5, model=CANARY))
        else:
            correction = Correction(Verdict.MISREAD, Level.WATCH, Kind.NONE, message_id=message.id)
            session.corrections.give(correction)
    claim = MirrorCorrection(ClaimKind.THEME, "study", TEXT[:40], 1.0)
    session.mirror.take_back([claim])
    session.mirror.undo([claim])
    offered = session.suggestions.now_for("zh")
    if isinstance(offered, Suggestion):
        session.suggestions.take_back(session.suggestions.answer(offered, Answer.NOT_THIS))
    session.suggestions.facts("zh", said=[TEXT])
    session.closing.keep(talk, (TEXT, f"{TEXT} two", f"{TEXT} three"), f"{TEXT} next")


def _change_and_forget(session: Session) -> None:
    """Edits, other replies, talks off the record, scales half filled in."""
    talk = session.chat.start()
    _say(session, ChatRequest(10, talk, text=TEXT))
    first = session.history.open(talk)[0]
    _say(session, ChatRequest(11, talk, regenerate=True))
    _say(session, ChatRequest(12, talk, text=f"{TEXT} edited", replaces=first.id))
    _say(session, ChatRequest(13, session.chat.start_off_the_record(), text=TEXT))
    session.scales.keep_progress("phq9", (1, None))
    for period in Period:
        session.insights.read(period)


def _say(session: Session, request: ChatRequest) -> None:
    for _event in session.chat.answer(request, lambda: False):
        pass


def _bring_in(session: Session, outside: Path) -> None:
    """What was exported comes in again, as if from another computer, and is taken back."""
    encoder = session.export.encoder(ExportFormat.JSON, Scope(), lang="zh", words=export_words())
    job = session.export.job(Scope(), session.export.section_ids, encoder, None)
    assert job.run()
    file = outside / "own.json"
    file.write_bytes(job.data.replace(CANARY.encode(), f"{CANARY} elsewhere".encode()))
    preview = session.imports.preview(session.imports.read(file))
    assert preview.added
    bringing = session.imports.job(preview)
    while not bringing.step().finished:
        pass
    assert session.vault.conversations.search("elsewhere")
    session.imports.undo()
    daylio = "full_date,date,weekday,time,mood,activities,note_title,note\n"
    daylio += f"2026-01-01,January 1,Thursday,8:00 AM,good,{CANARY},{CANARY},{TEXT}\n"
    read = session.imports.read_bytes(daylio.encode())
    bringing = session.imports.job(session.imports.preview(read, {"good": 4}))
    while not bringing.step().finished:
        pass


def _save_outside(session: Session, outside: Path) -> None:
    """Plain exports that were asked for, and a calendar file, which holds no words."""
    for kind in ExportFormat:
        encoder = session.export.encoder(kind, Scope(), lang="zh", words=export_words())
        target = outside / f"export.{kind.value}"
        assert session.export.job(Scope(), session.export.section_ids, encoder, target).run()
        if isinstance(encoder, ReadableEncoder):
            owner = QObject()
            painter = PdfPainter(encoder.paragraphs, QFont(), title="Export", parent=owner)
            painter.finished.connect(target.write_bytes)
            painter.start()
            while target.stat().st_size == 0:
                QApplication.processEvents()
    day = date(2026, 1, 1)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    calendar = calendar_file([time(20)], title="Reminder", first_day=day, now=now)
    (outside / "reminder.ics").write_bytes(calendar)


def _copies(services: AppServices, session: Session) -> None:
    """Backups, a file to carry away, and both brought back beside this space."""
    shelf, phrase = services.profiles, f"{CANARY} as passphrase"
    session.backups.make_if_due()
    made = session.backups.make(Progress())
    file = Path.home() / "carried.psyvault"
    session.backups.export(file, phrase, own=f"{CANARY} another phrase", progress=Progress())
    profile = session.backups.profile
    assert profile is not None
    for brought in (
        shelf.restore_as_new(profile, made.name, phrase, Progress()),
        shelf.import_file(file, f"{CANARY} another phrase", Progress()),
    ):
        shelf.delete(brought)
    print("copies", flush=True)


def _export(session: Session) -> None:
    """Cancelled on the way, and refused by the disk: both leave nothing."""
    for kind in ExportFormat:
        encoder = session.export.encoder(kind, Scope(), lang="zh", words=export_words())
        target = Path.home() / f"export.{kind.value}"
        job = session.export.job(Scope(), session.export.section_ids, encoder, target)
        job.step()
        job.stop()
        assert not job.run()
        assert not target.exists()
        refused = Path("/proc/none/export")
        job = session.export.job(Scope(), session.export.section_ids, encoder, refused)
        with contextlib.suppress(ExportError):
            job.run()


STEPS = (
    _talk,
    _write,
    _check_in,
    _exercise,
    _plan_and_memory,
    _rate_and_correct,
    _change_and_forget,
    _search,
    _export,
)


def _window(app: QApplication, services: AppServices, session: Session) -> None:
    """Every page is opened, and every field that takes words gets some."""
    context = build_context(app, services)
    pages = PagesView(PageContext(context, session))
    pages.resize(1024, 700)
    pages.show()
    for page_id in list(pages._specs):
        page = pages.show_page(page_id)
        _settle(app)
        for field in _fields(page):
            field.setFocus()
            QTest.keyClicks(field, CANARY)
            if isinstance(field, QTextEdit | QPlainTextEdit):
                field.insertPlainText(CANARY_HAN)
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        _settle(app)
    copy_privately(TEXT)
    _settle(app)
    pages.leave()
    pages.hide()
    _settle(app)
    pages.deleteLater()
    _settle(app)
    close_context(context)


def _fields(page: QWidget) -> list[Any]:
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit)
    found: list[Any] = [field for kind in kinds for field in page.findChildren(kind)]
    return [field for field in found if field.isVisible() and not field.isReadOnly()]


def _settle(app: QApplication) -> None:
    for _ in range(20):
        app.processEvents()
        QTest.qWait(10)


def _tidy(session: Session) -> None:
    """What was deleted leaves nothing either."""
    for conversation in session.history.page():
        session.earlier.delete(conversation.id)
    session.earlier.erase([one.conversation.id for one in session.earlier.binned()])
    for entry in session.journal.binned():
        session.journal.erase(entry.entry.id)
    session.memory.forget_all()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # the order in which Qt's objects are taken down at the end is not what is tested
