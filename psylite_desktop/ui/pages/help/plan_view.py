"""What somebody chose of their plan to be read before unlocking."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.safety_plan import PlanEntry
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel


class ShownPlanView(QWidget):
    """Hidden while there is nothing to show."""

    def __init__(
        self,
        texts: Callable[[], PlanTexts],
        language: LanguageSwitch,
        parent: QWidget | None = None,
    ) -> None:
        """`texts` is asked once there is something to show: the numbers need none of it."""
        super().__init__(parent)
        self._ask = texts
        self._texts: PlanTexts | None = None
        self._language = language
        self._entries: tuple[PlanEntry, ...] = ()
        self.heading = PlainLabel("heading")
        self.note = PlainLabel("small")
        self.titles: list[PlainLabel] = []
        self.steps: list[PlainLabel] = []
        card = QFrame()
        card.setProperty("role", "card")
        self._inside = QVBoxLayout(card)
        self._inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._inside.setSpacing(GRID)
        self._inside.addWidget(self.heading)
        self._place = QVBoxLayout()
        self._place.setSpacing(GRID // 2)
        self._inside.addLayout(self._place)
        self._inside.addWidget(self.note)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.hide()
        self.retranslate()

    def show_steps(self, entries: Sequence[PlanEntry]) -> None:
        """Show these steps in the person's own words, and nothing of those before.

        None where the words of the app around them are damaged.
        """
        for label in (*self.titles, *self.steps):
            label.clear()
            label.hide()
            label.deleteLater()
        self._entries = tuple(entries) if self._has_texts(entries) else ()
        self.titles, self.steps = [], []
        for entry in self._entries:
            title, words = PlainLabel("strong"), PlainLabel()
            words.setText(entry.text.strip())
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            words.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a screen reader reads it, it scrolls
            title.setBuddy(words)
            self._place.addWidget(title)
            self._place.addWidget(words)
            self.titles.append(title)
            self.steps.append(words)
        self.setVisible(bool(self._entries))
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew; the person's own words stay as they are."""
        self.heading.setText(self.tr("From my plan"))
        self.note.setText(
            self.tr("Chosen on the page of the plan to be readable here before unlocking.")
        )
        if self._texts is None:
            return
        titles = {one.id: one.title for one in self._texts.steps(self._language.current.value)}
        for entry, title, words in zip(self._entries, self.titles, self.steps, strict=True):
            title.setText(titles[entry.step])
            words.setAccessibleName(f"{titles[entry.step]}: {entry.text.strip()}")

    def _has_texts(self, entries: Sequence[PlanEntry]) -> bool:
        if entries and self._texts is None:
            with contextlib.suppress(InputError):
                self._texts = self._ask()
        return self._texts is not None
