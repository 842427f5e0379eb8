"""The memory of this machine as a bar: taken by others, the model, the rest of the app, free."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from psylite_desktop.domain.model_card import MemoryView
from psylite_desktop.ui.pages.models.words import memory_text, size_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

_TALL = 16
_MARK = 12
OTHERS, MODEL, REST, FREE = "others", "model", "rest", "free"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar in bytes; `is_beyond`: there is no room for it."""

    kind: str
    size: int
    is_beyond: bool = False


def pieces(memory: MemoryView) -> list[Piece]:
    """The parts from left to right: together the machine, or more where it is too small."""
    taken = max(0, memory.total - memory.available)
    room = memory.available
    found = [Piece(OTHERS, taken)]
    for kind, size in ((REST, memory.rest), (MODEL, memory.model)):
        inside = min(size, room)
        room -= inside
        found.append(Piece(kind, inside))
        if size > inside:
            found.append(Piece(kind, size - inside, is_beyond=True))
    found.append(Piece(FREE, room))
    return [piece for piece in found if piece.size > 0]


class MemoryBar(QWidget):
    """The bar, a legend with numbers, and a sentence that says the same."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._memory: MemoryView | None = None
        self.bar = _Bar(theme)
        self.legend = {kind: _LegendEntry(theme, kind) for kind in (OTHERS, REST, MODEL, FREE)}
        self.sentence = PlainLabel("small")
        row = WrapLayout()
        for entry in self.legend.values():
            row.addWidget(entry)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.bar)
        box.addLayout(row)
        box.addWidget(self.sentence)
        theme.changed.connect(self.update)

    def show_memory(self, memory: MemoryView | None) -> None:
        """Show how a model fits; nothing where nobody can tell."""
        self._memory = memory
        self.setVisible(memory is not None and memory.total > 0)
        if memory is not None:
            self.bar.show_pieces(pieces(memory), memory.total)
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        memory = self._memory
        if memory is None:
            return
        sizes = {
            OTHERS: max(0, memory.total - memory.available),
            REST: memory.rest,
            MODEL: memory.model,
            FREE: max(0, memory.available - memory.needed),
        }
        words = {
            OTHERS: self.tr("in use by others: {size}"),
            REST: self.tr("rest of PsyLite: {size}"),
            MODEL: self.tr("this model: {size}"),
            FREE: self.tr("stays free: {size}"),
        }
        for kind, entry in self.legend.items():
            size = size_text(sizes[kind]) if sizes[kind] else "0 MB"
            entry.label.setText(words[kind].format(size=size))
        self.sentence.setText(memory_text(memory))
        self.bar.setAccessibleName(self.tr("Memory of this computer"))
        self.bar.setAccessibleDescription(self.sentence.text())


class _Bar(QWidget):
    def __init__(self, theme: ThemeSwitch) -> None:
        super().__init__()
        self._theme = theme
        self._pieces: list[Piece] = []
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pieces(self, found: list[Piece], total: int) -> None:
        self._pieces, self._total = found, total
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * GRID, self._theme.sizes.px(_TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * GRID, self._theme.sizes.px(_TALL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = sum(piece.size for piece in self._pieces)
        if not whole:
            return
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        clip = QPainterPath()
        clip.addRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.setClipPath(clip)
        left = frame.left()
        for piece in self._pieces:
            width = frame.width() * piece.size / whole
            area = QRectF(left, frame.top(), width, frame.height())
            _fill(painter, area, self._theme, piece.kind, is_beyond=piece.is_beyond)
            left += width
        painter.setClipping(False)
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        if whole > self._total > 0:  # where the machine ends
            at = frame.left() + frame.width() * self._total / whole
            painter.setPen(QPen(QColor(tokens.ink), 2))
            painter.drawLine(round(at), 0, round(at), self.height())


class _LegendEntry(QWidget):
    """A patch and its words."""

    def __init__(self, theme: ThemeSwitch, kind: str) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self.label = PlainLabel("small", wrap=False)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.sizes.px(_MARK) + GRID // 2, 0, GRID, 0)
        box.addWidget(self.label)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.sizes.px(_MARK) - 2
        area = QRectF(0.5, (self.height() - side) / 2, side, side)
        _fill(painter, area, self._theme, self._kind, is_beyond=False)
        painter.setPen(QPen(QColor(self._theme.tokens.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)


def _fill(
    painter: QPainter, area: QRectF, theme: ThemeSwitch, kind: str, *, is_beyond: bool
) -> None:
    """Each part has its own pattern, so that nobody needs to tell colours apart."""
    tokens = theme.tokens
    painter.setPen(Qt.PenStyle.NoPen)
    if is_beyond:
        painter.fillRect(area, QColor(tokens.surface))
        painter.fillRect(area, QBrush(QColor(tokens.clay), Qt.BrushStyle.BDiagPattern))
        return
    match kind:
        case "others":
            painter.fillRect(area, QColor(tokens.raised))
            painter.fillRect(area, QBrush(QColor(tokens.edge), Qt.BrushStyle.Dense6Pattern))
        case "rest":
            painter.fillRect(area, QColor(tokens.accent_soft))
            painter.fillRect(area, QBrush(QColor(tokens.accent), Qt.BrushStyle.FDiagPattern))
        case "model":
            painter.fillRect(area, QColor(tokens.accent))
        case _:
            painter.fillRect(area, QColor(tokens.surface))
