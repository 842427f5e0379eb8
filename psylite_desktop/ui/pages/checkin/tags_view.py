"""What it has to do with: default tags, the person's own, and a field for another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.content.feelings import LONGEST_TAG, CheckInWords
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.pages.checkin.chips import ChipGroup, ChipText
from psylite_desktop.ui.pages.checkin.line_field import LineField
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.buttons import quiet_button

MOST_OWN = 12
"""Tags of the person's own that are offered, the most used first."""


class TagsView(QWidget):
    """Tags to pick, and a field.

    Signals:
        changed: Another tag is picked, or one no more.
    """

    changed = Signal()

    def __init__(
        self, language: LanguageSwitch, words: CheckInWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._words = words
        self._own: tuple[str, ...] = ()
        self.group = ChipGroup()
        self.field = LineField(LONGEST_TAG)
        self.add = quiet_button()
        row = QHBoxLayout()
        row.setContentsMargins(RING, 0, RING, 0)
        row.setSpacing(GRID)
        row.addWidget(self.field, 1)
        row.addWidget(self.add)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, RING)
        box.setSpacing(GRID)
        box.addWidget(self.group)
        box.addLayout(row)
        self.group.changed.connect(self.changed)
        self.add.clicked.connect(self.take_typed)
        self.retranslate()

    @property
    def picked(self) -> tuple[str, ...]:
        """The tags that are picked, with one that was typed and not added yet."""
        typed = self._words.tag_named(self.field.text())
        picked = self.group.picked
        return picked if not typed or typed in picked else (*picked, typed)

    def pick(self, tags: Sequence[str]) -> None:
        """Pick these and no others; those that are not offered yet are."""
        self._own = (*self._own, *(tag for tag in tags if not self._is_known(tag)))
        self.field.clear()
        self.retranslate()
        self.group.pick(tags)

    def offer(self, own: Sequence[str]) -> None:
        """Offer tags of the person's own beside the default ones; what is picked stays."""
        picked = [tag for tag in self.group.picked if tag not in self._words.tag_ids]
        self._own = tuple(dict.fromkeys((*own[:MOST_OWN], *picked)))
        self.retranslate()

    def take_typed(self) -> None:
        """Add and pick what was typed."""
        typed = self._words.tag_named(self.field.text())
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed:
            self.pick((*self.group.picked, typed))
            self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        lang = self._language.current.value
        tags = (*self._words.tag_ids, *self._own)
        self.group.show_texts([ChipText(tag, self._words.tag(lang, tag)) for tag in tags])
        hint = self.tr("Arrow keys go from word to word, Space picks.")
        self.group.set_title(self.tr("What does it have to do with?"), hint)
        self.field.setPlaceholderText(self.tr("A word of your own"))
        self.field.setAccessibleName(self.tr("A word of your own"))
        self.add.setText(self.tr("Add"))

    def _is_known(self, tag: str) -> bool:
        return tag in self._words.tag_ids or tag in self._own
