"""The crisis card in the window: a warm sentence, a number that can be read from afar, choices."""

from __future__ import annotations

from enum import IntEnum
from string import Template

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QFont,
)
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.correction import Verdict
from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.ui.pages.help.grounding import StepView
from psylite_desktop.ui.pages.help.line_view import LineView
from psylite_desktop.ui.pages.help.region_picker import RegionPicker
from psylite_desktop.ui.pages.talk.evidence import Evidence
from psylite_desktop.ui.pages.talk.fitting_scroll import FittingScroll
from psylite_desktop.ui.pages.talk.trusted_message import TrustedMessageForm
from psylite_desktop.ui.pages.talk.why_view import WhyView
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout, yield_height

_STYLE = Template(
    """
    QPushButton[kind="primary"] { background: $urgent; color: $soft; border-color: $urgent; }
    QPushButton[kind="quiet"] { color: $urgent; text-decoration: underline; }
    """
)


class Part(IntEnum):
    """What the middle of the card shows."""

    FIRST = 0
    DANGER = 1
    LINES = 2
    MESSAGE = 3
    STAY = 4
    WHY = 5
    SURE = 6


class CrisisCardPanel(FittingScroll):
    """Shows a `CrisisCard`. Needs neither engine nor vault.

    Signals:
        chosen: One of the ways to help was chosen.
        shrink_requested: Back to the talk; help stays in view.
        why_requested: "This is not about me" or "You misread me"; carries the Verdict.
        corrected: The same, once the words were shown; carries the Verdict.
        safe_requested: "I am safe", when that was asked.
        plan_requested: Show the person's plan.
        protocol_requested: Show how the app listens for danger.
        region_picked: A region was chosen; carries its code.
    """

    chosen = Signal()
    shrink_requested = Signal()
    why_requested = Signal(Verdict)
    corrected = Signal(Verdict)
    safe_requested = Signal()
    plan_requested = Signal()
    protocol_requested = Signal()
    region_picked = Signal(str)

    _way_back = ""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        self._frame = QFrame()
        self._frame.setProperty("role", "urgent")
        super().__init__(self._frame, parent)
        self._theme = theme
        self._card: CrisisCard | None = None
        self._has_second = False
        # The card itself takes the focus: a key held down at Enter must not press a button.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sentence = Paragraph()
        yield_height(self.sentence)
        self.first = LineView(theme, is_first=True)
        self.second = LineView(theme, is_first=False)
        self.region_hint = PlainLabel()
        self.region = RegionPicker()
        self.region.picked.connect(self.region_picked)
        self.emergency = LineView(theme, is_first=True)
        self.steps = StepView()
        self.message = TrustedMessageForm()
        self.grounding = StepView()
        self.why = WhyView()
        self.why.answered.connect(self.corrected)
        self.why.declined.connect(self._on_why_declined)
        self.sure = Paragraph()
        yield_height(self.sure)
        self._views: list[LineView] = []
        self.lines = QWidget()
        self.all_lines = QVBoxLayout(self.lines)
        self.all_lines.setContentsMargins(0, 0, 0, 0)
        self.all_lines.setSpacing(2 * GRID)
        self.part = Part.FIRST
        self.parts = (
            _column(self.first, self.region_hint, self.region),
            _column(self.emergency, self.steps),
            self.lines,
            self.message,
            self.grounding,
            self.why,
            self.sure,
        )
        self.danger = self._button(primary_button(), Part.DANGER)
        self.talk = self._button(plain_button(), Part.LINES)
        self.trusted = self._button(plain_button(), Part.MESSAGE)
        self.plan = plain_button()
        self.plan.clicked.connect(self._on_plan_clicked)
        self.stay = self._button(plain_button(), Part.STAY)
        self.safe = plain_button()
        self.safe.clicked.connect(self.safe_requested)
        self.not_me = quiet_button()
        self.not_me.clicked.connect(self._on_not_me_clicked)
        self.misread = quiet_button()
        self.misread.clicked.connect(self._on_misread_clicked)
        self.protocol = quiet_button()
        self.protocol.clicked.connect(self.protocol_requested)
        self.shrink = quiet_button()
        self.shrink.clicked.connect(self.shrink_requested)
        self._lay_out()
        self._wear()
        theme.changed.connect(self._wear)
        self.retranslate()

    def show_card(self, card: CrisisCard, *, region: str, notice: str) -> None:
        """Show another card from its beginning; nothing is chosen yet.

        `notice` is said where no region was chosen.
        """
        self.region_hint.setText(notice)
        self._card = card
        self.shrink.hide()
        self.safe.hide()
        self._fill(region)
        self._go(Part.FIRST)
        self.verticalScrollBar().setValue(0)

    def update_card(self, card: CrisisCard, *, region: str, notice: str) -> None:
        """Show the same card in another language or region, as far as the person got."""
        self.region_hint.setText(notice)
        self._card = card
        self._fill(region)

    def show_why(self, evidence: Evidence | None, told: Assessment, verdict: Verdict) -> None:
        """Show the words that led here and ask whether the reading was wrong."""
        self.why.ask(evidence, told, verdict)
        self._go(Part.WHY)
        self.announce()

    def ask_if_safe(self) -> None:
        """Ask once more after "you misread me", because the words were very clear."""
        self.safe.show()
        self._go(Part.SURE)
        self.announce()

    def announce(self) -> None:
        """Take the focus and tell screen readers at once."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureVisible(0, 0)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        event = QAccessibleAnnouncementEvent(self, self.accessibleDescription())
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def call_way_back(self, name: str, *, key: str = "") -> None:
        """Name what the card gives way to, where that is not the talk.

        `key` says which key leads to the card and back, where the keyboard stays on the page.
        """
        self._way_back = name
        self.shrink.setText(name)
        self.key.setText(key)
        self.key.setVisible(bool(key))

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.setAccessibleName(self.tr("Help right now"))
        self.danger.setText(self.tr("I am in danger now"))
        self.talk.setText(self.tr("Talk to someone"))
        self.trusted.setText(self.tr("Message someone I trust"))
        self.plan.setText(self.tr("My plan"))
        self.stay.setText(self.tr("Stay with me"))
        self.safe.setText(self.tr("I am safe"))
        self.not_me.setText(self.tr("This is not about me"))
        self.misread.setText(self.tr("You misread me"))
        self.protocol.setText(self.tr("How I listen for danger"))
        self.shrink.setText(self._way_back or self.tr("Back to our talk; help stays in view"))
        self.sure.setText(
            self.tr(
                "Thank you for telling me. Your words were very clear, so one question to be "
                "sure: are you safe right now?"
            )
        )
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fill(self, region: str) -> None:
        card = self._card
        if card is None:
            return
        # In an emergency its number stands first; else somebody who listens does.
        lines = list(card.lines)
        is_emergency = card.level >= Level.EMERGENCY and card.emergency is not None
        if is_emergency and card.emergency is not None:
            lines.insert(0, card.emergency)
        before = self.tr("Or talk to someone:") if is_emergency else self.tr("If busy:")
        self._has_second = len(lines) > 1
        _show(self.first, lines[0] if lines else None, card.lang)
        _show(self.second, lines[1] if self._has_second else None, card.lang, before)
        self.region_hint.setVisible(not region)
        self.region.setVisible(not region)
        self.region.choose(region)
        _show(self.emergency, card.emergency, card.lang)
        self.danger.setVisible(card.emergency is not None)
        self.steps.show_steps(card.steps)
        self.steps.setVisible(bool(card.steps))
        self._list(card)
        self.message.offer(card.message)
        self.grounding.show_steps(card.grounding)
        self.stay.setVisible(bool(card.grounding))
        self.sentence.setText(card.sentence)
        self._say()

    def _list(self, card: CrisisCard) -> None:
        for view in self._views:
            self.all_lines.removeWidget(view)
            view.deleteLater()
        self._views = []
        for line in card.lines:
            view = LineView(self._theme, is_first=False)
            view.show_line(line, lang=card.lang)
            self.all_lines.addWidget(view)
            self._views.append(view)

    def _say(self) -> None:
        """What screen readers are told."""
        if self._card is None:
            return
        said = [self._card.sentence]
        if self.part == Part.SURE:
            said = [self.sure.text()]
        elif self.part == Part.WHY:
            said = [self.why.said]
        elif self.first.isVisibleTo(self):
            said.append(f"{self.first.name.text()} {self.first.number.text()}")
        self.setAccessibleDescription("\n".join(said))

    def _button(self, button: QPushButton, part: Part) -> QPushButton:
        button.setProperty("part", int(part))
        button.clicked.connect(self._on_part_clicked)
        return button

    @Slot()
    def _on_part_clicked(self) -> None:
        part = Part(int(self.sender().property("part")))
        # The same button again leads back to the number.
        self._go(Part.FIRST if self.part == part else part)
        self.shrink.show()
        self.chosen.emit()

    @Slot()
    def _on_plan_clicked(self) -> None:
        self.shrink.show()
        self.chosen.emit()
        self.plan_requested.emit()

    @Slot()
    def _on_not_me_clicked(self) -> None:
        self.why_requested.emit(Verdict.NOT_ABOUT_ME)

    @Slot()
    def _on_misread_clicked(self) -> None:
        self.why_requested.emit(Verdict.MISREAD)

    @Slot()
    def _on_why_declined(self) -> None:
        self._go(Part.FIRST)
        self.announce()

    def _go(self, part: Part) -> None:
        self.part = part
        for place, widget in enumerate(self.parts):
            widget.setVisible(place == part)
        self.second.setVisible(self._has_second and part is Part.FIRST)
        # Where one of them is being asked about, its answers stand on the card.
        is_asking = part in (Part.WHY, Part.SURE)
        self.not_me.setVisible(not is_asking)
        self.misread.setVisible(not is_asking)
        self._say()
        self.updateGeometry()

    def _lay_out(self) -> None:
        self.key = PlainLabel()
        self.key.hide()
        help_row, other_row = WrapLayout(), WrapLayout()
        for button in (self.danger, self.talk, self.trusted, self.plan, self.stay, self.safe):
            help_row.addWidget(button)
        for button in (self.not_me, self.misread, self.shrink, self.protocol):
            other_row.addWidget(button)
        box = QVBoxLayout(self._frame)
        box.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addStretch(1)
        box.addWidget(self.sentence)
        for part in self.parts:
            box.addWidget(part)
        box.addLayout(help_row)
        box.addLayout(other_row)
        box.addWidget(self.key)
        box.addWidget(self.second)
        box.addStretch(1)

    @Slot()
    def _wear(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(_STYLE.substitute(urgent=tokens.urgent, soft=tokens.urgent_soft))
        font = QFont(self.font())
        font.setPixelSize(self._theme.sizes.heading)
        self.sentence.setFont(font)


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(GRID)
    for widget in widgets:
        box.addWidget(widget)
    box.addStretch(1)
    return page


def _show(view: LineView, line: Hotline | None, lang: str, before: str = "") -> None:
    view.setVisible(line is not None)
    if line is not None:
        view.show_line(line, lang=lang, before=before)
