"""Where everything is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.whereabouts import PlaceKind, StoragePlace
from psylite_desktop.ui.pages.privacy.words import place_holds, place_name
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel, breakable


class PlacesCard(QFrame):
    """One paragraph a place: name and size, what is in it, where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._places: Sequence[StoragePlace] = ()
        self._is_guest = False
        self.guest = PlainLabel()
        self.names = {kind: PlainLabel("strong") for kind in PlaceKind}
        self.holds = {kind: PlainLabel() for kind in PlaceKind}
        self.paths = {kind: PlainLabel("small") for kind in PlaceKind}
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID // 2)
        box.addWidget(self.guest)
        for kind in PlaceKind:
            for label in (self.names[kind], self.holds[kind], self.paths[kind]):
                box.addWidget(label)
            self.paths[kind].setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            box.addSpacing(GRID)

    def show_places(self, places: Sequence[StoragePlace], *, is_guest: bool) -> None:
        """Show what was measured."""
        self._places, self._is_guest = places, is_guest
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.guest.setVisible(self._is_guest)
        self.guest.setText(
            self.tr(
                "You are here as a guest: what you write lives in memory and is gone when you "
                "lock. The spaces below belong to others."
            )
        )
        known = {place.kind: place for place in self._places}
        for kind in PlaceKind:
            place = known.get(kind)
            for label in (self.names[kind], self.holds[kind], self.paths[kind]):
                label.setVisible(place is not None)
            if place is None:
                continue
            size = QLocale().formattedDataSize(
                place.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat
            )
            much = self.tr("nothing yet") if not place.files else size
            self.names[kind].setText(
                self.tr("{place} · {size}").format(place=place_name(kind), size=much)
            )
            self.holds[kind].setText(place_holds(kind))
            self.paths[kind].setText(breakable(str(place.path)))
