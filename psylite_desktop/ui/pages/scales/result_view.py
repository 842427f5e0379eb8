"""What a result says, what it does not, and how it was before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.scale import Scale, ScaleRun
from psylite_desktop.services.scales import change, risks_in
from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.pages.scales.part_view import PartView
from psylite_desktop.ui.pages.scales.run_table import RunTable
from psylite_desktop.ui.pages.scales.shown import as_text, day
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class ResultView(QWidget):
    """Shows the newest of the results it is given; the table shows all.

    Signals:
        done_requested: Back to the list.
        delete_requested: Delete a result; carries its id.
    """

    done_requested = Signal()
    delete_requested = Signal(int)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale: Scale | None = None
        self._runs: list[ScaleRun] = []
        self._is_young = False
        self.when = PlainLabel("small")
        self.parts: list[PartView] = []
        self._places = QVBoxLayout()
        self._places.setSpacing(GRID)
        self.question = Paragraph()
        self.limits_title = PlainLabel("strong")
        self.limits = Paragraph()
        self.earlier = PlainLabel("strong")
        self.table = RunTable(theme)
        self.table.delete_requested.connect(self.delete_requested)
        self.done = primary_button()
        self.done.clicked.connect(self.done_requested)
        self.copy = plain_button()
        self.copy.clicked.connect(self._on_copy_clicked)
        self.delete = quiet_button()
        self.delete.clicked.connect(self._on_delete_clicked)
        self.source = PlainLabel("small")
        actions = WrapLayout()
        for button in (self.done, self.copy, self.delete):
            actions.addWidget(button)
        column = self._column = ReadingColumn(theme, share=1.1)
        column.body.addWidget(self.when)
        column.body.addLayout(self._places)
        for label in (self.question, self.limits_title, self.limits):
            column.body.addWidget(label)
        column.body.addLayout(actions)
        column.body.addWidget(self.earlier)
        column.body.addWidget(self.table)
        column.body.addWidget(self.source)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column)

    def show_results(self, scale: Scale, runs: Sequence[ScaleRun], *, is_young: bool) -> None:
        """Show results of one scale, oldest first in `runs`; at least one."""
        self.scale, self._runs, self._is_young = scale, list(runs), is_young
        newest = self._runs[-1]
        for old in self.parts:
            self._places.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.parts = []
        for part in scale.parts:
            view = PartView(has_name=len(scale.parts) > 1)
            view.show_part(
                part, newest, change(part, newest, self._runs), scale=scale, is_young=is_young
            )
            self._places.addWidget(view)
            self.parts.append(view)
        before: QWidget = self.parts[0]
        for widget in (*self.parts[1:], self.done, self.copy, self.delete, self.table):
            self.setTabOrder(before, widget)
            before = widget
        self.table.show_runs(scale, self._runs[::-1], is_young=is_young)
        self._label()
        self._column.verticalScrollBar().setValue(0)

    def take_keyboard(self) -> None:
        """Begin with the first score."""
        if self.parts:
            self.parts[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.scale is not None:
            self._label()

    def _label(self) -> None:
        scale = self.scale
        if scale is None or not self._runs:
            return
        newest = self._runs[-1]
        when = day(newest.at)
        if newest.answers:
            self.when.setText(self.tr("Filled in on {day}").format(day=when))
        else:
            self.when.setText(self.tr("From paper, noted on {day}").format(day=when))
        asked = [risk.question for risk in risks_in(scale, newest.answers) if risk.question]
        self.question.setText("\n".join(asked))
        self.question.setVisible(bool(asked))
        self.limits_title.setText(self.tr("What this does not mean"))
        self.limits.setText(scale.limits)
        self.earlier.setText(self.tr("All results"))
        self.table.setAccessibleName(self.tr("All results"))
        self.done.setText(self.tr("Done"))
        self.copy.setText(self.tr("Copy as text"))
        self.delete.setText(self.tr("Delete this result"))
        self.source.setText(
            self.tr("Scale: {source}. {licence}.").format(
                source=scale.source.rstrip("."), licence=scale.licence.rstrip(".")
            )
        )

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self.scale is None:
            return
        text = as_text(self.scale, self._runs[::-1], is_young=self._is_young)
        copy_privately(text)
        self.copy.setText(self.tr("Copied"))
        announce(self.copy, self.tr("Copied"))

    @Slot()
    def _on_delete_clicked(self) -> None:
        self.delete_requested.emit(self.table.selected_id or self._runs[-1].id)
