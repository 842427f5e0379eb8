"""The unlock page: leads from a locked window to an open session."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.profile import NewProfile, Profile
from psylite_desktop.services.attempts import Attempts
from psylite_desktop.services.session import Session
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.pages.unlock.discreet_view import DiscreetView
from psylite_desktop.ui.pages.unlock.door import Door, door_of, opened
from psylite_desktop.ui.pages.unlock.keys_flow import KeysFlow
from psylite_desktop.ui.pages.unlock.new_passphrase_view import NewPassphraseView, Purpose
from psylite_desktop.ui.pages.unlock.passphrase_view import PassphraseView
from psylite_desktop.ui.pages.unlock.profiles_view import ProfilesView
from psylite_desktop.ui.pages.unlock.recover_view import RecoverView
from psylite_desktop.ui.pages.unlock.recovery_code_view import RecoveryCodeView
from psylite_desktop.ui.pages.unlock.rescuer import Rescuer
from psylite_desktop.ui.pages.unlock.slow_work import SlowWork
from psylite_desktop.ui.pages.unlock.top_row import TopRow
from psylite_desktop.ui.pages.unlock.way_out import WayOut
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.busy import BusyLine

if TYPE_CHECKING:
    from psylite_desktop.domain.ports import Vault

View = ProfilesView | DiscreetView | PassphraseView | NewPassphraseView | RecoverView
Made = TypeVar("Made", NewPassphraseView, RecoveryCodeView, KeysFlow)
Asking = DiscreetView | PassphraseView | RecoverView

NOTICE_S = 20
"""How long a line stays that tells what was done and how to undo it."""


class UnlockPage(QWidget):
    """Shows one step at a time; the slow work (deriving keys) is done beside the window.

    Signals:
        session_opened: A profile or a guest session is open; carries the `Session`.
        help_requested: Help lines shall come to the front.
    """

    session_opened = Signal(Session)
    help_requested = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._attempts = Attempts()
        self._door: Door | None = None
        self._chosen: Profile | None = None
        self._recovery = ""
        self._pending: Session | None = None
        self._opened: Profile | None = None
        self._leads_to_keys = False
        theme, self._stack = context.theme, QStackedWidget()
        self.busy = BusyLine(theme)
        self._work = SlowWork(context.engine, self._stack, self.busy)
        self.profiles = ProfilesView(theme)
        self.discreet = DiscreetView(theme)
        self.passphrase = PassphraseView(theme)
        self.recover = RecoverView(theme)
        self.rescuer = Rescuer(context, self)
        self._way_out = WayOut(
            self.rescuer, passphrase=self.passphrase, recover=self.recover, door=lambda: self._door
        )
        self._top = TopRow(context.language)
        self.language, self.help = self._top.language, self._top.help
        self._made: list[NewPassphraseView | RecoveryCodeView | KeysFlow] = []
        doors = (self.profiles, self.discreet, self.passphrase, self.recover)
        for view in (*doors, *self.rescuer.views):
            self._stack.addWidget(view)
        self._lay_out()
        self._connect_start()
        self._connect_steps()
        self.reset()

    def reset(self) -> None:
        """Back to the start, with nothing remembered of what was typed."""
        self._door = self._chosen = None
        self._recovery = ""
        for view in (self.discreet, self.passphrase, self.recover, *self._made):
            view.clear()
        self.rescuer.reset()
        self.profiles.notice.clear()
        leads_to_keys, self._leads_to_keys = self._leads_to_keys, False
        if leads_to_keys and self._opened is not None:
            self._show_keys(door_of(self._opened))
        elif self._is_discreet:
            self.show_step(self.discreet)
            if self._may_take_keyboard:
                self.discreet.focus()
        else:
            self.show_step(self.profiles)
            shelf = self._context.profiles
            self._context.engine.run(shelf.profiles, self._on_listed, self.show_error, self)

    @property
    def chosen(self) -> Profile | None:
        """Whose space somebody stands before: the one they chose, or the only one in the list.

        Nobody's where the list is hidden: what is shown then must tell nothing of anybody.
        """
        if self._is_discreet:
            return None
        return self._chosen or self.profiles.only_one

    @property
    def opened_label(self) -> str:
        """Label of the profile that was opened last; empty after a guest session began."""
        return self._opened.label if self._opened else ""

    def lead_to_keys(self) -> None:
        """Once the profile that was opened last is locked, go to its keys."""
        self._leads_to_keys = self._opened is not None

    def await_rescue(self, order: RescueOrder) -> None:
        """Bring back what was asked for on a page of the profile that is being locked."""
        self._door = door_of(order.profile) if order.profile is not None else None
        self.rescuer.begin(order)

    def show_step(self, view: QWidget) -> None:
        """Bring one of the views to the front."""
        self._stack.setCurrentWidget(view)

    def discard(self) -> None:
        """Close a session that was opened but not handed over yet."""
        session, self._pending = self._pending, None
        if session is not None:
            session.vault.close()

    def show_error(self, error: PsyLiteError) -> None:
        """Say what went wrong on the step that is in front."""
        view = self._stack.currentWidget()
        if isinstance(view, View):
            view.notice.say(error_text(error), action=self._way_out.offer(error, view))
        if isinstance(view, Asking):
            view.focus()

    @property
    def _is_discreet(self) -> bool:
        return self._context.plain.current.discreet

    @property
    def _may_take_keyboard(self) -> bool:
        """Not while something else, such as the calendar that hides all, is in front."""
        return self.isVisible() or not self.window().isVisible()

    # Steps that few come to are made when they are first led to: the door opens sooner.

    @cached_property
    def create_profile(self) -> NewPassphraseView:
        """Where a passphrase is chosen for a new space."""
        view = NewPassphraseView(self._context, Purpose.CREATE)
        view.submitted.connect(self._on_create_submitted)
        view.back_requested.connect(self.reset)
        return self._kept(view)

    @cached_property
    def replace(self) -> NewPassphraseView:
        """Where a passphrase takes the place of a forgotten one."""
        view = NewPassphraseView(self._context, Purpose.REPLACE)
        view.submitted.connect(self._on_replace_submitted)
        view.back_requested.connect(self._hand_over)
        return self._kept(view)

    @cached_property
    def recovery_code(self) -> RecoveryCodeView:
        """The recovery code of a new space."""
        view = RecoveryCodeView(self._context.theme)
        view.confirmed.connect(self._hand_over)
        return self._kept(view)

    @cached_property
    def keys(self) -> KeysFlow:
        """What opens a space."""
        view = KeysFlow(self._context, self._work, self._attempts)
        view.left.connect(self.reset)
        view.deleted.connect(self._on_deleted)
        return self._kept(view)

    def _kept(self, view: Made) -> Made:
        self._made.append(view)
        self._stack.addWidget(view)
        return view

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.addWidget(self._top)
        box.addWidget(self._stack, 1)
        box.addWidget(self.busy)
        box.addWidget(self.rescuer.progress)

    def _connect_start(self) -> None:
        self.help.clicked.connect(self.help_requested)
        self.profiles.profile_chosen.connect(self._on_profile_chosen)
        self.profiles.discretion_requested.connect(partial(self._set_discreet, is_on=True))
        self.discreet.notice.action_requested.connect(partial(self._set_discreet, is_on=False))
        for start in (self.profiles, self.discreet):
            start.create_requested.connect(self._on_create_requested)
            start.guest_requested.connect(self._on_guest_requested)
        self.discreet.named.connect(lambda label: self.discreet.hold(self._attempts.wait_s(label)))
        self.discreet.submitted.connect(self._on_named_opened)
        self.discreet.recovery_requested.connect(lambda: self._ask_code(self._named_door()))
        self.discreet.keys_requested.connect(lambda: self._show_keys(self._named_door()))

    def _connect_steps(self) -> None:
        self.profiles.file_requested.connect(self.rescuer.ask_file)
        self.rescuer.step_requested.connect(self.show_step)
        self.rescuer.work_changed.connect(self._stack.setDisabled)
        self.rescuer.finished.connect(self.reset)
        self.passphrase.submitted.connect(self._unlock)
        self.passphrase.recovery_requested.connect(lambda: self._ask_code(self._door))
        self.passphrase.keys_requested.connect(lambda: self._show_keys(self._door))
        self.passphrase.back_requested.connect(self.reset)
        self.recover.submitted.connect(self._on_recover_submitted)
        self.recover.back_requested.connect(self._on_recover_back_requested)

    # Opening

    def _unlock(self, secret: str) -> None:
        """Open the space behind the door, then hand it over."""
        shelf = self._context.profiles
        self._enter(lambda profile: shelf.unlock(profile, secret), self._hand_over)

    def _enter(
        self,
        unlock: Callable[[Profile], Vault],
        proceed: Callable[[], None],
        refused: Callable[[PsyLiteError], None] | None = None,
    ) -> None:
        door = self._door
        if door is None:
            return

        def work() -> tuple[Profile, Session]:
            profile = door.find()
            return profile, opened(self._context, unlock(profile), guest=False)

        def done(found: tuple[Profile, Session]) -> None:
            self._opened, self._pending = found
            self._attempts.succeeded(door.label)
            proceed()

        text = self.tr("Opening. This takes a moment on purpose: it slows down guessing.")
        self._work.run(text, work, done, refused or partial(self._on_refused, door))

    def _on_refused(self, door: Door, error: PsyLiteError) -> None:
        self.show_error(error)
        view = self._stack.currentWidget()
        if error.code == "vault_wrong_passphrase" and isinstance(view, Asking):
            view.hold(self._attempts.failed(door.label))

    def _hand_over(self) -> None:
        session, self._pending = self._pending, None
        if session is not None:
            self.reset()
            self.session_opened.emit(session)

    # The start

    def _on_listed(self, profiles: list[Profile]) -> None:
        self.profiles.show_profiles(profiles)
        if self._stack.currentWidget() is self.profiles and self._may_take_keyboard:
            self.profiles.focus()

    def _set_discreet(self, *, is_on: bool) -> None:
        with contextlib.suppress(OSError):  # it holds for this run all the same
            self._context.plain.change(discreet=is_on)
        self.reset()
        if is_on:
            self.discreet.notice.say(
                self.tr(
                    "The list is hidden now: name your space instead. Settings bring the list back."
                ),
                action=self.tr("Undo"),
                seconds=NOTICE_S,
            )

    def _on_profile_chosen(self, profile: Profile) -> None:
        self._door, self._chosen = door_of(profile), profile
        self.show_step(self.passphrase)
        self.passphrase.ask(self._door)
        self.passphrase.hold(self._attempts.wait_s(self._door.label))
        if profile.by_keyring:
            shelf = self._context.profiles
            self._enter(shelf.unlock_with_keyring, self._hand_over, self._on_keyring_silent)

    def _on_keyring_silent(self, error: PsyLiteError) -> None:
        if error.code == "keyring_unavailable":
            self.passphrase.notice.say(self.tr("This time the passphrase is needed."))
            self.passphrase.focus()
        else:
            self.show_error(error)

    def _named_door(self) -> Door:
        label, shelf = self.discreet.label, self._context.profiles
        return Door(label, lambda: shelf.labelled(label))

    def _on_named_opened(self, passphrase: str) -> None:
        self._door = self._named_door()
        self._unlock(passphrase)

    def _on_guest_requested(self) -> None:
        shelf = self._context.profiles

        def done(session: Session) -> None:
            self._opened, self._pending = None, session
            self._hand_over()

        self._work.run(
            self.tr("Getting ready…"),
            lambda: opened(self._context, shelf.guest(), guest=True),
            done,
            self.show_error,
        )

    # Making a space

    def _on_create_requested(self) -> None:
        self.show_step(self.create_profile)
        self.create_profile.ask()

    def _on_create_submitted(self, passphrase: str) -> None:
        shelf, unlisted = self._context.profiles, self._is_discreet

        def work() -> tuple[NewProfile, Session]:
            made, vault = shelf.create(passphrase, unlisted=unlisted)
            return made, opened(self._context, vault, guest=False)

        self._work.run(self.tr("Making your space…"), work, self._on_created, self.show_error)

    def _on_created(self, made: tuple[NewProfile, Session]) -> None:
        new, self._pending = made
        self._opened = new.profile
        self.create_profile.clear()
        self.show_step(self.recovery_code)
        name = new.profile.label if self._is_discreet else ""
        self.recovery_code.show_code(new.recovery_code, name=name)

    # The recovery code

    def _ask_code(self, door: Door | None) -> None:
        self._door = door
        if door is not None:
            self.show_step(self.recover)
            self.recover.ask()
            self.recover.hold(self._attempts.wait_s(door.label))

    def _on_recover_back_requested(self) -> None:
        view = self.discreet if self._is_discreet else self.passphrase
        self.show_step(view)
        view.focus()

    def _on_recover_submitted(self, code: str) -> None:
        shelf, self._recovery = self._context.profiles, code
        self._enter(lambda profile: shelf.unlock(profile, code), self._on_recovered)

    def _on_recovered(self) -> None:
        self.show_step(self.replace)
        self.replace.ask()

    def _on_replace_submitted(self, passphrase: str) -> None:
        profile, shelf, code = self._opened, self._context.profiles, self._recovery
        if profile is not None:
            self._work.run(
                self.tr("Saving the new passphrase…"),
                lambda: shelf.change_passphrase(profile, code, passphrase),
                lambda _nothing: self._hand_over(),
                self.show_error,
            )

    # Keys

    def _show_keys(self, door: Door | None) -> None:
        if door is not None:
            self.show_step(self.keys)
            self.keys.begin(door)

    def _on_deleted(self) -> None:
        self._opened = None
        self.reset()
        start = self.discreet if self._is_discreet else self.profiles
        start.notice.say(self.tr("That space is gone."), seconds=NOTICE_S)
