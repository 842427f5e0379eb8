"""One page: a day, a title if one likes, and room to write."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.content.journal_prompts import JournalPrompt
from psylite_desktop.domain.journal import LONGEST_TITLE, JournalEntry
from psylite_desktop.ui.pages.checkin.line_field import LineField
from psylite_desktop.ui.pages.journal.page_editor import PageEditor
from psylite_desktop.ui.pages.journal.prompt_bar import PromptBar
from psylite_desktop.ui.pages.journal.rows import day_name
from psylite_desktop.ui.pages.journal.sheet import Kept, Sheet
from psylite_desktop.ui.pages.talk.plain_text import typed
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

BESIDE = 58
"""Letters' widths from which the mirror stands beside the page, not under it."""
MIRROR_SHARE = 0.45
"""Part of the height that the mirror may take under the page."""


class EditorView(QWidget):
    """Knows nothing of vault and risk; the page and its keeper do.

    Signals:
        edited: Words or title are others than before.
        back_requested: Back to all pages.
        prompt_requested: A prompt, or another one.
        prompt_dismissed: No prompt above this page.
        lock_requested: Keep the page out of the mirror, or not; carries that.
        versions_requested: Earlier versions.
        delete_requested: Into the bin with it.
        mirror_requested: Look back at this page.
    """

    edited = Signal()
    back_requested = Signal()
    prompt_requested = Signal()
    prompt_dismissed = Signal()
    lock_requested = Signal(bool)
    versions_requested = Signal()
    delete_requested = Signal()
    mirror_requested = Signal()

    def __init__(self, theme: ThemeSwitch, *, guest: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._guest = guest
        self._day = ""
        self._kept = Kept.NOTHING
        self.back = BackButton(theme)
        self.saved = PlainLabel("small", wrap=False)
        self.day = PlainLabel("small")
        self.title: QLineEdit = LineField(LONGEST_TITLE)
        self.title.setProperty("role", "bare")
        self.prompt = PromptBar()
        self.editor = PageEditor()
        self.ask = quiet_button()
        self.look = quiet_button()
        self.versions = quiet_button()
        self.lock = quiet_button()
        self.lock.setCheckable(True)
        self.delete = quiet_button()
        self.mirror: QWidget | None = None
        self.mirror_place = _scrolling(None)
        self._sheet = QWidget()
        self._sheet.setProperty("role", "inside")
        self._sheet_place = _scrolling(self._sheet)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self._connect()
        self.retranslate()

    def first(self) -> QWidget:
        """Where the keyboard belongs when the view comes: on the page, not on its title."""
        return self.editor

    def sheet(self) -> Sheet:
        """What stands in the window."""
        return Sheet(self.editor.text(), typed(self.title.text()), self.prompt.prompt_id)

    def show_entry(
        self, entry: JournalEntry | None, *, today: str, prompt: JournalPrompt | None = None
    ) -> None:
        """Show a page, or an empty one of today."""
        self._day = entry.day if entry is not None else today
        for field in (self.title, self.editor):
            field.blockSignals(True)
        self.title.setText(entry.title if entry is not None else "")
        self.editor.begin(entry.text if entry is not None else "")
        for field in (self.title, self.editor):
            field.blockSignals(False)
        self.lock.setChecked(entry.locked if entry is not None else False)
        self.show_prompt(prompt)
        self.hide_mirror()
        self._say()

    def show_prompt(self, prompt: JournalPrompt | None, *, is_new: bool = False) -> None:
        """Show a prompt above the page, or none."""
        if prompt is None:
            self.prompt.put_away()
        else:
            self.prompt.show_prompt(prompt, is_new=is_new)
        self.ask.setVisible(not self.prompt.prompt_id)
        self._fit()

    def show_kept(self, kept: Kept) -> None:
        """Say quietly whether the words are kept."""
        self._kept = kept
        self._say()

    def offer(self, *, look: bool, versions: bool, prompt: bool) -> None:
        """Offer what makes sense for this page now."""
        self.look.setVisible(look)
        self.versions.setVisible(versions)
        self.ask.setVisible(prompt and not self.prompt.prompt_id)
        self.prompt.another.setVisible(prompt)
        if not look:
            self.hide_mirror()
        self._fit()

    def hold_mirror(self, panel: QWidget) -> None:
        """Put the mirror beside the page, or under it."""
        if self.mirror is None:
            self.mirror = panel
            self.mirror_place.setWidget(panel)
        self.mirror_place.show()
        self._arrange()

    def hide_mirror(self) -> None:
        """The page by itself."""
        self.mirror_place.hide()
        self._arrange()

    # -- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the mirror its place."""
        super().resizeEvent(event)
        self._arrange()
        QTimer.singleShot(0, self, self._fit)  # by then the parts have their width

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setPlaceholderText(self.tr("A title, if you like"))
        self.title.setAccessibleName(self.tr("Title"))
        self.editor.setPlaceholderText(self.tr("Write whatever is there. Nobody reads along."))
        self.editor.setAccessibleName(self.tr("The page"))
        self.editor.setAccessibleDescription(
            self.tr("Kept as you write. Tab leaves the page, Escape goes back to all pages.")
        )
        self.ask.setText(self.tr("Give me a prompt"))
        self.ask.setToolTip(self.tr("Give me a prompt (Ctrl+P)"))
        self.look.setText(self.tr("Look back at this"))
        self.versions.setText(self.tr("Earlier versions"))
        self.lock.setText(self.tr("Keep out of the mirror"))
        self.lock.setToolTip(
            self.tr("Nothing looks for themes or habits of thought in a page that is kept out.")
        )
        self.delete.setText(self.tr("Delete"))
        self._say()
        self._fit()

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    @Slot()
    def _on_lock_clicked(self) -> None:
        self.lock_requested.emit(self.lock.isChecked())

    def _say(self) -> None:
        if self._day:
            self.day.setText(day_name(self._day, self.tr("dddd, d MMMM yyyy")))
        said = {
            Kept.NOTHING: "",
            Kept.SAVING: self.tr("Saving…"),
            Kept.SAVED: self.tr("Saved until you leave") if self._guest else self.tr("Saved"),
            Kept.FAILED: self.tr("Not saved"),
        }
        self.saved.setText(said[self._kept])

    @Slot()
    def _arrange(self) -> None:
        sizes = self._theme.sizes
        is_wide = self.width() >= sizes.text * BESIDE
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        for place in (self._sheet_place, self.mirror_place):
            place.setMaximumWidth(sizes.column)
        beside_column = 0 if is_wide else max(self.width() - sizes.column - 3 * GRID, 0) // 2
        self._body.setContentsMargins(beside_column, 0, beside_column, 0)
        room = round(self.height() * MIRROR_SHARE)
        self.mirror_place.setMaximumHeight(16_777_215 if is_wide else max(room, 1))
        has_mirror = self.mirror_place.isVisibleTo(self)
        beside = 1 if is_wide else 0
        for number, share in enumerate((beside, 30, 20 if has_mirror else 0, beside)):
            self._body.setStretch(number, share)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Let the sheet be as high as its words need; it scrolls where there is less room."""
        layout = self._sheet.layout()
        width = self._sheet_place.viewport().width()
        if layout is not None and width > 0:
            self._sheet.setMinimumHeight(layout.minimumHeightForWidth(width))

    @Slot()
    def _follow_cursor(self) -> None:
        """Keep the line that is written in view where the sheet itself scrolls."""
        line = self.editor.cursorRect()
        below = self.editor.viewport().mapTo(self._sheet, line.bottomLeft())
        self._sheet_place.ensureVisible(below.x(), below.y(), 0, 2 * GRID)

    def _lay_out(self) -> None:
        ring = GRID // 2
        ways = WrapLayout()
        for button in (self.ask, self.look, self.versions, self.lock, self.delete):
            ways.addWidget(button)
        page = QVBoxLayout(self._sheet)
        page.setContentsMargins(ring, ring, ring, ring)
        page.setSpacing(GRID)
        for widget in (self.day, self.title, self.prompt):
            page.addWidget(widget)
        page.addWidget(self.editor, 1)
        page.addLayout(ways)
        self.mirror_place.hide()
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        head.addWidget(self.saved)
        self._body.setSpacing(2 * GRID)
        self._body.addStretch(0)
        self._body.addWidget(self._sheet_place)
        self._body.addWidget(self.mirror_place)
        self._body.addStretch(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, 2 * GRID, GRID)
        box.setSpacing(0)
        box.addLayout(head)
        box.addLayout(self._body, 1)
        self._arrange()

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.title.textChanged.connect(self._on_edited)
        self.editor.textChanged.connect(self._on_edited)
        self.editor.cursorPositionChanged.connect(self._follow_cursor)
        self.ask.clicked.connect(self.prompt_requested)
        self.prompt.another_requested.connect(self.prompt_requested)
        self.prompt.dismissed.connect(self.prompt_dismissed)
        self.look.clicked.connect(self.mirror_requested)
        self.versions.clicked.connect(self.versions_requested)
        self.lock.clicked.connect(self._on_lock_clicked)
        self.delete.clicked.connect(self.delete_requested)
        self._theme.changed.connect(self._arrange)
        for keys, act in (
            ("Escape", self.back_requested.emit),
            ("Ctrl+P", self.prompt_requested.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), self.title)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(self.editor.setFocus)


def _scrolling(widget: QWidget | None) -> QScrollArea:
    """A frame that scrolls where there is too little height."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    if widget is not None:
        area.setWidget(widget)
    return area
