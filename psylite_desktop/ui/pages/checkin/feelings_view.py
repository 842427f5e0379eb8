"""Forty feeling words in their four quadrants, and the few that are both at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from psylite_desktop.content.feelings import CheckInWords, Feeling
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.pages.checkin.chips import ChipGroup, ChipText
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel

QUADRANTS = ("high_unpleasant", "high_pleasant", "low_unpleasant", "low_pleasant")
MIXED = "mixed"
SIDE_BY_SIDE = 34
"""Widths of a character from which on two quadrants stand side by side."""


class FeelingsView(QWidget):
    """Groups of words; side by side where there is room.

    Signals:
        changed: Another word is picked, or one no more.
    """

    changed = Signal()

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
        self._columns = 0
        self.title = PlainLabel("strong")
        self.gloss = PlainLabel("small")
        self.groups = {name: ChipGroup(small_title=True) for name in (*QUADRANTS, MIXED)}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.title)
        box.addLayout(self._grid)
        box.addWidget(self.gloss)
        for group in self.groups.values():
            group.changed.connect(self.changed)
            group.gloss_shown.connect(self._on_gloss_shown)
        self._lay_out(1)
        self.retranslate()

    @property
    def picked(self) -> tuple[str, ...]:
        """Ids of the words that are picked, in the order of the content."""
        picked = {one for group in self.groups.values() for one in group.picked}
        return tuple(one.id for one in self._feelings() if one.id in picked)

    def pick(self, ids: tuple[str, ...]) -> None:
        """Pick these and no others."""
        for group in self.groups.values():
            group.pick(ids)
        self._on_gloss_shown("")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= SIDE_BY_SIDE * self._theme.sizes.text
        self._lay_out(2 if wide else 1)

    def retranslate(self) -> None:
        """Set all texts anew."""
        titles = {
            "high_unpleasant": self.tr("Unpleasant, stirred up"),
            "high_pleasant": self.tr("Pleasant, lively"),
            "low_unpleasant": self.tr("Unpleasant, little energy"),
            "low_pleasant": self.tr("Pleasant, quiet"),
            MIXED: self.tr("A bit of both"),
        }
        self.title.setText(self.tr("Which words fit?"))
        hint = self.tr("Arrow keys go from word to word, Space picks.")
        for name, group in self.groups.items():
            texts = [
                ChipText(one.id, one.word, one.gloss)
                for one in self._feelings()
                if quadrant_of(one) == name
            ]
            group.show_texts(texts)
            group.set_title(titles[name], hint)
        self._on_gloss_shown("")

    def _feelings(self) -> tuple[Feeling, ...]:
        return self._words.feelings(self._language.current.value)

    def _on_gloss_shown(self, gloss: str) -> None:
        self.gloss.setText(gloss or self.tr("Pick as many as you like, or none."))

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for name in (*QUADRANTS, MIXED):
            self._grid.removeWidget(self.groups[name])
        for place, name in enumerate(QUADRANTS):
            self._grid.addWidget(self.groups[name], place // columns, place % columns)
        self._grid.addWidget(self.groups[MIXED], len(QUADRANTS), 0, 1, columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns > 1 else 0)


def quadrant_of(feeling: Feeling) -> str:
    """The group that a word stands in."""
    if feeling.pleasantness == MIXED:
        return MIXED
    return f"{feeling.energy}_{feeling.pleasantness}"
