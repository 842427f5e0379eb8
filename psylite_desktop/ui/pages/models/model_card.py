"""One model on this computer: how it fits, what is known of it, what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.services.model_library import ShelvedModel
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.pages.models.memory_bar import MemoryBar
from psylite_desktop.ui.pages.models.problems import problem_text
from psylite_desktop.ui.pages.models.verdict_mark import VerdictMark
from psylite_desktop.ui.pages.models.words import (
    fact_lines,
    joined,
    model_name,
    short_facts,
    size_text,
)
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

SHORT_REPLY = 60
"""Tokens of two or three sentences."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is going on around a model.

    `running` is the memory of the engine process in bytes, 0 where none runs. `is_busy`: a
    model is being copied, tried or measured, so nothing else can begin.
    """

    is_chosen: bool = False
    running: int = 0
    is_busy: bool = False


class ModelCard(QFrame):
    """A card with buttons.

    Signals:
        try_requested: A trial run; `anyway` says whether it is wished though it does not fit.
        use_requested: Use it from now on.
        measure_requested: Find what is fastest.
        unload_requested: Give its memory back now.
        remove_requested: Take it away.
        careful_requested: No longer load it where it does not fit.
    """

    try_requested = Signal(ShelvedModel, bool)
    use_requested = Signal(ShelvedModel)
    measure_requested = Signal(ShelvedModel)
    unload_requested = Signal()
    remove_requested = Signal(ShelvedModel)
    careful_requested = Signal(ShelvedModel)

    def __init__(
        self, theme: ThemeSwitch, language: LanguageSwitch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._language = language
        self._model: ShelvedModel | None = None
        self._now = Situation()
        self._is_open = False
        self.name = PlainLabel("strong")
        self.verdict = VerdictMark(theme)
        self.about = PlainLabel("small")
        self.state = PlainLabel("small")
        self.warning = PlainLabel()
        self.try_it = primary_button()
        self.use = primary_button()
        self.unload = plain_button()
        self.measure = plain_button()
        self.again = plain_button()
        self.careful = plain_button()
        self.more = plain_button()
        self.more.setCheckable(True)
        self.remove = plain_button()
        self.memory = MemoryBar(theme)
        self.heard = PlainLabel()
        self.facts: list[tuple[PlainLabel, PlainLabel]] = []
        self._details = QWidget()
        self._grid = QGridLayout()
        self._lay_out()
        self._connect()

    @property
    def model(self) -> ShelvedModel:
        """What is shown; only after `show_model`."""
        if self._model is None:
            raise RuntimeError("nothing is shown yet")
        return self._model

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """All of them, in the order of the keyboard."""
        return (*self._above, *self._below)

    @property
    def _above(self) -> tuple[QPushButton, ...]:
        return self.try_it, self.use, self.unload, self.more, self.remove

    @property
    def _below(self) -> tuple[QPushButton, ...]:
        """Those that only show with the rest."""
        return self.measure, self.again, self.careful

    def show_model(self, model: ShelvedModel, now: Situation) -> None:
        """Show a model as it is now."""
        self._model, self._now = model, now
        is_usable = model.found.facts is not None
        is_no = model.memory is not None and model.memory.verdict == "no"
        needs_wish = is_no and not model.record.anyway
        self.verdict.show_memory(model.memory)
        self.memory.show_memory(model.memory)
        self.try_it.setVisible(is_usable and not model.is_trusted)
        self.use.setVisible(is_usable and model.is_trusted and not now.is_chosen and not needs_wish)
        self.unload.setVisible(now.is_chosen and now.running > 0)
        self.measure.setVisible(is_usable and model.is_trusted and not is_no)
        self.again.setVisible(is_usable and model.is_trusted and not model.is_shipped)
        self.careful.setVisible(is_no and model.record.anyway)
        self.remove.setVisible(not model.is_shipped)
        self.warning.setVisible(is_no)
        self._show_kind("" if _is_practice(model) else "primary")
        for button in (self.try_it, self.use, self.measure, self.again, self.remove):
            button.setEnabled(not now.is_busy)
        self.retranslate()

    def take_focus(self) -> None:
        """Take the keyboard to the first thing that can be done."""
        for button in self.buttons:
            if button.isVisibleTo(self) and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def unfold(self) -> None:
        """Show all that is known of it."""
        self.more.setChecked(True)

    def retranslate(self) -> None:
        """Texts in the language of now."""
        model = self._model
        if model is None:
            return
        lang = self._language.current.value
        facts = model.found.facts
        name = model_name(model, lang)
        self.name.setText(name)
        self.verdict.retranslate()
        self.memory.retranslate()
        self.about.setText(short_facts(facts, lang) if facts is not None else "")
        self.about.setVisible(facts is not None)
        self.state.setText(self._state(model))
        self.warning.setText(self._warning())
        is_no = model.memory is not None and model.memory.verdict == "no"
        needs_wish = is_no and not model.record.anyway
        self.try_it.setText(
            self.tr("Load it anyway, as a trial") if needs_wish else self.tr("Try it")
        )
        self.use.setText(self.tr("Use this one"))
        self.unload.setText(self.tr("Unload now"))
        self.measure.setText(self.tr("Find the fastest settings"))
        self.again.setText(
            self.tr("Load it anyway, as a trial") if needs_wish else self.tr("Try it again")
        )
        self.careful.setText(self.tr("Only where it fits"))
        self.more.setText(self.tr("Less about it") if self._is_open else self.tr("More about it"))
        self.remove.setText(self.tr("Delete") if model.is_own else self.tr("Take off the list"))
        for button in self.buttons:
            button.setAccessibleName(f"{button.text()}: {name}")
        self._show_facts(model, lang)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _state(self, model: ShelvedModel) -> str:
        if model.found.problem is not None:
            return problem_text(model.found.problem)
        parts = []
        if not model.is_trusted:
            pass  # it is not in use, whatever the settings say
        elif self._now.is_chosen and self._now.running:
            running = self.tr("In use; the engine takes {size} of memory now.")
            parts.append(running.format(size=size_text(self._now.running)))
        elif self._now.is_chosen:
            parts.append(self.tr("In use; it is loaded with your next message."))
        if model.is_shipped and _is_practice(model):
            parts.append(
                self.tr(
                    "Came with PsyLite. It is very small: good to see how a model works here, but "
                    "many of its sentences make no sense, and it writes Chinese only."
                )
            )
        trial = model.record.trial
        if trial is not None:
            tried = self.tr(
                "Tried here: a short reply takes about {seconds} s ({count} tokens a second)."
            )
            seconds = max(1, round(SHORT_REPLY / max(trial.write_speed, 0.01)))
            count = f"{trial.write_speed:.3g}"
            parts.append(tried.format(seconds=seconds, count=count))
        elif model.record.changed:
            parts.append(
                self.tr("The file changed since its trial, so it is not used until it is tried.")
            )
        elif not model.is_shipped:
            parts.append(self.tr("Not tried yet, so it is not used yet."))
        return joined(parts)

    def _show_kind(self, kind: str) -> None:
        """How strongly it is offered: nobody is led to a model that does not make sense."""
        if self.use.property("kind") != kind:
            self.use.setProperty("kind", kind)
            self.use.style().unpolish(self.use)
            self.use.style().polish(self.use)

    def _warning(self) -> str:
        return self.tr(
            "It can be loaded anyway. It is then read from the disk over and over: an answer may "
            "take minutes, the computer becomes slow, and the system may end the engine. What "
            "you wrote is safe in any case."
        )

    def _show_facts(self, model: ShelvedModel, lang: str) -> None:
        trial = model.record.trial
        self.heard.setVisible(trial is not None)
        if trial is not None:
            self.heard.setText(
                self.tr(
                    "In its trial it answered: “{reply}”\nIt read {read} and wrote {write} tokens "
                    "a second and took {taken} of memory; {expected} were expected."
                ).format(
                    reply=shown(trial.reply),
                    read=f"{trial.read_speed:.3g}",
                    write=f"{trial.write_speed:.3g}",
                    taken=size_text(trial.resident),
                    expected=size_text(trial.predicted),
                )
            )
        lines = fact_lines(model, lang)
        while len(self.facts) < len(lines):
            pair = PlainLabel("small", wrap=False), PlainLabel("small")
            row = len(self.facts)
            self._grid.addWidget(pair[0], row, 0)
            self._grid.addWidget(pair[1], row, 1)
            self.facts.append(pair)
        for index, (name, value) in enumerate(self.facts):
            is_there = index < len(lines)
            name.setVisible(is_there)
            value.setVisible(is_there)
            if is_there:
                name.setText(lines[index][0])
                value.setText(lines[index][1])

    @Slot(bool)
    def _on_more_toggled(self, is_open: bool) -> None:
        self._is_open = is_open
        self._details.setVisible(is_open)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.name, 1)
        head.addWidget(self.verdict)
        buttons, below = WrapLayout(), WrapLayout()
        for button in self._above:
            buttons.addWidget(button)
        for button in self._below:
            below.addWidget(button)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        inside = QVBoxLayout(self._details)
        inside.setContentsMargins(0, GRID, 0, 0)
        inside.setSpacing(GRID)
        inside.addWidget(self.memory)
        inside.addWidget(self.heard)
        inside.addLayout(self._grid)
        inside.addLayout(below)
        self._details.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(head)
        for part in (self.about, self.state, self.warning):
            box.addWidget(part)
        box.addLayout(buttons)
        box.addWidget(self._details)

    def _connect(self) -> None:
        self.more.toggled.connect(self._on_more_toggled)
        self.use.clicked.connect(lambda: self.use_requested.emit(self.model))
        self.measure.clicked.connect(lambda: self.measure_requested.emit(self.model))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self.model))
        self.careful.clicked.connect(lambda: self.careful_requested.emit(self.model))
        self.unload.clicked.connect(self.unload_requested)
        for button in (self.try_it, self.again):
            button.clicked.connect(self._on_try_clicked)

    @Slot()
    def _on_try_clicked(self) -> None:
        memory = self.model.memory
        self.try_requested.emit(self.model, memory is not None and memory.verdict == "no")


def _is_practice(model: ShelvedModel) -> bool:
    return model.found.entry is not None and model.found.entry.practice
