"""Sums from a scale that was filled in on paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from psylite_desktop.domain.scale import Scale
from psylite_desktop.services.scales import wrong_sums
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import primary_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class PaperView(QWidget):
    """One field a part; says which one cannot be right.

    Signals:
        entered: Sums that can be; carries them by the ids of their parts.
    """

    entered = Signal(dict)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale: Scale | None = None
        self.reason = Paragraph(muted=True)
        self.lead = Paragraph()
        self.wrong = PlainLabel("strong")
        self.fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._places = QVBoxLayout()
        self._places.setSpacing(GRID)
        self.save = primary_button()
        self.save.clicked.connect(self._on_save)
        column = ReadingColumn(theme)
        for widget in (self.reason, self.lead):
            column.body.addWidget(widget)
        column.body.addLayout(self._places)
        column.body.addWidget(self.wrong)
        column.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column)

    def begin(self, scale: Scale) -> None:
        """Ask for the sums of a scale."""
        for old in (*self._labels.values(), *self.fields.values()):
            self._places.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels, self.fields = {}, {}
        before: QWidget | None = None
        for part in scale.parts:
            label, field = PlainLabel(), QLineEdit()
            field.setValidator(QIntValidator(0, 999, field))
            field.returnPressed.connect(self._on_save)
            label.setBuddy(field)
            self._places.addWidget(label)
            self._places.addWidget(field)
            self._labels[part.id], self.fields[part.id] = label, field
            if before is not None:
                self.setTabOrder(before, field)
            before = field
        if before is not None:
            self.setTabOrder(before, self.save)
        self.wrong.hide()
        self.reword(scale)

    def reword(self, scale: Scale) -> None:
        """Say everything in the language of now."""
        self.scale = scale
        self.reason.setText(scale.reason)
        self.lead.setText(scale.typed_lead)
        for part in scale.parts:
            named = self.tr("{part}, {low} to {high}").format(
                part=part.name, low=part.typed_low, high=part.typed_high
            )
            self._labels[part.id].setText(named)
            self.fields[part.id].setAccessibleName(named)
        self.save.setText(self.tr("Keep it"))
        self.wrong.hide()

    def take_keyboard(self) -> None:
        """Give the keyboard to the first field."""
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.scale is not None:
            self.reword(self.scale)

    @Slot()
    def _on_save(self) -> None:
        if self.scale is None:
            return
        sums = {
            part_id: int(field.text())
            for part_id, field in self.fields.items()
            if field.text().isdigit()
        }
        wrong = wrong_sums(self.scale, sums)
        if wrong:
            part = wrong[0]
            said = self.tr("{part}: a whole number from {low} to {high}, please.").format(
                part=part.name, low=part.typed_low, high=part.typed_high
            )
            self.wrong.setText(said)
            self.wrong.show()
            announce(self, said)
            self.fields[part.id].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.entered.emit(sums)
