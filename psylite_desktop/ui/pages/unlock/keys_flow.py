"""The keys of one space, step by step: prove that it is yours, then change what is to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.services.attempts import Attempts
from psylite_desktop.storage.kdf_tuning import is_thrifty
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.unlock.delete_view import DeleteView
from psylite_desktop.ui.pages.unlock.door import Door
from psylite_desktop.ui.pages.unlock.keys_door_view import KeysDoorView
from psylite_desktop.ui.pages.unlock.keys_view import KeysState, KeysView
from psylite_desktop.ui.pages.unlock.new_passphrase_view import NewPassphraseView, Purpose
from psylite_desktop.ui.pages.unlock.recovery_code_view import RecoveryCodeView
from psylite_desktop.ui.pages.unlock.slow_work import SlowWork

T = TypeVar("T")

IDLE_MS = 5 * 60_000
"""So long a step stays in view; then what was proved is forgotten."""


class KeysFlow(QStackedWidget):
    """Holds a passphrase or a code from the first step until it is left.

    Signals:
        left: Back to the start.
        deleted: The space is gone.
    """

    left = Signal()
    deleted = Signal()

    def __init__(
        self,
        context: AppContext,
        work: SlowWork,
        attempts: Attempts,
        parent: QWidget | None = None,
    ) -> None:
        """`attempts` are counted together with those at the door."""
        super().__init__(parent)
        self._context = context
        self._work = work
        self._attempts = attempts
        self._door: Door | None = None
        self._state: KeysState | None = None
        self._secret = ""
        self._said = ""
        self._drawn = ""
        self._visit = 0
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self.door = KeysDoorView(context.theme)
        self.keys = KeysView(context.theme)
        self.change = NewPassphraseView(context, Purpose.CHANGE)
        self.renew = NewPassphraseView(context, Purpose.RENEW)
        self.code = RecoveryCodeView(context.theme)
        self.delete = DeleteView(context.theme)
        for view in (self.door, self.keys, self.change, self.renew, self.code, self.delete):
            self.addWidget(view)
        self._connect()

    def begin(self, door: Door) -> None:
        """Ask whose space it is."""
        self.clear()
        self._door = door
        self.setCurrentWidget(self.door)
        self.door.ask(door)
        self.door.hold(self._attempts.wait_s(door.label))

    def clear(self) -> None:
        """Forget everything that was typed and shown."""
        self._visit += 1
        self._idle.stop()
        self._door = self._state = None
        self._secret = self._said = self._drawn = ""
        for view in (self.door, self.keys, self.change, self.renew, self.code, self.delete):
            view.clear()
        self.setCurrentWidget(self.door)

    def _connect(self) -> None:
        self._idle.timeout.connect(self.left)
        self.currentChanged.connect(self._on_step_changed)
        self.door.submitted.connect(self._on_secret_submitted)
        self.door.back_requested.connect(self.left)
        self.keys.back_requested.connect(self.left)
        self.keys.change_requested.connect(lambda: self._ask(self.change))
        self.keys.renew_requested.connect(lambda: self._ask(self.renew))
        self.keys.code_requested.connect(self._on_code_requested)
        self.keys.keyring_switched.connect(self._on_keyring_switched)
        self.keys.delete_requested.connect(self._on_delete_requested)
        self.change.submitted.connect(self._on_change_submitted)
        self.renew.submitted.connect(self._on_renew_submitted)
        for view in (self.change, self.renew, self.delete):
            view.back_requested.connect(self._show_keys)
        self.code.confirmed.connect(self._on_code_confirmed)
        self.delete.delete_requested.connect(self._on_delete_confirmed)

    def _ask(self, view: NewPassphraseView) -> None:
        self.setCurrentWidget(view)
        view.ask()

    def _show_keys(self) -> None:
        if self._state is None:
            return
        for view in (self.change, self.renew, self.code, self.delete):
            view.clear()
        self.setCurrentWidget(self.keys)
        self.keys.show_keys(self._state)
        said, self._said = self._said, ""
        if said:
            self.keys.notice.say(said)

    def _run(
        self,
        text: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[PsyLiteError], None] | None = None,
    ) -> None:
        """Do slow work for the step in front; what comes after it was left is dropped."""
        visit = self._visit

        def on_done(value: T) -> None:
            if visit == self._visit:
                done(value)

        def on_failed(error: PsyLiteError) -> None:
            if visit == self._visit:
                (failed or self._show_error)(error)

        self._work.run(text, work, on_done, on_failed)

    def _on_step_changed(self) -> None:
        if self._door is not None:
            self._idle.start()

    def _show_error(self, error: PsyLiteError) -> None:
        view = self.currentWidget()
        if isinstance(view, KeysDoorView | DeleteView):
            view.notice.say(error_text(error))
            view.focus()
            if self._door is not None and error.code == "vault_wrong_passphrase":
                view.hold(self._attempts.failed(self._door.label))
        elif isinstance(view, KeysView | NewPassphraseView):
            view.notice.say(error_text(error))

    def _on_secret_submitted(self, secret: str) -> None:
        door, keys = self._door, self._context.keys
        if door is None:
            return
        # Who hides the list shares the account: there the keyring would open to all.
        is_shared = self._context.plain.current.discreet

        def check() -> KeysState:
            profile = door.find()
            keys.check(profile, secret)
            return KeysState(
                profile,
                has_keyring=not is_shared and keys.has_keyring(),
                by_keyring=keys.may_use_keyring(profile),
                is_thrifty=is_thrifty(keys.cost_of(profile)),
            )

        def checked(state: KeysState) -> None:
            self._attempts.succeeded(door.label)
            self._secret, self._state = secret, state
            self.door.clear()
            self._show_keys()

        self._run(self.tr("Looking whether it fits…"), check, checked)

    def _on_change_submitted(self, passphrase: str) -> None:
        shelf, keys = self._context.profiles, self._context.keys
        profile, secret = self._proved()

        def change() -> bool:
            shelf.change_passphrase(profile, secret, passphrase)
            return is_thrifty(keys.cost_of(profile))

        def done(thrifty: bool) -> None:
            self._use(passphrase, self.tr("The new passphrase holds from now on."))
            self._learn(is_thrifty=thrifty)
            self._show_keys()

        self._run(self.tr("Saving the new passphrase…"), change, done)

    def _on_code_requested(self) -> None:
        self._drawn = self._context.keys.drawn_code()
        self._show_code(self._drawn)

    def _on_code_confirmed(self) -> None:
        """A drawn code holds from now on: until it was typed back, the old one did."""
        code, self._drawn = self._drawn, ""
        if not code:
            self._show_keys()
            return
        keys = self._context.keys
        profile, secret = self._proved()

        def done(_nothing: None) -> None:
            self._use(code, self.tr("The new recovery code holds from now on."))
            self._show_keys()

        def failed(error: PsyLiteError) -> None:
            self._show_keys()
            self._show_error(error)

        text = self.tr("Making a new recovery code…")
        self._run(text, lambda: keys.use_recovery_code(profile, secret, code), done, failed)

    def _on_renew_submitted(self, passphrase: str) -> None:
        keys = self._context.keys
        profile, secret = self._proved()

        def renew() -> tuple[str, bool]:
            code = keys.replace_key(profile, secret, passphrase)
            return code, is_thrifty(keys.cost_of(profile))

        def done(made: tuple[str, bool]) -> None:
            code, thrifty = made
            self._use(passphrase, self.tr("Everything is locked with another key now."))
            self._learn(is_thrifty=thrifty, by_keyring=False)
            self._show_code(code)

        text = self.tr("Making everything anew. With much in it this takes a while…")
        self._run(text, renew, done)

    def _proved(self) -> tuple[Profile, str]:
        """The space whose keys are in view, and what opens it."""
        if self._state is None:
            raise RuntimeError("nothing is proved yet")
        return self._state.profile, self._secret

    def _use(self, secret: str, said: str) -> None:
        """From now on `secret` opens the space; `said` comes with the list of actions."""
        self._secret, self._said = secret, said

    def _learn(self, **changes: Any) -> None:
        if self._state is not None:
            self._state = replace(self._state, **changes)

    def _show_code(self, code: str) -> None:
        profile, _secret = self._proved()
        self.setCurrentWidget(self.code)
        name = profile.label if self._context.plain.current.discreet else ""
        self.code.show_code(code, name=name)

    def _on_keyring_switched(self, is_on: bool) -> None:
        keys = self._context.keys
        profile, secret = self._proved()

        def switch() -> None:
            if is_on:
                keys.allow_keyring(profile, secret)
            else:
                keys.forbid_keyring(profile)

        def done(_nothing: None) -> None:
            self._learn(by_keyring=is_on)
            self.keys.keyring.box.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(error: PsyLiteError) -> None:
            self.keys.keyring.box.setChecked(not is_on)
            self._show_error(error)

        self._run(self.tr("Asking the keyring of this computer…"), switch, done, failed)

    def _on_delete_requested(self) -> None:
        if self._state is not None and self._door is not None:
            self.setCurrentWidget(self.delete)
            self.delete.ask(self._state.profile)
            self.delete.hold(self._attempts.wait_s(self._door.label))

    def _on_delete_confirmed(self, secret: str) -> None:
        keys, shelf = self._context.keys, self._context.profiles
        profile, _secret = self._proved()

        def work() -> None:
            keys.check(profile, secret)
            shelf.delete(profile)

        self._run(self.tr("Deleting…"), work, lambda _nothing: self.deleted.emit())
