"""The catalogue: which models are worth bringing, how they would fit, and how to bring one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.model_card import MemoryView
from psylite_desktop.services.model_library import Offer
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.pages.models.verdict_mark import VerdictMark
from psylite_desktop.ui.pages.models.words import licence_text, need_text, offer_facts, room_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel, breakable


class OffersView(QWidget):
    """A list to read; nothing here downloads anything."""

    def __init__(
        self, theme: ThemeSwitch, language: LanguageSwitch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self.heading = PlainLabel("heading")
        self.how = Paragraph()
        self.unfold = plain_button()
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._on_unfold_toggled)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self._list = QVBoxLayout(self.card)
        self._list.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._list.setSpacing(2 * GRID)
        self._memory: MemoryView | None = None
        self.room = PlainLabel("small")
        self._list.addWidget(self.room)
        self.lines: list[OfferLine] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.heading)
        box.addWidget(self.how)
        row = QHBoxLayout()
        row.addWidget(self.unfold)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.card)
        self.card.hide()
        self.retranslate()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show how each would fit now."""
        while len(self.lines) < len(offers):
            line = OfferLine(self._theme, self._language)
            self.lines.append(line)
            self._list.addWidget(line)
        for line, offer in zip(self.lines, offers, strict=True):
            line.show_offer(offer)
        self._memory = next((offer.memory for offer in offers if offer.memory is not None), None)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.heading.setText(self.tr("Models worth bringing"))
        self.how.setText(
            self.tr(
                "PsyLite never downloads anything. On a computer that may go online, get the file "
                "from whoever publishes the model, put it on a USB stick, and bring it in with "
                "the button above. A file of another name works, too, if it is a GGUF model of "
                "one of these kinds."
            )
        )
        self.room.setText(room_text(self._memory) if self._memory is not None else "")
        self.room.setVisible(self._memory is not None)
        is_open = self.unfold.isChecked()
        self.unfold.setText(self.tr("Hide the list") if is_open else self.tr("Show the list"))
        for line in self.lines:
            line.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _on_unfold_toggled(self, is_open: bool) -> None:
        self.card.setVisible(is_open)
        self.retranslate()


class OfferLine(QWidget):
    """One entry."""

    def __init__(self, theme: ThemeSwitch, language: LanguageSwitch) -> None:
        super().__init__()
        self._language = language
        self._offer: Offer | None = None
        self.name = PlainLabel("strong")
        self.verdict = VerdictMark(theme)
        self.about = PlainLabel("small")
        self.why = PlainLabel("small")
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.name, 1)
        head.addWidget(self.verdict)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addLayout(head)
        box.addWidget(self.about)
        box.addWidget(self.why)

    def show_offer(self, offer: Offer) -> None:
        """Show an entry with how it fits now."""
        self._offer = offer
        self.verdict.setVisible(offer.memory is not None)
        self.verdict.show_memory(offer.memory)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        offer = self._offer
        if offer is None:
            return
        lang = self._language.current.value
        name = offer.entry.name.get(lang, offer.entry.id)
        here = self.tr("{model} (is here)").format(model=name)
        self.name.setText(here if offer.is_here else name)
        self.verdict.retranslate()
        self.about.setText(offer_facts(offer.entry, lang))
        file = self.tr("Licence: {licence}. File: {file}").format(
            licence=licence_text(offer.entry, lang), file=breakable(offer.entry.file)
        )
        fit = need_text(offer.memory) if offer.memory is not None else ""
        self.why.setText("\n".join(part for part in (fit, file) if part))
