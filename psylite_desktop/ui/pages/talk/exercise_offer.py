"""A line below a reply: an exercise for what was just said, opened or passed over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.suggestion import Answer, Item, Suggestion
from psylite_desktop.services.suggestions import SuggestionService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class ExerciseOffer(QFrame):
    """Hidden while there is nothing to offer.

    Signals:
        open_requested: Lead to the exercise; carries its Item.
        failed: The vault did not take it; carries the error's code.
    """

    open_requested = Signal(Item)
    failed = Signal(str)

    def __init__(
        self, suggestions: SuggestionService, tasks: VaultTasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._service = suggestions
        self._tasks = tasks
        self._suggestion: Suggestion | None = None
        self.label = PlainLabel()
        self.open = plain_button()
        self.open.clicked.connect(self._on_open_clicked)
        self.not_now = quiet_button()
        self.not_now.clicked.connect(self._on_not_now_clicked)
        row = WrapLayout()
        row.addWidget(self.open)
        row.addWidget(self.not_now)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        box.setSpacing(GRID // 2)
        box.addWidget(self.label)
        box.addLayout(row)
        self.hide()
        self.retranslate()

    def offer(self, suggestion: Suggestion | None) -> None:
        """Show it; None takes away what is there."""
        self._suggestion = suggestion
        self.setVisible(suggestion is not None)
        self.retranslate()
        if suggestion is not None:
            announce(self, self.label.text())

    @Slot()
    def clear(self) -> None:
        """Take it away."""
        self.offer(None)

    def retranslate(self) -> None:
        """Texts in the language of now; the title stays as it was offered."""
        self.open.setText(self.tr("Look at the exercise"))
        self.not_now.setText(self.tr("Not now"))
        self.not_now.setToolTip(self.tr("Nothing is suggested for a day."))
        one = self._suggestion
        if one is not None:
            said = self.tr(
                "There is an exercise for this: “{title}”, {minutes} min (evidence {badge})."
            )
            self.label.setText(
                said.format(title=one.title, minutes=one.minutes, badge=one.badge.value)
            )

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_open_clicked(self) -> None:
        one, service = self._suggestion, self._service
        if one is None:
            return
        self.clear()
        self._tasks.run(
            lambda: service.note_opened(one.offer), self._on_kept, self._on_failed, self
        )
        self.open_requested.emit(one.item)

    @Slot()
    def _on_not_now_clicked(self) -> None:
        one, service = self._suggestion, self._service
        if one is None:
            return
        self.clear()
        self._tasks.run(
            lambda: service.answer(one, Answer.NOT_NOW), self._on_kept, self._on_failed, self
        )

    def _on_kept(self, _nothing: object) -> None:
        """The line is gone already."""

    def _on_failed(self, error: PsyLiteError) -> None:
        self.failed.emit(error.code)
