"""Words to pick: Tab comes to a group once, arrow keys go from word to word, Space picks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


@dataclass(frozen=True, slots=True)
class ChipText:
    """One word; `gloss` says what is meant, empty where the word says it."""

    id: str
    word: str
    gloss: str = ""


class Chip(QPushButton):
    """A word that is picked or not.

    Signals:
        entered: The keyboard came here.
        step_requested: An arrow key; carries -1 or 1.
    """

    entered = Signal()
    step_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_text(self, text: ChipText) -> None:
        """Say the word."""
        self.setText(text.word)
        self.setAccessibleName(text.word)
        self.setAccessibleDescription(text.gloss)
        self.setToolTip(text.gloss)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the next word of the group."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.step_requested.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()


class ChipGroup(QWidget):
    """A titled wrap of words.

    Signals:
        changed: Another word is picked, or one no more.
        gloss_shown: The gloss of the word that has the keyboard; may be empty.
    """

    changed = Signal()
    gloss_shown = Signal(str)

    def __init__(self, *, small_title: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("small" if small_title else "strong")
        self.chips: dict[str, Chip] = {}
        self._place = QWidget()
        self._wrap = WrapLayout(self._place)
        self._wrap.setSpacing(GRID)
        self._wrap.setContentsMargins(RING, RING, RING, RING)
        policy = self._place.sizePolicy()
        policy.setHeightForWidth(True)
        self._place.setSizePolicy(policy)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.title)
        box.addWidget(self._place)

    @property
    def picked(self) -> tuple[str, ...]:
        """Ids of the words that are picked, in the order of the group."""
        return tuple(chip_id for chip_id, chip in self.chips.items() if chip.isChecked())

    def pick(self, ids: Sequence[str]) -> None:
        """Pick these and no others."""
        for chip_id, chip in self.chips.items():
            chip.setChecked(chip_id in ids)

    def show_texts(self, texts: Sequence[ChipText]) -> None:
        """Offer these words; what is picked stays picked."""
        picked = self.picked
        if list(self.chips) != [text.id for text in texts]:
            self._make(texts)
        for text in texts:
            self.chips[text.id].show_text(text)
        self.pick(picked)

    def set_title(self, title: str, hint: str) -> None:
        """Name the group, and say how its keys work."""
        self.title.setText(title)
        self._place.setAccessibleName(title)
        self._place.setAccessibleDescription(hint)

    def _make(self, texts: Sequence[ChipText]) -> None:
        """Words that stay keep their chips, and with them the keyboard."""
        before, self.chips = self.chips, {}
        for text in texts:
            self.chips[text.id] = before.pop(text.id) if text.id in before else self._chip()
        for old in before.values():
            old.hide()
            old.deleteLater()
        while self._wrap.takeAt(0) is not None:
            pass
        last: Chip | None = None
        for chip in self.chips.values():
            self._wrap.addWidget(chip)
            if last is not None:
                QWidget.setTabOrder(last, chip)
            last = chip
        self._open_door(next(iter(self.chips.values()), None))

    def _chip(self) -> Chip:
        chip = Chip()
        chip.clicked.connect(self._on_clicked)
        chip.entered.connect(partial(self._on_entered, chip))
        chip.step_requested.connect(partial(self._on_step_requested, chip))
        return chip

    def _open_door(self, door: Chip | None) -> None:
        """Let Tab come in at one word of the group."""
        for chip in self.chips.values():
            is_door = chip is door
            chip.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_door else Qt.FocusPolicy.ClickFocus
            )

    def _on_clicked(self) -> None:
        self.changed.emit()

    def _on_entered(self, chip: Chip) -> None:
        self._open_door(chip)
        self.gloss_shown.emit(chip.accessibleDescription())

    def _on_step_requested(self, chip: Chip, step: int) -> None:
        chips = list(self.chips.values())
        target = chips[(chips.index(chip) + step) % len(chips)]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
