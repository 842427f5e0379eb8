"""The line between conversation and editor: what is going on, or what can be done next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.chat_events import Phase
from psylite_desktop.host.status import EngineState, EngineStatus
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel, joined

_GETTING_READY = frozenset({EngineState.STARTING, EngineState.LOADING, EngineState.WARMING})


class StatusLine(QWidget):
    """An honest wait while something runs; else quiet buttons for the last message and reply.

    Signals:
        regenerate_requested: Another reply, please.
        edit_requested: Put the last message back into the editor.
        why_requested: Say why the last reply is as it is.
        bring_back_requested: Bring back what an edit or another reply took the place of.
        engine_ready: The model that was being loaded answers at once from now on.
    """

    regenerate_requested = Signal()
    edit_requested = Signal()
    why_requested = Signal()
    bring_back_requested = Signal()
    engine_ready = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase: Phase | None = None
        self._fraction: float | None = None
        self._code = ""
        self._engine = EngineStatus()
        self._is_engine_new = False
        self._is_sending = False
        self._is_busy = False
        self._is_unsent = False
        self.label = PlainLabel("small")
        self.regenerate = quiet_button()
        self.regenerate.clicked.connect(self.regenerate_requested)
        self.edit = quiet_button()
        self.edit.clicked.connect(self.edit_requested)
        self.why = quiet_button()
        self.why.clicked.connect(self.why_requested)
        self.bring_back = quiet_button()
        self.bring_back.clicked.connect(self.bring_back_requested)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.label, 1)
        row.addWidget(self.why)
        row.addWidget(self.regenerate)
        row.addWidget(self.edit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        box.addWidget(self.bring_back, 0, Qt.AlignmentFlag.AlignRight)
        self.show_actions(regenerate=False, edit=False, why=False)
        self.retranslate()

    def show_sending(self) -> None:
        """The message is being kept."""
        self._code, self._is_sending, self._is_busy = "", True, True
        self._is_engine_new = False
        self._say()

    def show_phase(self, phase: Phase, fraction: float | None) -> None:
        """Something else is going on now; `fraction` is 0-1 where it is known."""
        self._phase, self._fraction, self._code = phase, fraction, ""
        self._is_sending, self._is_busy = False, True
        self._say()

    def show_idle(self) -> None:
        """Nothing is going on; what went wrong stays in view."""
        self._phase, self._fraction = None, None
        self._is_sending, self._is_busy = False, False
        self._say()

    def show_error(self, code: str, *, is_unsent: bool = False) -> None:
        """Say what went wrong, until something is asked again."""
        self._code, self._is_unsent = code, is_unsent
        self._say()

    def show_engine(self, status: EngineStatus) -> None:
        """Say how far the model is while it gets ready; a ready one says so once."""
        self._engine = status
        if status.state in _GETTING_READY:
            self._is_engine_new = True
        elif status.state is EngineState.READY and self._is_engine_new:
            self.engine_ready.emit()
        self._say()

    def show_actions(
        self, *, regenerate: bool, edit: bool, why: bool, bring_back: bool = False
    ) -> None:
        """Offer what can be done with the last reply and the last message."""
        self.why.setVisible(why)
        self.regenerate.setVisible(regenerate)
        self.edit.setVisible(edit)
        self.bring_back.setVisible(bring_back)

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.why.setText(self.tr("Why this reply?"))
        self.regenerate.setText(self.tr("Another reply"))
        self.edit.setText(self.tr("Edit my last message"))
        self.bring_back.setText(self.tr("Bring back what was here"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _say(self) -> None:
        if self._is_busy:
            self.label.setText(self._of_phase())
        else:
            self.label.setText(self._of_error() or self._of_engine())

    def _of_phase(self) -> str:
        if self._is_sending or self._phase is None:
            return self.tr("keeping what you wrote")
        match self._phase:
            case Phase.LOADING:
                return self._of_engine() or self.tr("loading the model")
            case Phase.SEARCHING:
                return self.tr("looking for something that may help")
            case Phase.READING if self._fraction is not None:
                share = round(self._fraction * 100)
                return self.tr("reading what you wrote, {share} %").format(share=share)
            case Phase.READING:
                return self.tr("reading what you wrote")
            case Phase.THINKING | Phase.WRITING:
                is_thinking = self._phase is Phase.THINKING
                return self.tr("thinking before it answers") if is_thinking else self.tr("writing")

    def _of_engine(self) -> str:
        """What is said of the model as long as it was not used since it got ready."""
        match self._engine.state:
            case EngineState.STARTING:
                return self.tr("getting ready")
            case EngineState.LOADING:
                share = round((self._engine.fraction or 0.0) * 100)
                return self.tr("loading the model, {share} %").format(share=share)
            case EngineState.WARMING:
                return self.tr("warming up")
            case EngineState.READY if self._is_engine_new:
                return self.tr("ready")
            case _:
                return ""

    def _of_error(self) -> str:
        if not self._code:
            return ""
        kept = self.tr("Your words are still in the editor.") if self._is_unsent else ""
        return joined(error_text(self._code), kept)
