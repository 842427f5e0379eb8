"""One section of the protocol page: a heading, a paragraph, things with names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from psylite_desktop.content.protocol import ProtocolSection
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import yield_height


class SectionView(QWidget):
    """Shows a `ProtocolSection`; `place` is room for more, between the items and the note."""

    def __init__(
        self, section: ProtocolSection, *, beside: bool = False, parent: QWidget | None = None
    ) -> None:
        """With `beside` names and texts stand side by side, else one below the other."""
        super().__init__(parent)
        self.title = PlainLabel("heading")
        self.text = _paragraph()
        self.names = [_paragraph() if beside else PlainLabel() for _ in section.item]
        for name in self.names:
            name.setProperty("role", "strong")
        self.texts = [_paragraph() for _ in section.item]
        self.note = PlainLabel("small")
        self.place = QVBoxLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2 * GRID, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.title)
        box.addWidget(self.text)
        if beside:
            box.addLayout(self._table())
        else:
            for name, text in zip(self.names, self.texts, strict=True):
                item = QVBoxLayout()
                item.setSpacing(0)
                item.addWidget(name)
                item.addWidget(text)
                box.addLayout(item)
        box.addLayout(self.place)
        box.addWidget(self.note)
        self.show_section(section)

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        for line, (name, text) in enumerate(zip(self.names, self.texts, strict=True)):
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, line, 1)
        return grid

    def show_section(self, section: ProtocolSection) -> None:
        """Show the same section in another language."""
        self.title.setText(section.title)
        _say(self.text, section.text)
        for item, name, text in zip(section.item, self.names, self.texts, strict=True):
            name.setText(item.name)
            text.setText(item.text)
        _say(self.note, section.note)


def _paragraph() -> Paragraph:
    paragraph = Paragraph()
    yield_height(paragraph)
    return paragraph


def _say(label: PlainLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
