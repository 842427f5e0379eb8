"""Something offered below a reply: folded, with the reason why now, and easy to pass over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from psylite_desktop.domain.aside import Aside, AsideKind, AsideRating
from psylite_desktop.ui.pages.talk.fitting_scroll import FittingScroll
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

ROOM_SHARE = 0.4
"""Part of the page's height that an unfolded text may take."""


class AsideView(QFrame):
    """A two-hander or a short read. Hidden while there is none.

    Signals:
        rated: The person said something about it; carries its id and the rating, None for "take
            it back".
    """

    rated = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._aside: Aside | None = None
        self._rating: AsideRating | None = None
        self.title = PlainLabel("strong")
        self.why = PlainLabel("small")
        self.body = Paragraph()
        self.source = PlainLabel("small")
        self.unfold = quiet_button()
        self.unfold.clicked.connect(self._on_unfold_clicked)
        self.skip = quiet_button()
        self.skip.clicked.connect(self.clear)
        self.buttons = {rating: quiet_button() for rating in AsideRating}
        for rating, button in self.buttons.items():
            button.setCheckable(True)
            button.setProperty("rating", rating.value)
            button.clicked.connect(self._on_rating_clicked)
        self._inside = QWidget()
        self._inside.setProperty("role", "inside")
        self.reading = FittingScroll(self._inside)
        self._lay_out()
        self.hide()

    def offer(self, aside: Aside | None) -> None:
        """Show it folded; None takes away what is there."""
        self._aside, self._rating = aside, None
        if aside is None:
            self.hide()
            return
        self._fold(is_open=aside.why.certain)
        self.retranslate()
        self.show()
        announce(self, f"{self.title.text()} {self.why.text()}")

    @Slot()
    def clear(self) -> None:
        """Take it away."""
        self.offer(None)

    def set_room(self, height: int) -> None:
        """Keep within a part of the page."""
        self.reading.limit(round(height * ROOM_SHARE))

    def retranslate(self) -> None:
        """Texts in the language of now."""
        if self._aside is None:
            return
        passage = self._aside.passage
        is_scene = self._aside.kind is AsideKind.CROSSTALK
        kind = self.tr("A short two-hander") if is_scene else self.tr("A short read")
        if is_scene and not self.reading.isVisibleTo(self):
            self.title.setText(self.tr("Something light, if you like"))
        else:
            self.title.setText(self.tr("{kind}: {title}").format(kind=kind, title=passage.title))
        self.why.setText(self._why())
        said = [passage.text] if is_scene else [passage.text, passage.say]
        self.body.setText(shown("\n".join(part for part in said if part)))
        self.source.setText("" if is_scene else self._source())
        self.source.setVisible(not is_scene)
        self.skip.setText(self.tr("Not now"))
        is_open = self.reading.isVisibleTo(self)
        self.unfold.setText(self.tr("Fold away") if is_open else self.tr("Read it"))
        self.buttons[AsideRating.LIKED].setText(self.tr("Good"))
        self.buttons[AsideRating.DISLIKED].setText(self.tr("Not for me"))
        self.buttons[AsideRating.NOT_FUNNY].setText(self.tr("Not funny"))
        self.buttons[AsideRating.NOT_FUNNY].setVisible(is_scene and is_open)
        self.buttons[AsideRating.NOT_FUNNY].setToolTip(
            self.tr("Nothing of this kind will come for thirty days.")
        )

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _why(self) -> str:
        if self._aside is None:
            return ""
        if self._rating is AsideRating.NOT_FUNNY:
            return self.tr("Sorry. Nothing of this kind will come for thirty days.")
        words = self._aside.why.words
        match self._aside.why.code:
            case "asked_light":
                text = self.tr("Here because you asked for something light: “{words}”.")
            case "joked":
                text = self.tr("Here because you were joking: “{words}”.")
            case "relieved":
                text = self.tr("Here because you sounded relieved: “{words}”.")
            case "sounded_light":
                text = self.tr("Here because your message sounded light. That may be a mistake.")
            case _:
                text = self.tr("Here because you spoke of “{words}”.")
        return text.format(words=words)

    def _source(self) -> str:
        if self._aside is None:
            return ""
        passage = self._aside.passage
        if passage.source == "practice wisdom":
            return self.tr("Evidence {badge}: practice wisdom, no trial.").format(
                badge=passage.badge
            )
        return self.tr("Evidence {badge}: {source}").format(
            badge=passage.badge, source=passage.source
        )

    def _fold(self, *, is_open: bool) -> None:
        self.reading.setVisible(is_open)
        for button in self.buttons.values():
            button.setVisible(is_open)
            button.setChecked(False)

    @Slot()
    def _on_unfold_clicked(self) -> None:
        self._fold(is_open=not self.reading.isVisibleTo(self))
        self.retranslate()
        if self.reading.isVisibleTo(self):
            announce(self, self.body.text())

    @Slot()
    def _on_rating_clicked(self) -> None:
        button = self.sender()
        if self._aside is None or not isinstance(button, QPushButton):
            return
        rating = AsideRating(str(button.property("rating")))
        self._rating = rating if button.isChecked() else None
        for other in self.buttons.values():
            other.setChecked(other is button and self._rating is not None)
        self.rated.emit(self._aside.id, self._rating)
        if self._rating is AsideRating.NOT_FUNNY:
            self._fold(is_open=False)
            announce(self, self._why())
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, GRID, 0)
        inside.setSpacing(GRID)
        inside.addWidget(self.body)
        inside.addWidget(self.source)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignTop)
        ratings = WrapLayout()
        for button in self.buttons.values():
            ratings.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        box.setSpacing(GRID // 2)
        box.addLayout(head)
        box.addWidget(self.why)
        box.addWidget(self.reading)
        box.addLayout(ratings)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
