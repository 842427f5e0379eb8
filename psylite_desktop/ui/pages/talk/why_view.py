"""Why help is in view: the words it came from, and one plain question before anything changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.correction import Layer, Quote, Verdict
from psylite_desktop.domain.risk import CALM, Assessment
from psylite_desktop.services.corrections import quotes
from psylite_desktop.ui.pages.talk.evidence import Evidence
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout, yield_height


class WhyView(QWidget):
    """Quotes the person's own words with the layer that went by them, then asks.

    Signals:
        answered: The reading is corrected; carries the Verdict.
        declined: Help shall stay as it is.
    """

    answered = Signal(Verdict)
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quotes: list[Quote] = []
        self._has_earlier = False
        self._asked: Verdict | None = None
        self.lead = Paragraph()
        yield_height(self.lead)
        self.words = QVBoxLayout()
        self.words.setSpacing(GRID // 2)
        self.quotes: list[PlainLabel] = []
        self.layers: list[PlainLabel] = []
        self.question = PlainLabel("strong")
        self.misread = self._choice(Verdict.MISREAD)
        self.not_me = self._choice(Verdict.NOT_ABOUT_ME)
        self.stay = plain_button()
        self.stay.clicked.connect(self.declined)
        row = WrapLayout()
        for button in (self.stay, self.not_me, self.misread):
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.lead)
        box.addLayout(self.words)
        box.addWidget(self.question)
        box.addLayout(row)
        self.retranslate()

    def ask(self, evidence: Evidence | None, told: Assessment, verdict: Verdict | None) -> None:
        """Show what `told` came from and ask about `verdict`; None leaves the choice open."""
        heard = evidence.assessment if evidence is not None else CALM
        self._quotes = quotes(evidence.text, heard.reasons) if evidence is not None else []
        # Several lesser signs can make a graver one, and a state outlives the window.
        self._has_earlier = not self._quotes or told.level > heard.level
        self._asked = verdict
        self.misread.setVisible(verdict in (None, Verdict.MISREAD))
        self.not_me.setVisible(verdict in (None, Verdict.NOT_ABOUT_ME))
        self._list()
        self.retranslate()

    @property
    def said(self) -> str:
        """Everything there is to read, for screen readers."""
        pairs = zip(self.quotes, self.layers, strict=True)
        told = [f"{quote.text()} {layer.text()}" for quote, layer in pairs]
        return "\n".join([self.lead.text(), *told, self.question.text()])

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.lead.setText(self._lead())
        for quote, words, layer in zip(self._quotes, self.quotes, self.layers, strict=True):
            words.setText(self.tr("“{words}”").format(words=shown(quote.text)))
            layer.setText(self._layer(quote.layer))
        is_open = self._asked is None
        if is_open:
            self.question.setText(self.tr("Did I read that right?"))
        elif self._asked is Verdict.MISREAD:
            self.question.setText(self.tr("Did I hear more in it than you meant?"))
        else:
            self.question.setText(self.tr("Is it about somebody or something else?"))
        self.misread.setText(
            self.tr("You misread me") if is_open else self.tr("Yes, you misread me")
        )
        self.not_me.setText(
            self.tr("This is not about me") if is_open else self.tr("Yes, it is not about me")
        )
        self.stay.setText(self.tr("Leave help as it is"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _lead(self) -> str:
        if not self._quotes:
            return self.tr(
                "This comes from what you wrote earlier. Which words it was is not kept."
            )
        if self._has_earlier:
            return self.tr("I went by these words, together with what you wrote before:")
        return self.tr("I went by these words:")

    def _layer(self, layer: Layer) -> str:
        match layer:
            case Layer.RULES:
                return self.tr("heard by a rule about words like these")
            case Layer.LINEAR:
                return self.tr(
                    "heard by the model, which weighs words and how they follow each other"
                )
            case Layer.ANSWER:
                return self.tr("your answer to a question of a scale")
            case Layer.MEANING:
                return self.tr("heard by the encoder, which compares what sentences mean")

    def _list(self) -> None:
        for old in (*self.quotes, *self.layers):
            self.words.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.quotes = [PlainLabel() for _ in self._quotes]
        self.layers = [PlainLabel("small") for _ in self._quotes]
        for quote, layer in zip(self.quotes, self.layers, strict=True):
            self.words.addWidget(quote)
            self.words.addWidget(layer)

    def _choice(self, verdict: Verdict) -> QPushButton:
        button = plain_button()
        button.setProperty("verdict", verdict.value)
        button.clicked.connect(self._on_choice_clicked)
        return button

    @Slot()
    def _on_choice_clicked(self) -> None:
        self.answered.emit(Verdict(str(self.sender().property("verdict"))))
