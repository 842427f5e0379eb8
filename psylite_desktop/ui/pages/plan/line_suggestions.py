"""Help lines of the region, ready to be put into the plan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel


class LineSuggestions(QWidget):
    """Offers lines that the plan does not name yet; nothing gets in by itself.

    Signals:
        chosen: A line to add; carries it as text.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Hotline, ...] = ()
        self._lang = "en"
        self._text = ""
        self.lead = PlainLabel("small")
        self.buttons: dict[str, QPushButton] = {}
        self._rows: dict[str, QWidget] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.lead)

    def show_lines(self, lines: Sequence[Hotline], lang: str) -> None:
        """Offer these lines, described in `lang`."""
        self._lines, self._lang = tuple(lines), lang
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self.buttons = {}
        self._rows = {line.number: self._row(line) for line in self._lines}
        self.retranslate()

    def leave_out(self, text: str) -> None:
        """Offer only what `text` does not name yet."""
        self._text = text
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        for number, button in self.buttons.items():
            button.setText(self.tr("Add"))
            button.setAccessibleName(self.tr("Add {number} to my plan").format(number=number))
        self._show()

    def _show(self) -> None:
        left = [number for number in self._rows if number not in self._text]
        for number, row in self._rows.items():
            row.setVisible(number in left)
        if self._lines:
            self.lead.setText(self.tr("From the help lines of your region:"))
        else:
            self.lead.setText(
                self.tr("Choose your region on the help page (F1); its lines can be added here.")
            )
        self.lead.setVisible(bool(left) or not self._lines)

    def _row(self, line: Hotline) -> QWidget:
        row = QWidget()
        label = PlainLabel()
        label.setText(f"{line.number} · {line.name.get(self._lang, '')}")
        button = quiet_button()
        button.clicked.connect(partial(self.chosen.emit, _as_text(line, self._lang)))
        self.buttons[line.number] = button
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addWidget(label, 1)
        inside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(row)
        return row


def _as_text(line: Hotline, lang: str) -> str:
    """A line as it stands in a plan: number first, because that is what is looked for."""
    facts = (line.number, line.name.get(lang, ""), line.hours.get(lang, ""))
    return " · ".join(fact for fact in facts if fact)
