"""What shall leave, of which days, and as what kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.domain.export import ExportFormat, Part, Scope
from psylite_desktop.ui.pages.export.words import section_name
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.check_line import CheckLine
from psylite_desktop.ui.widgets.text import PlainLabel

PERIODS = (0, 7, 30, 90, 365)
"""Days back, today included; 0 is all of it."""
OWN_DAYS = -1


class ChoiceView(QWidget):
    """Nothing is ticked at first.

    Signals:
        changed: Something else is chosen.
        scope_changed: Other days are asked for, so there is something to count.
    """

    changed = Signal()
    scope_changed = Signal()

    def __init__(self, sections: Sequence[str], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._counts: dict[str, int] = {}
        self.what = PlainLabel("heading")
        self.sections = {section: CheckLine() for section in sections}
        self.all = quiet_button()
        self.days_label = PlainLabel("heading")
        self.period = _PeriodBox()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.days_note = PlainLabel("small")
        self.format_label = PlainLabel("heading")
        self.formats = {kind: QRadioButton() for kind in ExportFormat}
        self.format_note = PlainLabel("small")
        self.risk = CheckLine()
        self.risk_note = PlainLabel("small")
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Sections that are ticked."""
        return tuple(section for section, line in self.sections.items() if line.box.isChecked())

    @property
    def kind(self) -> ExportFormat:
        """What kind of file."""
        return next(kind for kind, button in self.formats.items() if button.isChecked())

    @property
    def scope(self) -> Scope | None:
        """The days and the tick about danger; None where the days make no sense yet."""
        back = self.period.currentData()
        first = last = ""
        if back == OWN_DAYS:
            first, last = (edit.text().strip() for edit in (self.first, self.last))
            if not all(_is_day(day) for day in (first, last)) or (first and last and first > last):
                return None
        elif back:
            first = (self._today - timedelta(days=back - 1)).isoformat()
        return Scope(first, last, self.risk.box.isChecked())

    def tick(self, sections: Sequence[str]) -> None:
        """Tick these and nothing else."""
        for section, line in self.sections.items():
            line.box.setChecked(section in sections)

    def show_counts(self, parts: Sequence[Part]) -> None:
        """Say how much there is."""
        self._counts = {part.section: part.count for part in parts}
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.what.setText(self.tr("What shall be in the file?"))
        for section, line in self.sections.items():
            name = section_name(section)
            count = self._counts.get(section)
            line.set_text(
                name
                if count is None
                else self.tr("{name} ({count})").format(name=name, count=count)
            )
        self.all.setText(self.tr("Tick all"))
        self.days_label.setText(self.tr("Which days?"))
        names = (
            self.tr("All of them"),
            self.tr("The last 7 days"),
            self.tr("The last 30 days"),
            self.tr("The last 90 days"),
            self.tr("The last 365 days"),
            self.tr("Other days"),
        )
        for place, name in enumerate(names):
            self.period.setItemText(place, name)
        self.period.setAccessibleName(self.tr("Days of the export"))
        self.first.setAccessibleName(self.tr("First day"))
        self.first.setPlaceholderText(self.tr("from, like 2026-09-01"))
        self.last.setAccessibleName(self.tr("Last day"))
        self.last.setPlaceholderText(self.tr("to, like 2026-11-21"))
        self._show_days()
        self.format_label.setText(self.tr("As what kind of file?"))
        for kind, text in (
            (ExportFormat.PDF, self.tr("To read or print (PDF)")),
            (ExportFormat.MARKDOWN, self.tr("As plain text (Markdown)")),
            (ExportFormat.CSV, self.tr("As tables for a spreadsheet (CSV in a ZIP file)")),
            (ExportFormat.JSON, self.tr("For PsyLite on another computer (JSON)")),
        ):
            self.formats[kind].setText(text)
            self.formats[kind].setAccessibleName(text)
        self.risk.set_text(self.tr("Also what tells of danger"))
        self.risk_note.setText(
            self.tr(
                "The level of risk that was heard in your words, and single answers of scales "
                "that ask about suicide. Think of who might see the file."
            )
        )

    def _show_days(self) -> None:
        is_own = self.period.currentData() == OWN_DAYS
        self.first.setVisible(is_own)
        self.last.setVisible(is_own)
        wrong = self.scope is None
        self.days_note.setVisible(wrong)
        self.days_note.setText(
            self.tr("Write days as year-month-day, the earlier one first.") if wrong else ""
        )

    def _lay_out(self) -> None:
        for back in (*PERIODS, OWN_DAYS):
            self.period.addItem(str(back), back)
        group = QButtonGroup(self)
        for kind in (ExportFormat.PDF, ExportFormat.MARKDOWN, ExportFormat.CSV, ExportFormat.JSON):
            group.addButton(self.formats[kind])
        self.formats[ExportFormat.PDF].setChecked(True)
        days = QHBoxLayout()
        days.setSpacing(GRID)
        days.addWidget(self.first)
        days.addWidget(self.last)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.what)
        for line in self.sections.values():
            box.addWidget(line)
        row = QHBoxLayout()
        row.addWidget(self.all)
        row.addStretch(1)
        box.addLayout(row)
        box.addSpacing(GRID)
        box.addWidget(self.days_label)
        box.addWidget(self.period)
        box.addLayout(days)
        box.addWidget(self.days_note)
        box.addSpacing(GRID)
        box.addWidget(self.format_label)
        for button in group.buttons():
            box.addWidget(button)
        box.addSpacing(GRID)
        box.addWidget(self.risk)
        box.addWidget(self.risk_note)

    def _connect(self) -> None:
        for line in self.sections.values():
            line.switched.connect(self.changed)
        for button in self.formats.values():
            button.clicked.connect(self.changed)
        self.all.clicked.connect(self._on_all_clicked)
        self.risk.switched.connect(self.changed)
        self.period.activated.connect(self._on_days_changed)
        self.first.textEdited.connect(self._on_days_changed)
        self.last.textEdited.connect(self._on_days_changed)

    def _on_all_clicked(self) -> None:
        for line in self.sections.values():
            line.box.setChecked(True)
        self.changed.emit()

    def _on_days_changed(self) -> None:
        self._show_days()
        self.changed.emit()
        if self.scope is not None:
            self.scope_changed.emit()


class _PeriodBox(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()


def _is_day(text: str) -> bool:
    """Whether a text is a day, or nothing."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
