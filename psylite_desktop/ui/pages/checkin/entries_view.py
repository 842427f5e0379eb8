"""Check-ins of one day, oldest first, each with a way to change it and one to delete it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTime, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import IconButton
from psylite_desktop.ui.widgets.face import face_icon
from psylite_desktop.ui.widgets.text import PlainLabel


def time_of(check_in: CheckIn) -> str:
    """When it was written, as the clock on the wall shows it."""
    moment = datetime.fromtimestamp(check_in.at).astimezone()
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


class CheckInRow(QFrame):
    """One check-in.

    Signals:
        edit_requested: Change it.
        delete_requested: Delete it.
    """

    edit_requested = Signal()
    delete_requested = Signal()

    def __init__(
        self,
        theme: ThemeSwitch,
        language: LanguageSwitch,
        words: CheckInWords,
        check_in: CheckIn,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._theme = theme
        self._language = language
        self._words = words
        self.check_in = check_in
        self.face = QLabel()
        self.face.setTextFormat(Qt.TextFormat.PlainText)
        self.head = PlainLabel("strong")
        self.words = PlainLabel()
        self.note = PlainLabel("muted")
        self.edit = IconButton(theme, "edit")
        self.delete = IconButton(theme, "delete")
        self.edit.clicked.connect(self.edit_requested)
        self.delete.clicked.connect(self.delete_requested)
        said = QVBoxLayout()
        said.setSpacing(GRID // 2)
        for label in (self.head, self.words, self.note):
            said.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self.face, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        lang, one = self._language.current.value, self.check_in
        time = time_of(one)
        head = [self._words.mood(lang, one.mood)]
        head.append(self.tr("added later") if one.backfilled else time)
        self.head.setText(" · ".join(head))
        between = self._words.prompt(lang).comma
        feelings = between.join(self._words.feeling(lang, feeling) for feeling in one.feelings)
        tags = between.join(self._words.tag(lang, tag) for tag in one.tags)
        self.words.setText(" · ".join(part for part in (feelings, tags) if part))
        self.words.setVisible(bool(feelings or tags))
        self.note.setText(one.note)
        self.note.setVisible(bool(one.note))
        name = " · ".join(head)
        self.edit.set_name(self.tr("Change: {check_in}").format(check_in=name))
        self.delete.set_name(self.tr("Delete: {check_in}").format(check_in=name))

    def _on_theme_changed(self) -> None:
        size = self._theme.sizes.px(32)
        icon = face_icon(self._theme, self.check_in.mood, size=size)
        self.face.setPixmap(icon.pixmap(QSize(size, size), self.devicePixelRatioF()))


class EntriesView(QWidget):
    """The list of a day, or one kind sentence.

    Signals:
        edit_requested: Change one; carries the CheckIn.
        delete_requested: Delete one; carries the CheckIn.
    """

    edit_requested = Signal(CheckIn)
    delete_requested = Signal(CheckIn)

    def __init__(
        self,
        theme: ThemeSwitch,
        language: LanguageSwitch,
        words: CheckInWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._words = words
        self.title = PlainLabel("strong")
        self.empty = PlainLabel("muted")
        self.rows: list[CheckInRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GRID)
        self._box.addWidget(self.title)
        self._box.addWidget(self.empty)
        self.retranslate()

    def show_entries(self, check_ins: Sequence[CheckIn], day_name: str) -> None:
        """List the check-ins of a day."""
        self.title.setText(day_name)
        self.empty.setVisible(not check_ins)
        if [row.check_in for row in self.rows] == list(check_ins):
            return
        for row in self.rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [CheckInRow(self._theme, self._language, self._words, one) for one in check_ins]
        for row in self.rows:
            row.edit_requested.connect(partial(self.edit_requested.emit, row.check_in))
            row.delete_requested.connect(partial(self.delete_requested.emit, row.check_in))
            self._box.addWidget(row)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.empty.setText(self.tr("Nothing here yet for this day. One face is enough."))
        for row in self.rows:
            row.retranslate()
