"""The unlock page: leads from a locked window to an open session."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.profile import NewProfile, Profile
from psylite_desktop.domain.settings import Language
from psylite_desktop.services.session import Session
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.pages.unlock.new_passphrase_view import NewPassphraseView, Purpose
from psylite_desktop.ui.pages.unlock.passphrase_view import PassphraseView
from psylite_desktop.ui.pages.unlock.profiles_view import ProfilesView
from psylite_desktop.ui.pages.unlock.recover_view import RecoverView
from psylite_desktop.ui.pages.unlock.recovery_code_view import RecoveryCodeView
from psylite_desktop.ui.pages.unlock.rescuer import RESCUABLE, Rescuer
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.busy import BusyLine
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel

View = ProfilesView | PassphraseView | NewPassphraseView | RecoverView


class UnlockPage(QWidget):
    """Runs the slow work (deriving keys) beside the window and shows one step at a time.

    Signals:
        session_opened: A profile or a guest session is open; carries the `Session`.
        help_requested: Help lines shall come to the front.
    """

    session_opened = Signal(Session)
    help_requested = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._profile: Profile | None = None
        self._recovery = ""
        self._failure = ""
        self._pending: Session | None = None
        theme = context.theme
        self.profiles = ProfilesView(theme)
        self.passphrase = PassphraseView(theme)
        self.create_profile = NewPassphraseView(theme, Purpose.CREATE)
        self.recovery_code = RecoveryCodeView(theme)
        self.recover = RecoverView(theme)
        self.replace = NewPassphraseView(theme, Purpose.REPLACE)
        self.rescuer = Rescuer(context, self)
        self.busy = BusyLine(theme)
        self.language = quiet_button()
        self.help = quiet_button()
        self._stack = QStackedWidget()
        for view in self._views():
            self._stack.addWidget(view)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.reset()

    def reset(self) -> None:
        """Back to the list of profiles, with nothing remembered."""
        self._profile = None
        self._recovery = ""
        for view in (self.passphrase, self.create_profile, self.recover, self.replace):
            view.clear()
        self.recovery_code.clear()
        self.rescuer.reset()
        self.profiles.notice.clear()
        self.show_step(self.profiles)
        shelf = self._context.profiles
        self._context.engine.run(shelf.profiles, self._on_listed, self.show_error, self)

    def show_step(self, view: QWidget) -> None:
        """Bring one of the views to the front."""
        self._stack.setCurrentWidget(view)

    def await_rescue(self, order: RescueOrder) -> None:
        """Bring back what was asked for on a page of the profile that is being locked."""
        self._profile = order.profile
        self.rescuer.begin(order)

    def discard(self) -> None:
        """Close a session that was opened but not handed over yet."""
        session, self._pending = self._pending, None
        if session is not None:
            session.vault.close()

    def show_error(self, error: PsyLiteError) -> None:
        """Say what went wrong on the step that is in front."""
        self._set_busy("")
        view = self._stack.currentWidget()
        if isinstance(view, View):
            view.notice.say(error_text(error), action=self._way_out(error, view))
        if isinstance(view, PassphraseView | RecoverView):
            view.focus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        other = self._other_language()
        self.language.setText("English" if other is Language.EN else "中文")
        self.language.setAccessibleName(self.tr("Switch the language"))
        self.help.setText(self.tr("Help now"))

    def _views(self) -> tuple[QWidget, ...]:
        return (
            self.profiles,
            self.passphrase,
            self.create_profile,
            self.recovery_code,
            self.recover,
            self.replace,
            *self.rescuer.views,
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        name = PlainLabel("heading", wrap=False)
        name.setText("PsyLite")
        top.addWidget(name)
        top.addStretch(1)
        top.addWidget(self.language)
        top.addWidget(self.help)
        box = QVBoxLayout(self)
        box.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.addLayout(top)
        box.addWidget(self._stack, 1)
        box.addWidget(self.rescuer.progress)
        box.addWidget(self.busy)

    def _connect(self) -> None:
        self.language.clicked.connect(self._on_language_clicked)
        self.help.clicked.connect(self.help_requested)
        self.profiles.profile_chosen.connect(self._on_profile_chosen)
        self.profiles.create_requested.connect(self._on_create_requested)
        self.profiles.guest_requested.connect(self._on_guest_requested)
        self.profiles.file_requested.connect(self.rescuer.ask_file)
        for view in (self.passphrase, self.recover):
            view.notice.action_requested.connect(self._on_rescue_requested)
        self.rescuer.step_requested.connect(self.show_step)
        self.rescuer.work_changed.connect(self._stack.setDisabled)
        self.rescuer.finished.connect(self.reset)
        self.passphrase.submitted.connect(self._on_passphrase_submitted)
        self.passphrase.recovery_requested.connect(self._on_recovery_requested)
        self.passphrase.back_requested.connect(self.reset)
        self.create_profile.submitted.connect(self._on_create_submitted)
        self.create_profile.back_requested.connect(self.reset)
        self.recovery_code.confirmed.connect(self._hand_over)
        self.recover.submitted.connect(self._on_recover_submitted)
        self.recover.back_requested.connect(self._on_recover_back_requested)
        self.replace.submitted.connect(self._on_replace_submitted)
        self.replace.back_requested.connect(self._hand_over)

    def _run(self, text: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._set_busy(text)
        self._context.engine.run(work, done, self.show_error, self)

    def _set_busy(self, text: str) -> None:
        """Say what is happening and take no second order meanwhile; empty when it is over."""
        self._stack.setEnabled(not text)
        if text:
            self.busy.start(text)
        else:
            self.busy.stop()

    def _open(self, vault: Vault, *, guest: bool) -> Session:
        """Make the session of a vault; the vault does not stay open when that fails."""
        try:
            return self._context.open_session(vault, guest)
        except BaseException:
            vault.close()
            raise

    def _hand_over(self) -> None:
        session, self._pending = self._pending, None
        if session is not None:
            self.reset()
            self.session_opened.emit(session)

    def _other_language(self) -> Language:
        return Language.EN if self._context.language.current is Language.ZH else Language.ZH

    def _way_out(self, error: PsyLiteError, view: View) -> str:
        """What the line of an error offers: a damaged space is not the end."""
        self._failure = error.code
        asks = isinstance(view, PassphraseView | RecoverView)
        return self.tr("What can be done") if asks and error.code in RESCUABLE else ""

    def _on_rescue_requested(self) -> None:
        front = self._stack.currentWidget()
        is_code = front is self.recover
        secret = self.recover.code.text() if is_code else self.passphrase.passphrase.text
        self.rescuer.begin(RescueOrder(profile=self._profile, code=self._failure, secret=secret))

    def _on_listed(self, profiles: list[Profile]) -> None:
        self.profiles.show_profiles(profiles)
        if self._stack.currentWidget() is self.profiles and self.isVisible():
            self.profiles.focus()

    def _on_language_clicked(self) -> None:
        with contextlib.suppress(OSError):  # the language holds for this run all the same
            self._context.language.set(self._other_language())

    def _on_profile_chosen(self, profile: Profile) -> None:
        self._profile = profile
        self.show_step(self.passphrase)
        self.passphrase.ask(profile)

    def _on_create_requested(self) -> None:
        self.show_step(self.create_profile)
        self.create_profile.ask()

    def _on_guest_requested(self) -> None:
        shelf = self._context.profiles
        self._run(
            self.tr("Getting ready…"),
            lambda: self._open(shelf.guest(), guest=True),
            self._on_opened,
        )

    def _on_passphrase_submitted(self, passphrase: str) -> None:
        profile, shelf = self._profile, self._context.profiles
        if profile is not None:
            self._run(
                self.tr("Opening. This takes a moment on purpose: it slows down guessing."),
                lambda: self._open(shelf.unlock(profile, passphrase), guest=False),
                self._on_opened,
            )

    def _on_opened(self, session: Session) -> None:
        self._set_busy("")
        self._pending = session
        self._hand_over()

    def _on_create_submitted(self, passphrase: str) -> None:
        shelf = self._context.profiles

        def work() -> tuple[NewProfile, Session]:
            made, vault = shelf.create(passphrase)
            return made, self._open(vault, guest=False)

        self._run(self.tr("Making your space…"), work, self._on_created)

    def _on_created(self, made: tuple[NewProfile, Session]) -> None:
        self._set_busy("")
        new, self._pending = made
        self.create_profile.clear()
        self.show_step(self.recovery_code)
        self.recovery_code.show_code(new.recovery_code)

    def _on_recovery_requested(self) -> None:
        self.show_step(self.recover)
        self.recover.ask()

    def _on_recover_back_requested(self) -> None:
        self.show_step(self.passphrase)
        self.passphrase.focus()

    def _on_recover_submitted(self, code: str) -> None:
        profile, shelf = self._profile, self._context.profiles
        if profile is None:
            return
        self._recovery = code
        self._run(
            self.tr("Opening. This takes a moment on purpose: it slows down guessing."),
            lambda: self._open(shelf.unlock(profile, code), guest=False),
            self._on_recovered,
        )

    def _on_recovered(self, session: Session) -> None:
        self._set_busy("")
        self._pending = session
        self.show_step(self.replace)
        self.replace.ask()

    def _on_replace_submitted(self, passphrase: str) -> None:
        profile, shelf, code = self._profile, self._context.profiles, self._recovery
        if profile is not None:
            self._run(
                self.tr("Saving the new passphrase…"),
                lambda: shelf.change_passphrase(profile, code, passphrase),
                self._on_replaced,
            )

    def _on_replaced(self, _nothing: None) -> None:
        self._set_busy("")
        self._hand_over()
