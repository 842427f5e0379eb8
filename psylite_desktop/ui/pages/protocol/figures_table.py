"""The measured figures: what is found and what is taken for danger by mistake, by language."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.protocol import ROWS, Figure, ProtocolTexts
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel

_FALSE_ALARMS = "false-card"
"""The row from which on a low share is the good one; a gap stands above it."""


class FiguresTable(QFrame):
    """A grid of labels; each cell tells a screen reader what its number belongs to."""

    def __init__(self, texts: ProtocolTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._texts = texts
        self.cells: dict[tuple[str, str, bool], PlainLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        for column, stretch in enumerate((4, 3, 3)):
            self._grid.setColumnStretch(column, stretch)

    def show_in(self, lang: str) -> None:
        """Say everything anew in a language; its own figures come first."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.cells = {}
        line = 0
        for measured in sorted(LANGS, key=lambda one: one != lang):
            line = self._add_language(measured, lang, line)

    def _add_language(self, measured: str, lang: str, line: int) -> int:
        """Fill lines from `line` on; returns the next free one."""
        grid = self._grid
        if line:
            grid.setRowMinimumHeight(line, 2 * GRID)
            line += 1
        grid.addWidget(_label(self._language(measured), "strong"), line, 0)
        for column, engine in self._columns():
            head = _label(self._column(engine=engine), "strong")
            grid.addWidget(head, line, column)
        for row in ROWS:
            line += 1
            if row == _FALSE_ALARMS:
                grid.setRowMinimumHeight(line, GRID)
                line += 1
            name = _label(self._texts.row(row, lang))
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            for column, engine in self._columns():
                self._add_cell((measured, row, engine), lang, line, column)
        return line + 1

    def _add_cell(self, key: tuple[str, str, bool], lang: str, line: int, column: int) -> None:
        measured, row, engine = key
        found = self._texts.figures.of(measured, engine=engine)
        figure = found.rows[row] if found is not None else None  # type: ignore[index]
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        if figure is None:
            labels = [_label(self.tr("not measured yet"), "muted")]
        else:
            labels = [_label(self._share(figure)), _label(self._detail(figure), "small")]
        for label in labels:
            inside.addWidget(label)
        said = (self._language(measured), self._texts.row(row, lang), self._column(engine=engine))
        numbers = " ".join(label.text() for label in labels)
        labels[0].setAccessibleName(f"{', '.join(said)}: {numbers}")
        self._grid.addWidget(holder, line, column, Qt.AlignmentFlag.AlignTop)
        self.cells[key] = labels[0]

    def _columns(self) -> Iterator[tuple[int, bool]]:
        """Columns of figures, and whether the engine listened."""
        yield 1, False
        yield 2, True

    def _column(self, *, engine: bool) -> str:
        return self.tr("with the engine") if engine else self.tr("without the engine")

    def _language(self, measured: str) -> str:
        found = self._texts.figures.of(measured, engine=False)
        found = found or self._texts.figures.of(measured, engine=True)
        name = self.tr("Chinese") if measured == "zh" else self.tr("English")
        if found is None:
            return name
        return self.tr("{language}, {count} texts").format(language=name, count=found.cases)

    def _share(self, figure: Figure) -> str:
        return self.tr("{share} %").format(share=_percent(figure.share, figure))

    def _detail(self, figure: Figure) -> str:
        low, high = (_percent(bound, figure) for bound in figure.interval)
        return self.tr("[{low}–{high} %] {hits} of {total}").format(
            low=low, high=high, hits=figure.hits, total=figure.total
        )


def _label(text: str, role: str = "") -> PlainLabel:
    label = PlainLabel(role)
    label.setText(text)
    return label


def _percent(value: float, figure: Figure) -> str:
    """Whole percent in the middle; near 0 and 100, where it matters, as exact as it takes."""
    places = 0 if 0.1 <= figure.share < 0.95 else 1
    while 0 < value < 1 and places < 3 and round(100 * value, places) in (0, 100):
        places += 1  # what is not all must not look like all
    return f"{100 * value:.{places}f}"
