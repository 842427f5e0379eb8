"""The two lists of the memory page: what could be kept, and what is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.memory import Candidate, MemoryNote
from psylite_desktop.ui.pages.memory.cards import CandidateCard, NoteCard
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel

SHOWN = 30
"""Notes shown at once; a button shows more."""


class CandidateSection(QWidget):
    """From the last talks. Hidden while nothing is offered.

    Signals:
        kept: Yes; carries the candidate and the words to keep.
        declined: No; carries the candidate.
    """

    kept = Signal(Candidate, str)
    declined = Signal(Candidate)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("heading")
        self.about = PlainLabel("small")
        self.cards: list[CandidateCard] = []
        self._place = QVBoxLayout()
        self._place.setSpacing(GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.title)
        box.addWidget(self.about)
        box.addLayout(self._place)
        self.hide()
        self.retranslate()

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Offer these; a card that is being written in stays as it is."""
        known = {card.candidate: card for card in self.cards}
        _drop([card for card in self.cards if card.candidate not in candidates])
        self.cards = []
        for place, candidate in enumerate(candidates):
            card = known.get(candidate) or self._card(candidate)
            if self._place.indexOf(card) != place:
                self._place.insertWidget(place, card)
            self.cards.append(card)
        self.setVisible(bool(candidates))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.title.setText(self.tr("From your last talks"))
        self.about.setText(self.tr("Shall I remember this? Without your yes nothing is kept."))

    def _card(self, candidate: Candidate) -> CandidateCard:
        card = CandidateCard(candidate)
        card.kept.connect(self.kept)
        card.declined.connect(self.declined)
        return card


class NoteSection(QWidget):
    """What is kept, newest first.

    Signals:
        rewritten: A note shall say something else; carries the note and the words.
        pin_switched: A note shall stay, or not; carries the note and that.
        forget_requested: A note shall be forgotten; carries the note.
    """

    rewritten = Signal(MemoryNote, str)
    pin_switched = Signal(MemoryNote, bool)
    forget_requested = Signal(MemoryNote)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[NoteCard] = []
        self._notes: tuple[MemoryNote, ...] = ()
        self._most = SHOWN
        self.more = quiet_button()
        self.more.clicked.connect(self._on_more_clicked)
        self._place = QVBoxLayout()
        self._place.setSpacing(GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addLayout(self._place)
        box.addWidget(self.more)
        self.retranslate()

    def show_notes(self, notes: Sequence[MemoryNote]) -> None:
        """List these; cards of notes that did not change stay as they are."""
        self._notes = tuple(notes)
        wanted = list(self._notes[: self._most])
        kept = {card.note.id: card for card in self.cards if card.note in wanted}
        _drop([card for card in self.cards if card.note.id not in kept])
        self.cards = []
        for place, note in enumerate(wanted):
            card = kept.get(note.id) or self._card(note)
            if self._place.indexOf(card) != place:
                self._place.insertWidget(place, card)
            self.cards.append(card)
        # Cards made anew would come last in the order of Tab.
        for before, after in zip(self.cards, self.cards[1:], strict=False):
            self.setTabOrder(before.forget, after.edit)
        self.setVisible(bool(wanted))
        self.more.setVisible(len(self._notes) > self._most)

    def card_of(self, note_id: int) -> NoteCard | None:
        """The card of a note, where it is shown."""
        return next((card for card in self.cards if card.note.id == note_id), None)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.more.setText(self.tr("Show older ones"))

    def _card(self, note: MemoryNote) -> NoteCard:
        card = NoteCard(note)
        card.rewritten.connect(self.rewritten)
        card.pin_switched.connect(self.pin_switched)
        card.forget_requested.connect(self.forget_requested)
        return card

    @Slot()
    def _on_more_clicked(self) -> None:
        first_new = self._most
        self._most += SHOWN
        self.show_notes(self._notes)
        self.cards[first_new].edit.setFocus()


def _drop(cards: Sequence[QWidget]) -> None:
    for card in cards:
        card.hide()
        card.deleteLater()
