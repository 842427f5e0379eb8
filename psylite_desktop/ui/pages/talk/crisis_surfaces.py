"""Decides which crisis surface is in view: nothing, the quiet strip, the card, the whole window."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.correction import Verdict
from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.domain.risk import CALM, Assessment, Level, RiskState, Who, told_by
from psylite_desktop.domain.settings import AgeBand
from psylite_desktop.ui.bridge.deliveries import is_alive
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.talk.column import centred
from psylite_desktop.ui.pages.talk.crisis_card import CrisisCardPanel
from psylite_desktop.ui.pages.talk.emergency_cover import EmergencyCover
from psylite_desktop.ui.pages.talk.evidence import Evidence
from psylite_desktop.ui.pages.talk.help_strip import HelpStrip
from psylite_desktop.ui.pages.talk.strip_answers import StripAnswers

LEAST = 200
"""Pixels of height that a pinned card always has."""
WIDER = 1.35
"""The card may be this much wider than the column of the conversation."""


class Surface(IntEnum):
    """How much room help takes."""

    NONE = 0
    STRIP = 1
    CARD = 2
    COVER = 3


class CrisisSurfaces(QObject):
    """Keeps strip, card and cover in step with what the safety layers say.

    Help that came into view stays: it gets smaller by the person's own choice or, after
    "you misread me", by the rules of the state; it goes when the state is calm again.

    Signals:
        corrected: The person corrects the reading; carries the Verdict and what had been told.
        safe_confirmed: "I am safe", after a correction that did not lower an emergency by itself;
            carries that Verdict.
        plan_requested: Show the person's plan.
        protocol_requested: Show how the app listens for danger.
        closed: The card gave way to the talk; the editor may have the keyboard again.
        room_taken: The pinned card needs the room of what can wait (True), or gives it back.
    """

    corrected = Signal(Verdict, Assessment)
    safe_confirmed = Signal(Verdict)
    plan_requested = Signal()
    protocol_requested = Signal()
    closed = Signal()
    room_taken = Signal(bool)

    def __init__(
        self,
        app: AppContext,
        page: QWidget,
        place: QVBoxLayout,
        *,
        evidence: Callable[[], Evidence | None],
    ) -> None:
        """`place` is the part of `page` above the conversation.

        `evidence` gives the words that brought help into view.
        """
        super().__init__(page)
        self._app = app
        self._page = page
        self._place = place
        self._evidence = evidence
        self._verdict = Verdict.MISREAD
        self._told = CALM
        self._card: CrisisCard | None = None
        self._was_misread = False
        self._is_young = False
        self._before_help: QWidget | None = None
        self.surface = Surface.NONE
        self.strip = HelpStrip()
        self.answers = StripAnswers()
        self.card = CrisisCardPanel(app.theme)
        self.cover = EmergencyCover(page)
        place.addLayout(centred(self.strip))
        place.addLayout(centred(self.answers))
        self._row = QHBoxLayout()
        place.addLayout(self._row)
        self._pin()
        self.strip.hide()
        self.card.hide()
        self._connect()

    def take(self, assessment: Assessment, state: RiskState) -> None:
        """Show what a text asks for; never less than before because of a calm text alone."""
        told = told_by(assessment, state)
        was_misread, self._was_misread = self._was_misread, False
        self.answers.clear()
        if told.level >= Level.CRISIS:
            is_new = assessment.level >= Level.CRISIS or told.level > self._told.level
            if was_misread:
                self._told = told
                self.card.ask_if_safe()
            elif is_new:
                self._show_card(told)
                self._show(Surface.COVER if told.level >= Level.EMERGENCY else Surface.CARD)
                self.card.announce()
        elif told.level == Level.WATCH:
            # A friend's card stays after "this is not about me"; only the room it takes changes.
            self._tell(self._told if was_misread and self._told.who is Who.OTHER else told)
            self._show(Surface.STRIP)
        elif was_misread or self._told.level == Level.NONE:
            self._told = told
            self._show(Surface.STRIP if was_misread else Surface.NONE)
        else:
            self._tell(told)
            self._show(Surface.NONE)
        if was_misread and told.level < Level.CRISIS:
            self.answers.thank(self._verdict)
            self.closed.emit()

    @property
    def told_level(self) -> Level:
        """How grave what is shown is."""
        return self._told.level

    def resume(self, state: RiskState) -> None:
        """After a restart: help stays in view, without covering what the person came for."""
        if state.level >= Level.WATCH:
            self._show_card(told_by(CALM, state))
            self._show(Surface.STRIP)

    def know_age(self, band: AgeBand) -> None:
        """Choose lines for this age from now on."""
        self._is_young = band is AgeBand.UNDER_18
        self.refresh()

    def refresh(self) -> None:
        """Say everything in the language and for the region of now."""
        if self.surface is Surface.NONE:
            return
        self.card.update_card(self._tell(self._told), region=self._region, notice=self._notice)

    def set_width(self, column: int) -> None:
        """Stand in the column of the conversation, the card a little wider."""
        self.strip.setMaximumWidth(column)
        self.answers.setMaximumWidth(column)
        self.card.setMaximumWidth(round(column * WIDER))

    def set_room(self, height: int) -> None:
        """Leave part of a page of `height` pixels to the conversation."""
        self.answers.limit(max(height // 2, LEAST))
        if self.surface is Surface.CARD:
            self.card.limit(max(height * 2 // 3, LEAST))

    def tell_of_key(self) -> None:
        """Help came while the keyboard stays where somebody writes: say how to get to it."""
        event = QAccessibleAnnouncementEvent(
            self._page, self.tr("Help is in view above. F6 goes to it, and back.")
        )
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def page_shown(self) -> None:
        """The page is in front again."""
        if self.surface is Surface.COVER:
            self.cover.cover(self._page.window())
            # Whoever shows a page gives it the keyboard afterwards; the cover must have it.
            QTimer.singleShot(0, self, self._take_keyboard)

    def page_hidden(self) -> None:
        """Another page is in front: what covers the window must not cover that one."""
        self.cover.hide()

    def close(self) -> None:
        """The page goes; a cover that stands in the window goes with it."""
        self.cover.hide()
        self.cover.deleteLater()

    @property
    def _region(self) -> str:
        return self._app.plain.current.region

    @property
    def _notice(self) -> str:
        return self._app.help.notice(self._app.language.current.value)

    def _show_card(self, told: Assessment) -> None:
        self.card.show_card(self._tell(told), region=self._region, notice=self._notice)

    def _tell(self, told: Assessment) -> CrisisCard:
        """Make the card of what was told; no sentence comes twice in a row."""
        previous = self._card.sentence if self._card is not None and told != self._told else ""
        self._told = told
        self._card = self._app.help.card(
            told,
            lang=self._app.language.current.value,
            region=self._region,
            previous=previous,
            young=self._is_young,
        )
        self.strip.show_card(self._card)
        return self._card

    def _shrink_to_strip(self) -> None:
        was_open = self.surface > Surface.STRIP
        self._show(Surface.STRIP)
        if was_open:
            self.closed.emit()

    def _show(self, surface: Surface) -> None:
        """Move the one card to where it belongs."""
        if self.surface is Surface.COVER and surface is not Surface.COVER:
            self.cover.release()
            self.cover.hide()
            self._pin()
        elif surface is Surface.COVER and self.surface is not Surface.COVER:
            self.card.limit(None)
            self.cover.hold(self.card)
        self.surface = surface
        self.strip.setVisible(surface is Surface.STRIP)
        self.room_taken.emit(surface >= Surface.CARD)
        self.card.setVisible(surface >= Surface.CARD)
        if surface is Surface.COVER and self._page.isVisible():
            self.cover.cover(self._page.window())
        self.set_room(self._page.height())

    def _pin(self) -> None:
        """Put the card above the conversation."""
        while self._row.takeAt(0) is not None:
            pass
        self._row.addStretch(1)
        self._row.addWidget(self.card, 1000)
        self._row.addStretch(1)

    def _take_keyboard(self) -> None:
        if self.cover.isVisible():
            self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        strip, card = self.strip, self.card
        strip.open_requested.connect(self._on_open_requested)
        strip.why_requested.connect(self._on_strip_why_requested)
        strip.plan_requested.connect(self.plan_requested)
        self.answers.why.answered.connect(self._on_answered)
        self.answers.why.declined.connect(self._on_strip_why_declined)
        card.shrink_requested.connect(self._on_shrink_requested)
        card.why_requested.connect(self._on_why_requested)
        card.corrected.connect(self._on_answered)
        card.safe_requested.connect(self._on_safe_requested)
        card.plan_requested.connect(self.plan_requested)
        card.protocol_requested.connect(self.protocol_requested)
        card.region_picked.connect(self._on_region_picked)
        key = QShortcut(QKeySequence(Qt.Key.Key_F6), self._page, self._on_key)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @Slot()
    def _on_key(self) -> None:
        """From wherever the keyboard is to the help in view, and back from there."""
        helps: QWidget = self.card if self.surface is Surface.CARD else self.strip
        focused = self._app.theme.app.focusWidget()
        if focused is not None and (focused is helps or helps.isAncestorOf(focused)):
            back = self._before_help
            if back is not None and is_alive(back) and back.isVisible():
                back.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        if self.surface in (Surface.CARD, Surface.STRIP):
            self._before_help = focused
            target = self.card if self.surface is Surface.CARD else self.strip.open
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_open_requested(self) -> None:
        self.answers.clear()
        self._show_card(self._told)
        self.card.shrink.show()
        self._show(Surface.CARD)
        self.card.announce()

    @Slot()
    def _on_shrink_requested(self) -> None:
        self._show(Surface.CARD if self.surface is Surface.COVER else Surface.STRIP)
        self.closed.emit()

    @Slot()
    def _on_strip_why_requested(self) -> None:
        if self.answers.is_asking:
            self.answers.clear()
        else:
            self.answers.ask(self._evidence(), self._told)

    @Slot()
    def _on_strip_why_declined(self) -> None:
        self.answers.clear()
        self.strip.why.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(Verdict)
    def _on_why_requested(self, verdict: Verdict) -> None:
        self.card.show_why(self._evidence(), self._told, verdict)

    @Slot(Verdict)
    def _on_answered(self, verdict: Verdict) -> None:
        told = self._told
        if verdict is Verdict.NOT_ABOUT_ME:
            self._tell(replace(told, who=Who.OTHER))
        self._verdict, self._was_misread = verdict, True
        self.corrected.emit(verdict, told)

    @Slot()
    def _on_safe_requested(self) -> None:
        if self._verdict is Verdict.NOT_ABOUT_ME:
            self._tell(replace(self._told, who=Who.OTHER))
        self._was_misread = True
        self.safe_confirmed.emit(self._verdict)

    @Slot(str)
    def _on_region_picked(self, region: str) -> None:
        # Without a file it holds for this run, and a number matters more than the file.
        with contextlib.suppress(OSError):
            self._app.plain.change(region=region)
        self.refresh()
