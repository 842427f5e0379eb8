"""What the Mirror read out of an entry: two or three sentences, then each claim with its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.mirror import Mirror, MirrorCorrection
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.mirror_own import Reading
from psylite_desktop.services.mirror_taken import without
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.journal.mirror_claims import Claim, claims_of
from psylite_desktop.ui.pages.journal.mirror_row import ClaimRow
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.busy import BusyLine
from psylite_desktop.ui.widgets.notice import NoticeBar, announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class Entry(Protocol):
    """What the panel needs to know of a journal entry."""

    @property
    def id(self) -> int:
        """0 where it is not stored."""

    @property
    def level(self) -> Level:
        """What was heard in the words."""


class MirrorPanel(QWidget):
    """Reads off the GUI thread; shows nothing of an entry with danger in it.

    Signals:
        quote_activated: A sentence was chosen; carries start and end in the entry.
        correction_made: A claim was taken back; carries the MirrorCorrection.
        correction_undone: It was not off after all; carries the MirrorCorrection.
    """

    quote_activated = Signal(int, int)
    correction_made = Signal(object)
    correction_undone = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._session = context.session
        self._mirror_of = context.session.mirror
        self._tasks = VaultTasks(context.session.vault, self)
        self._mirror: Mirror | None = None
        self._entry_id = 0
        self._asked = 0
        self._gone: list[MirrorCorrection] = []
        self._last: tuple[MirrorCorrection, ...] = ()
        self._is_quiet = False
        self._error: PsyLiteError | None = None
        self.title = PlainLabel("heading")
        self.said = Paragraph()
        self.note = PlainLabel("small")
        self.busy = BusyLine(context.app.theme)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(False)  # the sentences take its place
        self.busy.setSizePolicy(policy)
        self.notice = NoticeBar()
        self.notice.action_requested.connect(self._on_undo_requested)
        self.rows: list[ClaimRow] = []
        self.headings: list[PlainLabel] = []
        self._lay_out()
        self.retranslate()

    def show_entry(self, entry: Entry, text: str, *, earlier: Sequence[str] = ()) -> None:
        """Read `text`, the words of `entry` as they stand; `earlier` are other entries' texts."""
        self._entry_id, self._gone, self._last = entry.id, [], ()
        self._mirror, self._error, self._is_quiet = None, None, False
        self._asked += 1
        self.notice.clear()
        if max(entry.level, self._session.screening.state.level) >= Level.CRISIS:
            self._is_quiet = True
            self._show()
            announce(self, self.said.text())
            return
        self._show()
        self.busy.start(self.tr("Reading your page…"))
        asked, mirror, lang, past = self._asked, self._mirror_of, self._lang, tuple(earlier)
        self._tasks.run(
            lambda: mirror.read(text, lang, earlier=past),
            lambda reading: self._on_read(asked, reading),
            lambda error: self._on_failed(asked, error),
            self,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        self.title.setText(self.tr("What I read in this page"))
        self.setAccessibleName(self.title.text())
        self.note.setText(
            self.tr(
                "A program read this, by words alone. Each line stands on sentences of yours; "
                "what is off, you can say so."
            )
        )
        if not self.notice.isHidden():
            self._say_off()
        self._show()

    @property
    def _lang(self) -> str:
        return self._app.language.current.value

    def _on_read(self, asked: int, reading: Reading) -> None:
        if asked != self._asked:
            return
        self.busy.stop()
        self._mirror, self._is_quiet = reading.mirror, reading.mirror is None
        self._show()
        announce(self, self.said.text())

    def _on_failed(self, asked: int, error: PsyLiteError) -> None:
        if asked == self._asked:
            self.busy.stop()
            self._error = error
            self._show()
            announce(self, self.said.text())

    def _show(self) -> None:
        """Sentences and claims of what is not taken back."""
        wording, lang = self._mirror_of.wording, self._lang
        claims: list[Claim] = []
        if self._error is not None:
            self.said.setText(error_text(self._error))
        elif self._is_quiet:
            self.said.setText(wording.quiet(lang))
        elif self._mirror is None:
            self.said.setText("")
        else:
            shown = without(self._mirror, self._gone)
            self.said.setText("\n".join(wording.sentences(shown, lang)))
            claims = claims_of(shown, wording, lang, self._entry_id)
        self.said.setVisible(bool(self.said.text()))
        self.note.setVisible(bool(claims))
        self._list(claims)

    def _list(self, claims: Sequence[Claim]) -> None:
        for old in (*self.rows, *self.headings):
            self.list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows, self.headings = [], []
        group = ""
        for claim in claims:
            if claim.group != group:
                group = claim.group
                heading = PlainLabel("small")
                heading.setText(self._group(group))
                self.headings.append(heading)
                self.list.addWidget(heading)
            row = ClaimRow(self._name(claim), claim.quotes, claim.corrections)
            row.quote_activated.connect(self.quote_activated)
            row.off_requested.connect(self._on_off_requested)
            self.rows.append(row)
            self.list.addWidget(row)

    def _group(self, group: str) -> str:
        match group:
            case "theme":
                return self.tr("What it is about")
            case "tone":
                return self.tr("How it sounds")
            case "repeated":
                return self.tr("What comes again")
        return self.tr("Habits of thought, perhaps")

    def _name(self, claim: Claim) -> str:
        if claim.group != "repeated":
            return claim.name
        if claim.earlier == 1:
            return self.tr("On one earlier page too")
        if claim.earlier:
            return self.tr("On {count} earlier pages too").format(count=claim.earlier)
        return self.tr("More than once on this page")

    def _say_off(self) -> None:
        self.notice.say(
            self.tr("Thank you. I will not say this about these words again."),
            action=self.tr("Undo"),
        )

    @Slot(object)
    def _on_off_requested(self, taken: object) -> None:
        corrections = cast("tuple[MirrorCorrection, ...]", taken)
        place = next((n for n, row in enumerate(self.rows) if row is self.sender()), 0)
        self._last = corrections
        self._gone += corrections
        mirror = self._mirror_of
        self._tasks.run(lambda: mirror.take_back(corrections), _kept, self._on_not_kept, self)
        self._show()
        self._say_off()
        self._focus_near(place)
        for one in corrections:
            self.correction_made.emit(one)

    @Slot()
    def _on_undo_requested(self) -> None:
        back, self._last = self._last, ()
        self._gone = [one for one in self._gone if one not in back]
        mirror = self._mirror_of
        self._tasks.run(lambda: mirror.undo(back), _kept, self._on_not_kept, self)
        self._show()
        self._focus_near(0)
        for one in back:
            self.correction_undone.emit(one)

    def _on_not_kept(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _focus_near(self, place: int) -> None:
        """The keyboard goes on where it was, not to the top of the window."""
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].off.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.notice.isHidden():
            self.notice.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.list = QVBoxLayout()
        self.list.setSpacing(GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, RING, RING, RING)
        box.setSpacing(2 * GRID)
        box.addWidget(self.title)
        box.addWidget(self.busy)
        box.addWidget(self.said)
        box.addWidget(self.notice)
        box.addLayout(self.list)
        box.addWidget(self.note)
        box.addStretch(1)


def _kept(_nothing: None) -> None:
    """It is out of the list already."""
