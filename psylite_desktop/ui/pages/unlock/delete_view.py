"""Deleting a space: the passphrase or the code, and a second step that nobody takes by mistake."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.profile import Profile
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from psylite_desktop.ui.pages.unlock.secret_view import SecretView
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.check_line import CheckLine


class DeleteView(SecretView):
    """Says what goes and what stays; the button works once the box beside it is ticked.

    Signals:
        delete_requested: The space shall go; carries what was entered.
    """

    delete_requested = Signal(str)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._profile: Profile | None = None
        self.sure = CheckLine()
        self.delete = plain_button()
        # Not the main action of anything: a plain button in the place of the bright one.
        self.open.hide()
        place = self.body.indexOf(self.open)
        self.body.insertWidget(place, self.sure)
        self.body.insertWidget(place + 1, self.delete)
        QWidget.setTabOrder(self.sure.box, self.delete)
        QWidget.setTabOrder(self.delete, self.back)
        self.pause.ended.connect(self._show_ready)
        self.sure.switched.connect(self._on_edited)
        self.passphrase.edited.connect(self._on_edited)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.retranslate()
        self.clear()

    def ask(self, profile: Profile) -> None:
        """Begin anew for a space."""
        self._profile = profile
        self.clear()
        self.retranslate()
        self.focus()

    def clear(self) -> None:
        """Forget what was typed and ticked."""
        super().clear()
        self.sure.box.setChecked(False)
        self._on_edited()

    def hold(self, seconds: float) -> None:
        """Take nothing for so long."""
        super().hold(seconds)
        self._show_ready()

    def retranslate(self) -> None:
        """Set all texts anew."""
        super().retranslate()
        name = profile_text(self._profile.label) if self._profile else ""
        self.title.setText(self.tr("Delete {space}").format(space=name))
        self.sentence.setText(
            self.tr(
                "Talks, check-ins, journal, exercises, plan and settings of this space go, and "
                "its keys first: nobody can bring them back. Other spaces stay. Backups and "
                "exports that you keep elsewhere stay, too, until you delete them there."
            )
        )
        self.passphrase.set_label(self.tr("Passphrase or recovery code"))
        self.sure.set_text(self.tr("I know that nothing brings it back"))
        self.delete.setText(self.tr("Delete for good"))
        self.back.setText(self.tr("Keep it"))

    def _on_submitted(self) -> None:
        # Enter leads to the box: one key must not delete anything.
        self.sure.box.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_edited(self) -> None:
        self.notice.clear()
        self._show_ready()

    def _show_ready(self) -> None:
        ready = bool(self.passphrase.text) and self.sure.box.isChecked()
        self.delete.setEnabled(ready and not self.pause.is_running)

    def _on_delete_clicked(self) -> None:
        self.delete_requested.emit(self.passphrase.text)
