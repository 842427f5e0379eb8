"""One score: the number, its range, what that says, and the change since last time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.scale import Part, Scale, ScaleRun
from psylite_desktop.services.scales import Change, band_of
from psylite_desktop.ui.pages.scales.shown import day, score_line
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class PartView(QFrame):
    """A card with at most four lines; made anew for every result."""

    def __init__(self, *, has_name: bool, parent: QWidget | None = None) -> None:
        """`has_name`: there are other parts to tell it from."""
        super().__init__(parent)
        self.setProperty("role", "card")
        # It takes the keyboard so that a result is read from its beginning.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = PlainLabel("strong")
        self.score = PlainLabel("title")
        self.sentence = Paragraph()
        self.change = PlainLabel("muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        for label in (self.name, self.score, self.sentence, self.change):
            box.addWidget(label)
        self.name.setVisible(has_name)

    def show_part(
        self, part: Part, run: ScaleRun, since: Change | None, *, scale: Scale, is_young: bool
    ) -> None:
        """Say what there is to say, in the language of now."""
        self.name.setText(part.name)
        self.score.setText(score_line(part, run, is_young=is_young))
        found = run.score(part.id)
        # What another version scored differently is shown without a word about it.
        has_band = found is not None and part.low <= found <= part.high
        self.sentence.setText(self._sentence(part, found or 0, is_young) if has_band else "")
        self.change.setText("" if since is None else self._change(part, since, scale))
        self.change.setVisible(since is not None)
        self.setAccessibleName(self.said)

    @property
    def said(self) -> str:
        """Everything there is to read, for screen readers."""
        labels = (self.name, self.score, self.sentence, self.change)
        return "\n".join(label.text() for label in labels if label.text())

    def _sentence(self, part: Part, found: int, is_young: bool) -> str:
        band = band_of(part, found)
        if not is_young:
            return band.sentence
        # Under 18 these scales sort people badly, so a score gets no name.
        if band.talk:
            return self.tr(
                "This is worth talking about with someone: your parents, a teacher you trust, "
                "or the school's counselor."
            )
        return self.tr(
            "One score says little. If things feel heavy all the same, tell someone you trust."
        )

    def _change(self, part: Part, since: Change, scale: Scale) -> str:
        then = day(since.before_at)
        if since.points == 0:
            return self.tr("The same as on {day}.").format(day=then)
        count = abs(since.points)
        said = self._points(count, is_more=since.points > 0).format(count=count, day=then)
        return f"{said}\n{self._weight(part, since, scale)}".rstrip()

    def _points(self, count: int, *, is_more: bool) -> str:
        if count == 1 and is_more:
            return self.tr("One point more than on {day}.")
        if count == 1:
            return self.tr("One point less than on {day}.")
        if is_more:
            return self.tr("{count} points more than on {day}.")
        return self.tr("{count} points less than on {day}.")

    def _weight(self, part: Part, since: Change, scale: Scale) -> str:
        if since.is_more_than_chance is None:
            return ""
        if not since.is_more_than_chance:
            return self.tr("Less than {count} points can be chance.").format(count=part.change)
        if (since.points > 0) == scale.higher_is_better:
            return self.tr("That is more than chance, and for the better.")
        return self.tr("That is more than chance, and heavier than before.")
