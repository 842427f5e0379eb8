"""How I listen for danger: what is detected, how, what follows, how often it is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.content.protocol import ProtocolSection
from psylite_desktop.services.session import Session
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.protocol.corrections_view import CorrectionsView
from psylite_desktop.ui.pages.protocol.figures_table import FiguresTable
from psylite_desktop.ui.pages.protocol.section_view import SectionView
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.scroll_keys import ScrollKeys
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

_BESIDE = ("kinds",)
"""Sections of short names with short texts."""


class ProtocolPage(QWidget):
    """Works without a profile; then no corrections are counted.

    Signals:
        back_requested: Back to where the person came from.
    """

    back_requested = Signal()

    def __init__(
        self, app: AppContext, *, session: Session | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._texts = app.protocol
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.sections = {
            section.id: SectionView(section, beside=section.id in _BESIDE)
            for section in self._said()
        }
        self.figures = FiguresTable(self._texts)
        self.measured = PlainLabel("small")
        self.back = BackButton(app.theme)
        self.back.clicked.connect(self.back_requested)
        self.corrections = CorrectionsView(session) if session is not None else None
        self._lay_out()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Count what was corrected meanwhile."""
        super().showEvent(event)
        if self.corrections is not None:
            self.corrections.reload()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        lang = self._app.language.current.value
        head = self._texts.head(lang)
        self.title.setText(head.title)
        self.intro.setText(head.intro)
        for section in self._said():
            self.sections[section.id].show_section(section)
        self.figures.show_in(lang)
        self.measured.setText(
            self.tr("Counted on {date}.").format(date=self._texts.figures.measured_on)
        )
        self.setAccessibleName(head.title)

    def _said(self) -> tuple[ProtocolSection, ...]:
        return self._texts.sections(self._app.language.current.value)

    def _lay_out(self) -> None:
        self.column = ReadingColumn(self._app.theme, share=1.1)
        ScrollKeys(self, self.column)
        lead_focus(self, self.back)
        body = self.column.body
        body.addWidget(self.title)
        body.addWidget(self.intro)
        for view in self.sections.values():
            body.addWidget(view)
        self.sections["figures"].place.addWidget(self.figures)
        self.sections["figures"].place.addWidget(self.measured)
        if self.corrections is not None:
            self.sections["corrections"].place.addWidget(self.corrections)
        body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.column, 1)
