"""Chooses a topic."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

MOST = 20
"""Topics that are offered, the most frequent ones."""
FEW = 6
"""Letters of a topic that are always seen; the open list shows all of it."""


class TopicBox(QComboBox):
    """All topics, or one of those that conversations have; hidden where there are none.

    Signals:
        chosen: Carries the id of a topic, "" for all.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItem("", "")
        self.activated.connect(lambda _place: self.chosen.emit(self.topic))
        self.retranslate()

    @property
    def topic(self) -> str:
        """The topic that is chosen, "" for all."""
        return str(self.currentData() or "")

    def offer(self, topics: Sequence[tuple[str, str]]) -> None:
        """Offer these, by id and name; the choice stays while it is among them."""
        kept = self.topic
        while self.count() > 1:
            self.removeItem(1)
        for topic, name in topics[:MOST]:
            self.addItem(name[:1].upper() + name[1:], topic)
        self.setCurrentIndex(max(0, self.findData(kept)))

    def fold(self, *, is_narrow: bool) -> None:
        """Be as wide as the widest topic, or, where room is short, as a few letters."""
        policy = QComboBox.SizeAdjustPolicy
        contents = policy.AdjustToMinimumContentsLengthWithIcon
        self.setMinimumContentsLength(FEW if is_narrow else 0)
        self.setSizeAdjustPolicy(contents if is_narrow else policy.AdjustToContents)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling over it changes nothing."""
        event.ignore()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.setItemText(0, self.tr("All topics"))
        self.setAccessibleName(self.tr("Topic"))
