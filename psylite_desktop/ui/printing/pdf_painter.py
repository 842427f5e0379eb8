"""A PDF in memory, painted in slices on the GUI thread, so that the window stays alive."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QFont, QPdfWriter

from psylite_desktop.services.export_formats.readable import Paragraph
from psylite_desktop.ui.printing.flow import Flow, a4

SLICE_S = 0.012
"""Seconds of painting before the window gets its turn."""
DOTS_PER_INCH = 300


class PdfPainter(QObject):
    """Paints one document.

    Signals:
        progressed: Carries how many paragraphs are painted, and of how many.
        finished: Carries the bytes of the file.
    """

    progressed = Signal(int, int)
    finished = Signal(bytes)

    def __init__(
        self, paragraphs: Sequence[Paragraph], font: QFont, *, title: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._buffer = QBuffer(self)
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(DOTS_PER_INCH)
        self._writer.setTitle(title)
        self._writer.setCreator("")
        a4(self._writer)
        self._flow = Flow(self._writer, font)
        self._total = len(paragraphs)
        self._done = 0
        self._pieces: Iterator[None] = self._flow.pieces(self._counted(paragraphs))
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin to paint."""
        self._timer.start()

    def stop(self) -> None:
        """Paint no more; what was painted goes."""
        if self._timer.isActive():
            self._end()

    def _counted(self, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
        for paragraph in paragraphs:
            self._done += 1
            yield paragraph

    def _on_timeout(self) -> None:
        until = time.monotonic() + SLICE_S
        for _ in self._pieces:
            if time.monotonic() >= until:
                self.progressed.emit(self._done, self._total)
                return
        self._end()
        self.finished.emit(bytes(self._buffer.data().data()))

    def _end(self) -> None:
        """The writer goes before what it writes to."""
        self._timer.stop()
        self._flow.end()
        del self._pieces, self._flow, self._writer
        self._buffer.close()
