"""Editors of single settings: each has `show_value` and a signal `edited` with the new value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal, SignalInstance
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from psylite_desktop.ui.pages.help.region_picker import RegionPicker
from psylite_desktop.ui.widgets.check_line import CheckLine

CONTEXT = "Settings"
"""Context of the texts that stand in tables, for the translation files."""


class Editor(Protocol):
    """What the settings page asks of an editor."""

    @property
    def edited(self) -> SignalInstance[object]:
        """Carries the new value when the person changed it."""
        ...

    def show_value(self, value: object) -> None:
        """Show a value without a signal."""
        ...

    def set_name(self, name: str) -> None:
        """Say what is edited, for screen readers."""
        ...

    def retranslate(self) -> None:
        """Set all texts anew."""
        ...


class ChoiceEditor(QComboBox):
    """One of a few values.

    Signals:
        edited: Another value was chosen; carries it.
    """

    edited = Signal(object)

    def __init__(
        self, options: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        """`options` are values with source texts of the context "Settings".

        {value} in a text stands for the value.
        """
        super().__init__(parent)
        self._options = tuple(options)
        self._beside: object = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for _value, text in self._options:
            self.addItem(text)
        self.activated.connect(self._on_activated)

    def show_value(self, value: object) -> None:
        """Show a value without a signal, also one that is no option."""
        values = [option for option, _text in self._options]
        self.setCurrentIndex(values.index(value) if value in values else -1)
        self._beside = value
        self._show_beside()

    def set_name(self, name: str) -> None:
        """Say what is edited."""
        self.setAccessibleName(name)

    def retranslate(self) -> None:
        """Set all texts anew."""
        for index, (value, text) in enumerate(self._options):
            self.setItemText(index, _filled(text, value))
        self._show_beside()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()

    def _show_beside(self) -> None:
        """Show a value that is no option (from a hand-edited file) in the words of the last."""
        self.setPlaceholderText(_filled(self._options[-1][1], self._beside))

    def _on_activated(self, index: int) -> None:
        self.edited.emit(self._options[index][0])


class SwitchEditor(CheckLine):
    """On or off.

    Signals:
        edited: It was switched; carries the new state.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switched.connect(self._on_switched)

    def show_value(self, value: object) -> None:
        """Show a state without a signal."""
        self.box.setChecked(value is True)

    def set_name(self, name: str) -> None:
        """Say what is switched; the words stand beside the box."""
        self.set_text(name)

    def retranslate(self) -> None:
        """The page sets the name anew; there is nothing else."""

    def _on_switched(self, state: bool) -> None:
        self.edited.emit(state)


class RegionEditor(RegionPicker):
    """The region of the help lines.

    Signals:
        edited: Another region was chosen; carries its code.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picked.connect(self._on_picked)

    def show_value(self, value: object) -> None:
        """Show a region without a signal."""
        self.choose(str(value))

    def set_name(self, name: str) -> None:
        """Say what is edited."""
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()

    def _on_picked(self, region: str) -> None:
        self.edited.emit(region)


def _filled(text: str, value: object) -> str:
    return QCoreApplication.translate(CONTEXT, text).replace("{value}", str(value))
