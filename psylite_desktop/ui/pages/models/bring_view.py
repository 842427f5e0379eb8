"""Bringing a model file: choose it, see what it is, copy it or use it where it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.domain.model_files import Unfinished
from psylite_desktop.services.model_library import Brought
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.pages.models.memory_bar import MemoryBar
from psylite_desktop.ui.pages.models.verdict_mark import VerdictMark
from psylite_desktop.ui.pages.models.words import joined, short_facts, size_text
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button
from psylite_desktop.ui.widgets.text import PlainLabel, breakable
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class BringView(QWidget):
    """Asks; the page does the work.

    Signals:
        file_chosen: Look at this file.
        copy_requested, reference_requested: Take what was shown; carries `Brought`.
        resume_requested, discard_requested: About a copy that was begun; carries `Unfinished`.
    """

    file_chosen = Signal(Path)
    copy_requested = Signal(Brought)
    reference_requested = Signal(Brought)
    resume_requested = Signal(Unfinished)
    discard_requested = Signal(Unfinished)

    def __init__(
        self, theme: ThemeSwitch, language: LanguageSwitch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._brought: Brought | None = None
        self._left: list[Unfinished] = []
        self._is_busy = False
        self.choose = plain_button()
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self.name = PlainLabel("strong")
        self.about = PlainLabel("small")
        self.verdict = VerdictMark(theme)
        self.memory = MemoryBar(theme)
        self.copy = QRadioButton()
        self.copy_note = PlainLabel("small")
        self.refer = QRadioButton()
        self.refer_note = PlainLabel("small")
        self._group = QButtonGroup(self)
        self.add = primary_button()
        self.leave_it = plain_button()
        self.unfinished = QVBoxLayout()
        self.lines: list[_UnfinishedLine] = []
        self._lay_out()
        self.choose.clicked.connect(self._on_choose_clicked)
        self.add.clicked.connect(self._on_add_clicked)
        self.leave_it.clicked.connect(self._on_leave_it_clicked)
        self.retranslate()
        self.forget()

    def show_brought(self, brought: Brought) -> None:
        """Show a file before anything is done with it."""
        self._brought = brought
        self.verdict.show_memory(brought.memory)
        self.memory.show_memory(brought.memory)
        self.copy.setChecked(True)
        self.card.show()
        self.retranslate()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Show no file."""
        self._brought = None
        self.card.hide()

    def show_unfinished(self, left: Sequence[Unfinished]) -> None:
        """Show copies that were begun."""
        if list(left) == self._left:  # what has the keyboard keeps it
            self.show_busy(is_busy=self._is_busy)
            return
        self._left = list(left)
        for line in self.lines:
            self.unfinished.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for one in self._left:
            line = _UnfinishedLine(one)
            line.resume.clicked.connect(partial(self.resume_requested.emit, one))
            line.discard.clicked.connect(partial(self.discard_requested.emit, one))
            self.unfinished.addWidget(line)
            line.show()
            self.lines.append(line)
        self.show_busy(is_busy=self._is_busy)

    def show_busy(self, *, is_busy: bool) -> None:
        """One thing at a time."""
        self._is_busy = is_busy
        for button in (self.choose, self.add):
            button.setEnabled(not is_busy)
        for line in self.lines:
            line.resume.setEnabled(not is_busy)
            line.discard.setEnabled(not is_busy)

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.choose.setText(self.tr("Bring a model file…"))
        self.copy.setText(self.tr("Copy it into PsyLite's folder"))
        self.copy_note.setText(
            self.tr("The stick can go afterwards. Every byte is checked; a stop costs little.")
        )
        self.refer.setText(self.tr("Use it where it is"))
        self.refer_note.setText(
            self.tr("Takes no room. It must stay where it is, and a stick must stay plugged in.")
        )
        self.copy.setAccessibleDescription(self.copy_note.text())
        self.refer.setAccessibleDescription(self.refer_note.text())
        self.add.setText(self.tr("Take this model"))
        self.leave_it.setText(self.tr("Leave it"))
        self.verdict.retranslate()
        self.memory.retranslate()
        brought = self._brought
        if brought is not None and brought.found.facts is not None:
            lang = self._language.current.value
            self.name.setText(breakable(shown(brought.found.path.name)))
            said = [short_facts(brought.found.facts, lang), self._expectation(brought)]
            self.about.setText("\n".join(part for part in said if part))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _expectation(self, brought: Brought) -> str:
        parts = []
        if brought.unfinished is not None and brought.unfinished.total:
            share = 100 * brought.unfinished.done // brought.unfinished.total
            text = self.tr("{share} % of it are here already from an earlier attempt.")
            parts.append(text.format(share=share))
        if brought.expected:
            parts.append(self.tr("Its SHA-256 is known and will be compared."))
        return joined(parts)

    @Slot()
    def _on_choose_clicked(self) -> None:
        dialog = name_parts(QFileDialog(self, self.tr("Choose a model file")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Models (*.gguf)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.file_chosen.emit(Path(file)))
        dialog.open()

    @Slot()
    def _on_add_clicked(self) -> None:
        brought = self._brought
        if brought is None:
            return
        self.forget()
        if self.copy.isChecked():
            self.copy_requested.emit(brought)
        else:
            self.reference_requested.emit(brought)

    @Slot()
    def _on_leave_it_clicked(self) -> None:
        self.forget()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        for button in (self.copy, self.refer):
            self._group.addButton(button)
        row = WrapLayout()
        row.addWidget(self.add)
        row.addWidget(self.leave_it)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        for part in (self.name, self.about, self.verdict, self.memory):
            inside.addWidget(part)
        for choice, note in ((self.copy, self.copy_note), (self.refer, self.refer_note)):
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(choice)
            under = QHBoxLayout()
            under.setContentsMargins(4 * GRID, 0, 0, 0)
            under.addWidget(note)
            pair.addLayout(under)
            inside.addLayout(pair)
        inside.addLayout(row)
        self.unfinished.setSpacing(GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.card)
        box.addLayout(self.unfinished)


class _UnfinishedLine(QFrame):
    """A copy that was begun."""

    def __init__(self, one: Unfinished) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._one = one
        self.label = PlainLabel()
        self.resume: QPushButton = plain_button()
        self.discard: QPushButton = plain_button()
        row = WrapLayout()
        row.addWidget(self.resume)
        row.addWidget(self.discard)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.label)
        box.addLayout(row)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        one = self._one
        name = breakable(shown(one.name))
        self.label.setText(
            self.tr("{name}: {done} of {total} are copied. It can go on.").format(
                name=name, done=size_text(one.done), total=size_text(one.total)
            )
        )
        self.resume.setText(self.tr("Go on"))
        self.discard.setText(self.tr("Throw it away"))
        for button in (self.resume, self.discard):
            button.setAccessibleName(f"{button.text()}: {shown(one.name)}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
