"""What became of it: brought back, or read as far as it could be, table by table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.backup import SalvageReport, TableReport
from psylite_desktop.domain.profile import Profile
from psylite_desktop.ui.pages.backup.labels import is_known, table_text
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import primary_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

_MOST_NUMBERS = 30


class RescueDoneView(ReadingColumn):
    """The end of the way back.

    Signals:
        finished: The list of spaces shall be shown.
    """

    finished = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.85, parent=parent)
        self._report: SalvageReport | None = None
        self._made: Profile | None = None
        self.title = PlainLabel("title")
        self.sentence = Paragraph()
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self.lines: list[PlainLabel] = []
        self._lines = QVBoxLayout(self.card)
        self._lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._lines.setSpacing(GRID // 2)
        self.proceed = primary_button()
        self.proceed.clicked.connect(self.finished)
        self.body.addStretch(1)
        for widget in (self.title, self.sentence, self.card, self.proceed):
            self.body.addWidget(widget)
        self.body.addStretch(2)
        self.retranslate()

    def tell(self, *, made: Profile | None = None, report: SalvageReport | None = None) -> None:
        """Say what became of it: `made` is a new space, `report` what salvage found."""
        self._made, self._report = made, report
        for line in self.lines:
            self._lines.removeWidget(line)
            line.deleteLater()
        self.lines = []
        for _ in self._tables():
            line = PlainLabel()
            self._lines.addWidget(line)
            self.lines.append(line)
        self.retranslate()
        announce(self, self.sentence.text())
        self.proceed.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        report = self._report
        self.card.setVisible(report is not None)
        if report is not None:
            name = profile_text(report.profile.label)
            self.title.setText(self.tr("This is what could be read"))
            self.sentence.setText(
                self.tr(
                    "It stands in a new space named {name} and opens with the same passphrase. "
                    "The damaged space is still there, unchanged."
                ).format(name=name)
            )
            for line, table in zip(self.lines, self._tables(), strict=True):
                line.setText(self._line(table))
        elif self._made is not None:
            self.title.setText(self.tr("It is back"))
            self.sentence.setText(
                self.tr(
                    "It is a space of its own now, named {name}. It opens with the passphrase you "
                    "just used."
                ).format(name=profile_text(self._made.label))
            )
        else:
            self.title.setText(self.tr("It is back"))
            self.sentence.setText(
                self.tr(
                    "Everything in it was checked. What stood there before is among the backups."
                )
            )
        self.proceed.setText(self.tr("Go to my spaces"))

    def _tables(self) -> list[TableReport]:
        """What a person would miss; empty tables of which nothing is missing are left out."""
        report = self._report
        return [
            table
            for table in (report.tables if report is not None else ())
            if table.read or table.from_backup or table.lost or table.more_lost
        ]

    def _line(self, table: TableReport) -> str:
        name = table_text(table.table)
        name = name if is_known(table.table) else f"{name} ({table.table})"
        said = [self.tr("{what}: {count} read").format(what=name, count=table.read)]
        if table.from_backup:
            said.append(self.tr("{count} from a backup").format(count=table.from_backup))
        lost = len(table.lost) + table.more_lost
        if lost:
            numbers = ", ".join(map(str, table.lost[:_MOST_NUMBERS]))
            more = "…" if lost > min(len(table.lost), _MOST_NUMBERS) else ""
            said.append(
                self.tr("{count} not found (no. {numbers})").format(
                    count=lost, numbers=numbers + more
                )
            )
        if table.open_end:
            said.append(self.tr("perhaps newer ones are missing, too"))
        return " · ".join(said)
