"""How many corrections are kept, and a way to delete them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class CorrectionsView(QWidget):
    """Counts corrections; deleting asks once more, because nothing brings them back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._corrections = session.corrections
        self._tasks = VaultTasks(session.vault, self)
        self._count: int | None = None
        self._error: PsyLiteError | None = None
        self._is_asking = False
        self.label = PlainLabel("strong")
        self.delete = plain_button()
        self.delete.clicked.connect(self._on_delete_clicked)
        self.confirm = plain_button()
        self.confirm.clicked.connect(self._on_confirm_clicked)
        self.keep = plain_button()
        self.keep.clicked.connect(self._on_keep_clicked)
        row = WrapLayout()
        for button in (self.delete, self.keep, self.confirm):
            row.addWidget(button)
            button.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, GRID, RING, RING)
        box.setSpacing(GRID)
        box.addWidget(self.label)
        box.addLayout(row)
        self.retranslate()

    def reload(self) -> None:
        """Count anew."""
        self._is_asking = False
        self._tasks.run(self._corrections.count, self._on_counted, self._on_failed, self)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.delete.setText(self.tr("Delete my corrections"))
        self.confirm.setText(self.tr("Yes, delete them for good"))
        self.keep.setText(self.tr("Keep them"))
        self._show()

    def _show(self) -> None:
        self.label.setText(self._sentence())
        has_some = bool(self._count)
        self.delete.setVisible(has_some and not self._is_asking)
        self.keep.setVisible(has_some and self._is_asking)
        self.confirm.setVisible(has_some and self._is_asking)

    def _sentence(self) -> str:
        if self._error is not None:
            return error_text(self._error)
        if self._is_asking:
            return self.tr("Delete all corrections? Nothing brings them back.")
        match self._count:
            case None:
                return ""
            case 0:
                return self.tr("No corrections are kept.")
            case 1:
                return self.tr("One correction is kept.")
        return self.tr("{count} corrections are kept.").format(count=self._count)

    def _on_counted(self, count: int) -> None:
        self._count, self._error = count, None
        self._show()

    def _on_failed(self, error: PsyLiteError) -> None:
        self._error, self._is_asking = error, False
        self._show()
        announce(self, self.label.text())

    @Slot()
    def _on_delete_clicked(self) -> None:
        self._ask(is_asking=True)
        # The harmless answer has the keyboard: a key held down deletes nothing.
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_keep_clicked(self) -> None:
        self._ask(is_asking=False)
        self.delete.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_confirm_clicked(self) -> None:
        self._is_asking = False
        self._tasks.run(self._corrections.forget, self._on_forgotten, self._on_failed, self)

    def _on_forgotten(self, _nothing: None) -> None:
        self._on_counted(0)
        announce(self, self.label.text())

    def _ask(self, *, is_asking: bool) -> None:
        self._is_asking = is_asking
        self._show()
        announce(self, self.label.text())
