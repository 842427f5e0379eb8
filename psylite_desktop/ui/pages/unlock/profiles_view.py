"""First thing on screen: whose space shall be opened, a new one, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.profile import Profile
from psylite_desktop.ui.pages.unlock.profile_labels import profile_colour, profile_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, PROFILE_HUES
from psylite_desktop.ui.widgets.buttons import (
    CardButton,
    plain_button,
    primary_button,
    quiet_button,
)
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class ProfilesView(ReadingColumn):
    """Lists profiles.

    Signals:
        profile_chosen: A `Profile` shall be opened.
        create_requested: A new profile shall be made.
        guest_requested: A session that leaves nothing shall begin.
        file_requested: A .psyvault file shall be brought back.
        discretion_requested: The list shall not be shown any more.
    """

    profile_chosen = Signal(Profile)
    create_requested = Signal()
    guest_requested = Signal()
    file_requested = Signal()
    discretion_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.75, parent=parent)
        self._theme = theme
        self._profiles: tuple[Profile, ...] = ()
        self.title = PlainLabel("title")
        self.sentence = Paragraph(muted=True)
        self.notice = NoticeBar()
        self.cards: list[CardButton] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GRID)
        self.create_first = primary_button()
        self.create_another = plain_button()
        self.guest = plain_button()
        self._guest_note = PlainLabel("small")
        self.file = quiet_button()
        self.file.clicked.connect(self.file_requested)
        self.hide_list = quiet_button()
        for button in (self.create_first, self.create_another):
            button.clicked.connect(self.create_requested)
        self.guest.clicked.connect(self.guest_requested)
        self.hide_list.clicked.connect(self.discretion_requested)
        self.body.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.notice)
        self.body.addLayout(self._cards)
        self.body.addWidget(self.create_first)
        self.body.addWidget(self.create_another)
        self.body.addSpacing(GRID)
        self.body.addWidget(self.guest)
        self.body.addWidget(self._guest_note)
        self.body.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.hide_list, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(2)
        self.show_profiles(())

    @property
    def only_one(self) -> Profile | None:
        """The one that is listed, where there are no others."""
        return self._profiles[0] if len(self._profiles) == 1 else None

    def show_profiles(self, profiles: Sequence[Profile]) -> None:
        """List these profiles."""
        self._profiles = tuple(profiles)
        for card in self.cards:
            self._cards.removeWidget(card)
            card.deleteLater()
        self.cards = []
        for profile in self._profiles:
            hue = PROFILE_HUES.get(profile_colour(profile.label), "")
            card = CardButton(self._theme, "dot", color=hue)
            card.clicked.connect(partial(self.profile_chosen.emit, profile))
            self._cards.addWidget(card)
            card.show()  # at once: what is not visible yet cannot take the keyboard
            self.cards.append(card)
        self.create_first.setVisible(not self.cards)
        self.create_another.setVisible(bool(self.cards))
        self.hide_list.setVisible(bool(self.cards))
        self.retranslate()

    def focus(self) -> None:
        """Put the keyboard on what most people want here."""
        target = self.cards[0] if self.cards else self.create_first
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Which one is yours?") if self.cards else self.tr("Hello"))
        self.sentence.setText(
            self.tr(
                "PsyLite works without the internet. What you write is locked with your "
                "passphrase and stays on this computer."
            )
        )
        for card, profile in zip(self.cards, self._profiles, strict=True):
            name = profile_text(profile.label)
            card.setText(name)
            card.setAccessibleName(self.tr("Open {profile}").format(profile=name))
        self.create_first.setText(self.tr("Make a space of my own"))
        self.create_another.setText(self.tr("Make another space"))
        self.guest.setText(self.tr("Just talk, save nothing"))
        self._guest_note.setText(self.tr("A guest session leaves nothing on this computer."))
        self.file.setText(self.tr("Bring back a .psyvault file"))
        self.hide_list.setText(self.tr("Do not show this list"))
        self.guest.setAccessibleDescription(self._guest_note.text())
