"""Below the quiet line: why it is there, and thanks after a correction."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.correction import Verdict
from psylite_desktop.domain.risk import Assessment
from psylite_desktop.ui.pages.talk.evidence import Evidence
from psylite_desktop.ui.pages.talk.fitting_scroll import FittingScroll
from psylite_desktop.ui.pages.talk.why_view import WhyView
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel


class StripAnswers(FittingScroll):
    """Hidden until it is asked for; at most one of the two is in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._frame = QFrame()
        self._frame.setProperty("role", "card")
        super().__init__(self._frame, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._thanked: Verdict | None = None
        self.why = WhyView()
        self.thanks = PlainLabel()
        box = QVBoxLayout(self._frame)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        box.addWidget(self.why)
        box.addWidget(self.thanks)
        self.clear()

    @property
    def is_asking(self) -> bool:
        """Whether the reason is in view."""
        return self.isVisible() and self.why.isVisible()

    def ask(self, evidence: Evidence | None, told: Assessment) -> None:
        """Say what `told` came from, and ask whether the reading was right."""
        self.why.ask(evidence, told, None)
        self.thanks.hide()
        self.why.show()
        self.show()
        # The harmless answer has the keyboard.
        self.why.stay.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(0)
        announce(self, self.why.said)

    def thank(self, verdict: Verdict) -> None:
        """Thank for a correction and go back to the talk with one plain question."""
        self._thanked = verdict
        self.retranslate()
        self.why.hide()
        self.thanks.show()
        self.show()
        announce(self, self.thanks.text())

    def clear(self) -> None:
        """Go away."""
        self.hide()
        self.why.hide()
        self.thanks.hide()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        if self._thanked is Verdict.NOT_ABOUT_ME:
            self.thanks.setText(
                self.tr(
                    "Thank you for telling me. Help stays here, also for somebody else. "
                    "How are you yourself?"
                )
            )
        else:
            self.thanks.setText(
                self.tr("Thank you for telling me. Help stays here. What did you mean to say?")
            )

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
