"""Models by keyboard: seen, brought, tried, chosen, measured, unloaded, taken away and back."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.model_card import MemoryView
from psylite_desktop.domain.model_files import TrialResult
from psylite_desktop.domain.settings import Language
from psylite_desktop.host.model_jobs import (
    AnyJob,
    CopyDone,
    CopyJob,
    JobFailed,
    Measured,
    MeasureJob,
    Progress,
    RunningJob,
    Told,
    TrialDone,
    TrialJob,
)
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.models.memory_bar import pieces
from psylite_desktop.ui.pages.models.model_card import ModelCard
from psylite_desktop.ui.pages.models.page import ModelsPage
from psylite_desktop.ui.pages.models.words import count_text, memory_text, size_text
from psylite_desktop.ui.shell.window import MainWindow
from psylite_desktop.ui.widgets.text import has_han
from tests.fakes.app_context import Desk, make_library, view
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.tiny_gguf import TinyShape, number_value, text_value, write_tiny_gguf

TRIAL = TrialResult("Hello there.", 120.0, 12.5, 0.5, 700_000_000, 100_000_000, 690_000_000)


@dataclass
class FakeJob:
    """Says what it is told to say."""

    job: AnyJob
    said: list[Told] = field(default_factory=list)
    is_stopped: bool = False

    def poll(self) -> list[Told]:
        said, self.said = self.said, []
        return said

    def stop(self) -> None:
        self.is_stopped = True


class Works:
    """Makes fake jobs and remembers them."""

    def __init__(self) -> None:
        self.jobs: list[FakeJob] = []

    def start(self, job: AnyJob) -> FakeJob:
        self.jobs.append(FakeJob(job))
        return self.jobs[-1]


@pytest.fixture
def works() -> Works:
    return Works()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "U盘").mkdir()
    return tmp_path / "U盘"


@pytest.fixture
def make_page(
    desk: Desk, qtbot: QtBot, shelf: Path, tmp_path: Path, works: Works
) -> Iterator[Callable[..., ModelsPage]]:
    store = tmp_path / "store"
    (store / "psylite-nano").mkdir(parents=True)
    write_tiny_gguf(store / "psylite-nano" / "psylite-nano.gguf")
    made: list[ModelsPage] = []

    def make(*, real: bool = False) -> ModelsPage:
        library = make_library(shelf, store)
        models = library._models
        app = replace(desk.context, library=library, models=models)
        context = PageContext(app, desk.open_session(MemoryVault(), False))
        page = ModelsPage(context, start=RunningJob if real else works.start)
        qtbot.addWidget(page)
        page.resize(900, 680)
        page.show()
        page.window().activateWindow()
        qtbot.waitUntil(lambda: bool(page.cards))
        made.append(page)
        return page

    yield make
    for page in made:
        page.leave()


def press(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def card_of(page: ModelsPage, path: Path) -> ModelCard:
    return page.cards[path]


def bring(page: ModelsPage, qtbot: QtBot, path: Path) -> None:
    page.use_file(path)
    qtbot.waitUntil(page.bring.card.isVisible)


def copied(path: Path, **changes: object) -> CopyDone:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    values = {"was_there": False, "resumed_at": 0, "restarted": False} | changes
    return CopyDone(os.fsencode(path), path.stat().st_size, digest, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
def test_a_file_is_copied_tried_and_used(
    make_page: Callable[..., ModelsPage],
    desk: Desk,
    qtbot: QtBot,
    works: Works,
    shelf: Path,
    stick: Path,
    language: Language,
) -> None:
    desk.plain.change(language=language)
    page = make_page()
    source = write_tiny_gguf(stick / "模型 一.gguf")
    bring(page, qtbot, source)
    assert page.bring.add.hasFocus()
    assert "模型 一" in page.bring.name.text()
    assert page.bring.copy.isChecked()
    press(page.bring.add)
    qtbot.waitUntil(lambda: bool(works.jobs))
    job = works.jobs[-1]
    assert isinstance(job.job, CopyJob)
    assert job.job.path == os.fsencode(source)
    assert page.working.stop.hasFocus()
    assert not page.bring.choose.isEnabled()
    job.said = [Progress("copying", 1_500_000_000, 3_000_000_000)]
    qtbot.waitUntil(lambda: "1.5\u00a0GB" in page.working.label.text())
    assert page.working.bar.value() == 500
    shelf.mkdir(exist_ok=True)
    target = write_tiny_gguf(shelf / "模型 一.gguf")
    job.said = [copied(target)]
    qtbot.waitUntil(lambda: target in page.cards)
    card = card_of(page, target)
    qtbot.waitUntil(card.try_it.hasFocus)
    assert not card.use.isVisible()
    assert "SHA-256" in page.notice.label.text()
    press(card.try_it)
    qtbot.waitUntil(lambda: len(works.jobs) == 2)
    trial = works.jobs[-1]
    assert isinstance(trial.job, TrialJob)
    assert not trial.job.anyway
    assert has_han(trial.job.prompt) is (language is Language.ZH and has_han(page.title.text()))
    assert desk.host.stops == 1
    trial.said = [Progress("writing", 500, 1000), TrialDone(TRIAL)]
    qtbot.waitUntil(card.use.isVisible)
    assert "Hello there." in card.heard.text()
    assert "12.5" in page.notice.label.text()
    press(card.use)
    assert desk.plain.current.model == str(target)
    assert desk.host.used[-1] == target
    qtbot.waitUntil(lambda: desk.host.warmed == 1)
    qtbot.waitUntil(lambda: not card.use.isVisible())


def test_facts_are_read_from_the_file(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, shelf: Path
) -> None:
    shelf.mkdir()
    shape = TinyShape(
        overrides={
            "general.license": text_value("mit"),
            "tokenizer.chat_template": text_value("{{ messages }}"),
            "general.name": text_value("A <b>name</b>"),
        },
        control=("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>"),
    )
    path = write_tiny_gguf(shelf / "x.gguf", shape)
    page = make_page()
    card = card_of(page, path)
    assert not card.facts[0][1].isVisible()
    press(card.more)
    said = {name.text(): value.text() for name, value in card.facts if name.isVisible()}
    assert said["Architecture"] == "llama"
    assert said["Licence"] == "mit"
    assert said["Name in the file"] == "A <b>name</b>"
    assert said["Chat template"] == "brings its own, which is never run; PsyLite uses chatml"
    assert "512 tokens as trained" in said["Context"]
    assert said["Thinking aloud"].startswith("can;")
    assert card.memory.isVisible()


def test_a_damaged_file_says_what_and_where(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, shelf: Path, stick: Path
) -> None:
    shelf.mkdir()
    (shelf / "half.gguf").write_bytes(b"GGUF")
    page = make_page()
    card = card_of(page, shelf / "half.gguf")
    assert card.verdict.label.text() == "Cannot be used"
    assert "part of this model file is missing" in card.state.text()
    assert not card.try_it.isVisible()
    assert not card.use.isVisible()
    assert card.remove.isVisible()
    (stick / "notes.gguf").write_text("hello")
    page.use_file(stick / "notes.gguf")
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.label.text().startswith("notes.gguf: This is not a model file")
    assert not page.bring.card.isVisible()
    assert page.bring.choose.hasFocus()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"general.architecture": text_value("mamba")}, "The file says: mamba."),
        ({"llama.block_count": number_value(0)}, "Where: a number in its header."),
        ({"tokenizer.ggml.tokens": number_value(1)}, "Where: its vocabulary."),
        ({"split.count": number_value(3)}, "one of several parts"),
    ],
)
def test_damage_is_named_with_its_place(
    make_page: Callable[..., ModelsPage],
    shelf: Path,
    changes: dict[str, bytes],
    said: str,
) -> None:
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "x.gguf", TinyShape(overrides=changes))
    assert said in card_of(make_page(), path).state.text()


def test_a_cut_off_file_says_how_much_is_missing(
    make_page: Callable[..., ModelsPage], shelf: Path
) -> None:
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "x.gguf", TinyShape(width=256, layers=8, feed_forward=1024))
    size = path.stat().st_size
    os.truncate(path, size // 2)
    text = card_of(make_page(), path).state.text().replace("\u00a0", " ")
    assert f"should have {round(size / 1e6)} MB" in text


def test_a_model_that_does_not_fit_is_loaded_on_an_explicit_wish_only(
    make_page: Callable[..., ModelsPage],
    desk: Desk,
    qtbot: QtBot,
    works: Works,
    shelf: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "huge.gguf")
    page = make_page()
    too_small = MemoryView("no", 4_700_000_000, 400_000_000, 300_000_000, 3_000_000_000, 5 << 30, 1)
    monkeypatch.setattr(page._library, "_view", lambda _facts: too_small)
    page.reader.look()
    card = card_of(page, path)
    qtbot.waitUntil(card.warning.isVisible)
    assert card.verdict.label.text() == "Does not fit"
    assert "minutes" in card.warning.text()
    press(card.more)
    assert "about 2.4\u00a0GB are missing" in card.memory.sentence.text()
    press(card.try_it)
    qtbot.waitUntil(lambda: bool(works.jobs))
    trial = works.jobs[-1].job
    assert isinstance(trial, TrialJob)
    assert trial.anyway
    works.jobs[-1].said = [TrialDone(TRIAL)]
    qtbot.waitUntil(card.use.isVisible)
    press(card.use)
    assert desk.host.used[-1] == path
    assert desk.host.is_anyway
    qtbot.waitUntil(card.careful.isVisible)
    press(card.careful)
    qtbot.waitUntil(lambda: not card.careful.isVisible())
    assert not desk.host.is_anyway


@pytest.mark.parametrize("language", Language)
def test_a_file_that_changed_is_to_be_tried_again(
    make_page: Callable[..., ModelsPage],
    desk: Desk,
    qtbot: QtBot,
    works: Works,
    shelf: Path,
    language: Language,
) -> None:
    desk.plain.change(language=language)
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "mine.gguf")
    page = make_page()
    page._library.note(path, trial=TRIAL)
    page.reader.look()
    card = card_of(page, path)
    qtbot.waitUntil(card.use.isVisible)
    press(card.use)
    assert desk.host.used == [path]
    write_tiny_gguf(shelf / "new", seed=2).replace(path)
    page.reader.look()
    qtbot.waitUntil(card.try_it.isVisible)
    assert not card.use.isVisible()
    if language is Language.EN:
        assert "changed since its trial" in card.state.text()
        assert "In use" not in card.state.text()
    press(card.try_it)
    qtbot.waitUntil(lambda: len(works.jobs) == 1)
    works.jobs[-1].said = [TrialDone(TRIAL)]
    qtbot.waitUntil(lambda: desk.host.used == [path, path])
    qtbot.waitUntil(lambda: not card.try_it.isVisible())


def test_a_file_that_changed_a_moment_ago_is_not_taken_into_use(
    make_page: Callable[..., ModelsPage], desk: Desk, qtbot: QtBot, shelf: Path
) -> None:
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "mine.gguf")
    page = make_page()
    page._library.note(path, trial=TRIAL)
    page.reader.look()
    card = card_of(page, path)
    qtbot.waitUntil(card.use.isVisible)
    write_tiny_gguf(shelf / "new", seed=2).replace(path)
    press(card.use)
    assert desk.host.used == []
    assert desk.host.refused == ["model_untried"]


def test_a_trial_that_crashes_gives_no_trust(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, works: Works, shelf: Path
) -> None:
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "bad.gguf")
    page = make_page()
    card = card_of(page, path)
    press(card.try_it)
    qtbot.waitUntil(lambda: bool(works.jobs))
    works.jobs[-1].said = [JobFailed("model_trial_crashed", is_file=True, facts={"exit": -6})]
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.label.text().startswith("bad.gguf: The trial ended in the middle")
    assert not card.use.isVisible()
    assert card.try_it.isVisible()


def test_a_copy_is_stopped_and_goes_on(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, works: Works, shelf: Path, stick: Path
) -> None:
    page = make_page()
    source = write_tiny_gguf(stick / "slow.gguf")
    bring(page, qtbot, source)
    press(page.bring.add)
    qtbot.waitUntil(lambda: bool(works.jobs))
    (shelf / ".incoming").mkdir(parents=True)
    log = {"path": str(source), "name": source.name, "size": 1000, "mtime_ns": 1, "fingerprint": ""}
    (shelf / ".incoming" / "ab.log").write_text(json.dumps(log) + "\n", encoding="ascii")
    (shelf / ".incoming" / "ab.part").write_bytes(bytes(500))
    press(page.working.stop)
    qtbot.waitUntil(lambda: works.jobs[-1].is_stopped)
    qtbot.waitUntil(lambda: bool(page.bring.lines))
    assert "it can go on" in page.notice.label.text()
    line = page.bring.lines[0]
    assert "slow.gguf" in line.label.text()
    qtbot.waitUntil(line.resume.hasFocus)
    (stick / "slow.gguf.sha256").write_text("a" * 64)
    press(line.resume)
    qtbot.waitUntil(lambda: len(works.jobs) == 2)
    again = works.jobs[-1].job
    assert isinstance(again, CopyJob)
    assert again.path == os.fsencode(source)
    assert again.expected == "a" * 64
    works.jobs[-1].said = [
        JobFailed("model_source_gone", is_file=True, facts={"file": "slow.gguf"})
    ]
    qtbot.waitUntil(lambda: "plug it in" in page.notice.label.text())
    qtbot.waitUntil(lambda: bool(page.bring.lines) and page.bring.lines[0].discard.isEnabled())
    press(page.bring.lines[0].discard)
    qtbot.waitUntil(lambda: not page.bring.lines)
    assert not (shelf / ".incoming" / "ab.part").exists()


def test_another_hash_is_taken_on_a_wish_only(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, works: Works, stick: Path
) -> None:
    page = make_page()
    source = write_tiny_gguf(stick / "x.gguf")
    (stick / "x.gguf.sha256").write_text("0" * 64 + "  x.gguf\n")
    bring(page, qtbot, source)
    assert "SHA-256 is known" in page.bring.about.text()
    press(page.bring.add)
    qtbot.waitUntil(lambda: bool(works.jobs))
    first = works.jobs[-1].job
    assert isinstance(first, CopyJob)
    assert first.expected == "0" * 64
    facts: dict[str, str | int | float] = {"expected": "0" * 64, "found": "1" * 64}
    works.jobs[-1].said = [JobFailed("model_hash_differs", is_file=True, facts=facts)]
    qtbot.waitUntil(page.notice.action.isVisible)
    press(page.notice.action)
    qtbot.waitUntil(lambda: len(works.jobs) == 2)
    again = works.jobs[-1].job
    assert isinstance(again, CopyJob)
    assert again.accept_other


@pytest.mark.parametrize("language", Language)
def test_a_model_in_use_is_deleted_and_brought_back(
    make_page: Callable[..., ModelsPage],
    desk: Desk,
    qtbot: QtBot,
    shelf: Path,
    language: Language,
) -> None:
    desk.plain.change(language=language)
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "mine.gguf")
    page = make_page()
    desk.plain.change(model=str(path))
    press(card_of(page, path).remove)
    qtbot.waitUntil(lambda: path not in page.cards)
    assert desk.plain.current.model == ""
    assert desk.host.is_without
    qtbot.waitUntil(lambda: desk.host.warmed == 1)  # what listens runs on
    assert not page.written.use.isVisible()
    assert not path.exists()
    assert page.notice.action.hasFocus()
    press(page.notice.action)
    qtbot.waitUntil(lambda: path in page.cards)
    assert path.exists()
    assert desk.plain.current.model == str(path)


def test_what_was_deleted_is_gone_after_the_page(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, shelf: Path
) -> None:
    shelf.mkdir()
    path = write_tiny_gguf(shelf / "mine.gguf")
    page = make_page()
    press(card_of(page, path).remove)
    qtbot.waitUntil(lambda: path not in page.cards)
    page.hide()
    qtbot.waitUntil(lambda: not (shelf / ".set-aside").exists())
    assert not page.notice.isVisible()
    assert not path.exists()


def test_what_a_killed_window_left_is_deleted(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, shelf: Path
) -> None:
    left = shelf / ".set-aside" / "old.gguf.held"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    make_page()
    qtbot.waitUntil(lambda: not left.exists())


def test_a_path_that_is_too_long_is_told(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, stick: Path
) -> None:
    page = make_page()
    page.use_file(stick.joinpath(*["很深的文件夹" * 4] * 80, "x.gguf"))
    qtbot.waitUntil(page.notice.isVisible)
    assert "too long for this system" in page.notice.label.text()


def test_a_file_is_used_where_it_is_and_never_deleted(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, works: Works, stick: Path, shelf: Path
) -> None:
    page = make_page()
    source = write_tiny_gguf(stick / "here.gguf")
    bring(page, qtbot, source)
    page.bring.refer.setFocus()
    QTest.keyClick(page.bring.refer, Qt.Key.Key_Space)
    press(page.bring.add)
    qtbot.waitUntil(lambda: source in page.cards)
    assert works.jobs == []
    card = card_of(page, source)
    assert card.remove.text() == "Take off the list"
    press(card.remove)
    qtbot.waitUntil(lambda: source not in page.cards)
    assert source.exists()
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: bool(page.cards))
    assert source.exists()
    assert source not in page.cards


def test_a_reference_whose_stick_is_gone_says_so(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, stick: Path
) -> None:
    source = write_tiny_gguf(stick / "here.gguf")
    page = make_page()
    page._library.refer(source)
    source.unlink()
    page.reader.look()
    qtbot.waitUntil(lambda: source in page.cards)
    assert "not there any more" in card_of(page, source).state.text()


def test_measuring_shows_how_far_it_is_and_can_be_stopped(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, works: Works
) -> None:
    page = make_page()
    [nano] = page.cards.values()
    assert not nano.remove.isVisible()
    press(nano.more)
    press(nano.measure)
    qtbot.waitUntil(lambda: bool(works.jobs))
    assert isinstance(works.jobs[0].job, MeasureJob)
    works.jobs[0].said = [Progress("measuring", 250, 1000)]
    qtbot.waitUntil(lambda: page.working.bar.value() == 250)
    assert "Measuring" in page.working.label.text()
    press(page.working.stop)
    qtbot.waitUntil(lambda: not page.working.isVisible())
    assert works.jobs[0].is_stopped
    press(nano.measure)
    qtbot.waitUntil(lambda: len(works.jobs) == 2)
    works.jobs[1].said = [Measured(12.5, 140.0, 1, 2, 128)]
    qtbot.waitUntil(page.notice.isVisible)
    assert "140" in page.notice.label.text()


@pytest.mark.parametrize(
    ("language", "used"), [(Language.EN, "In use. Rules"), (Language.ZH, "正在用。")]
)
def test_written_replies_are_there_first_and_to_go_back_to(
    make_page: Callable[..., ModelsPage],
    desk: Desk,
    qtbot: QtBot,
    language: Language,
    used: str,
) -> None:
    desk.plain.change(language=language)
    page = make_page()
    [nano] = page.cards.values()
    assert page.written.state.text().startswith(used)
    assert not page.written.use.isVisible()
    press(nano.use)
    qtbot.waitUntil(page.written.use.isVisible)
    assert desk.plain.current.model == "psylite-nano"
    assert desk.host.used[-1].name == "psylite-nano.gguf"
    assert not page.written.state.text().startswith(used)
    assert has_han(page.written.use.accessibleName()) is (language is Language.ZH)
    press(page.written.use)
    qtbot.waitUntil(lambda: not page.written.use.isVisible())
    assert desk.plain.current.model == ""
    assert desk.host.is_without
    assert page.written.state.text().startswith(used)
    qtbot.waitUntil(nano.use.hasFocus)
    assert page.notice.isVisible()


def test_what_is_loaded_is_shown_and_unloaded(
    make_page: Callable[..., ModelsPage], desk: Desk, qtbot: QtBot
) -> None:
    desk.plain.change(model="psylite-nano")
    page = make_page()
    [nano] = page.cards.values()
    assert not nano.unload.isVisible()
    desk.host.pid = os.getpid()
    page.choice.look()
    qtbot.waitUntil(nano.unload.isVisible)
    assert "of memory now" in nano.state.text()
    press(nano.unload)
    desk.host.pid = 0
    qtbot.waitUntil(lambda: desk.host.stops == 1)
    page.choice.look()
    qtbot.waitUntil(lambda: not nano.unload.isVisible())


def test_the_catalogue_names_licences_and_verdicts(
    make_page: Callable[..., ModelsPage], qtbot: QtBot
) -> None:
    page = make_page()
    assert not page.offers.card.isVisible()
    press(page.offers.unfold)
    words = {line.name.text(): line for line in page.offers.lines}
    small, large = words["Qwen2.5 0.5B Instruct"], words["Qwen3 8B"]
    assert small.verdict.label.text() == "Fits"
    assert large.verdict.label.text() == "Does not fit"
    assert "are missing" in large.why.text()
    assert "Apache-2.0" in small.why.text()
    assert "never downloads" in page.offers.how.text()


def test_the_language_changes_in_place(
    make_page: Callable[..., ModelsPage], desk: Desk, qtbot: QtBot, shelf: Path
) -> None:
    shelf.mkdir()
    write_tiny_gguf(shelf / "x.gguf")
    page = make_page()
    before = page.back.text()
    desk.context.language.set(Language.ZH)
    qtbot.waitUntil(lambda: page.back.text() != before)


def test_the_dialog_for_a_file_opens(make_page: Callable[..., ModelsPage]) -> None:
    page = make_page()
    press(page.bring.choose)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()


def test_a_real_copy_in_its_own_process(
    make_page: Callable[..., ModelsPage], qtbot: QtBot, shelf: Path, stick: Path
) -> None:
    page = make_page(real=True)
    source = write_tiny_gguf(stick / ("很长的名字" * 15 + ".gguf"))
    bring(page, qtbot, source)
    press(page.bring.add)
    qtbot.waitUntil(lambda: len(page.cards) == 2, timeout=60_000)
    [made] = shelf.glob("*.gguf")
    assert made.read_bytes() == source.read_bytes()
    assert page._library.look(made).record.sha256 == hashlib.sha256(made.read_bytes()).hexdigest()


def test_settings_lead_here_and_back(
    window: MainWindow, open_profile: Callable[[], None], qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    settings = window.pages.show_page("settings")
    press(settings.links.buttons["models"])
    assert window.pages.current == "models"
    page = window.pages.show_page("models")
    assert isinstance(page, ModelsPage)
    assert page.empty is not None
    press(page.back)
    assert window.pages.current == "settings"


def test_the_bar_adds_up() -> None:
    for size in (10_000_000, 2_000_000_000, 4_700_000_000):
        facts = type("Facts", (), {"size": size})
        memory = view(facts)  # type: ignore[arg-type]
        parts = pieces(memory)
        inside = sum(part.size for part in parts if not part.is_beyond)
        beyond = sum(part.size for part in parts if part.is_beyond)
        assert inside == memory.total
        assert beyond == max(0, memory.needed - memory.available)
        assert "{" not in memory_text(memory)


def test_numbers_are_readable() -> None:
    assert [
        size_text(size).replace("\u00a0", " ")
        for size in (1, 999_000_000, 1_000_000_000, 4_711_000_000)
    ] == [
        "1 MB",
        "999 MB",
        "1.0 GB",
        "4.7 GB",
    ]
    assert count_text(1_544_000_000, "zh") == "15亿"
    assert count_text(8_100_000, "zh") == "810万"
    assert count_text(1_544_000_000, "en") == "1.5 billion"
    assert count_text(800, "en") == "800"
