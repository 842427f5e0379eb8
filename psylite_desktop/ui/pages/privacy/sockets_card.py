"""Which sockets the program's two processes have open, live: each says it of itself."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.whereabouts import OpenSocket, SocketFamily, SocketReport
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel, breakable


class SocketsCard(QFrame):
    """One paragraph a process."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._window: SocketReport | None = None
        self._engine: SocketReport | None = None
        self._is_busy = False
        self.window_name, self.engine_name = PlainLabel("strong"), PlainLabel("strong")
        self.window_said, self.engine_said = PlainLabel(), PlainLabel()
        self.window_list, self.engine_list = PlainLabel("small"), PlainLabel("small")
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID // 2)
        for label in (self.window_name, self.window_said, self.window_list):
            box.addWidget(label)
        box.addSpacing(GRID)
        for label in (self.engine_name, self.engine_said, self.engine_list):
            box.addWidget(label)

    def show_window(self, report: SocketReport) -> None:
        """What the window's process says."""
        self._window = report
        self.retranslate()

    def show_engine(self, report: SocketReport | None, *, is_busy: bool = False) -> None:
        """What the engine process says; None where it does not run or cannot answer now."""
        if not is_busy:
            self._engine = report
        self._is_busy = is_busy
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.window_name.setText(self._name(self.tr("Window"), self._window))
        self.engine_name.setText(self._name(self.tr("Language model"), self._engine))
        self._say(self.window_said, self._said(self._window))
        if self._engine is None:
            busy = self.tr("It is answering just now and will tell in a moment.")
            self._say(
                self.engine_said,
                busy if self._is_busy else self.tr("It does not run, so nothing of it is open."),
            )
        else:
            self._say(self.engine_said, self._said(self._engine))
        self._say(self.window_list, self._listed(self._window))
        self._say(self.engine_list, self._listed(self._engine))

    def _name(self, name: str, report: SocketReport | None) -> str:
        if report is None:
            return name
        return self.tr("{name} · process {pid}").format(name=name, pid=report.pid)

    def _said(self, report: SocketReport | None) -> str:
        if report is None:
            return ""
        if not report.is_known:
            return self.tr("This system does not tell a program which sockets it has open.")
        if report.reaches_out:
            said = self.tr("Something is open that could reach another computer. Please report it.")
        elif report.sockets:
            said = self.tr(
                "No connection to the internet. Open are only lines to programs of this computer "
                "(screen, keyboard, the other process): {count}."
            ).format(count=len(report.sockets))
        else:
            said = self.tr("No connection to the internet, and no other one either.")
        if report.is_fenced:
            fence = self.tr("The system's kernel refuses it internet sockets, whatever asks.")
        else:
            fence = self.tr("The program's own rules refuse them; the kernel is not asked to.")
        return self.tr("{said} {fence}").format(said=said, fence=fence)

    def _listed(self, report: SocketReport | None) -> str:
        if report is None:
            return ""
        return "\n".join(f"· {self._line(one)}" for one in report.sockets)

    def _line(self, one: OpenSocket) -> str:
        names = {
            SocketFamily.LOCAL: self.tr("within this computer"),
            SocketFamily.KERNEL: self.tr("messages of the system"),
            SocketFamily.INTERNET: self.tr("internet"),
            SocketFamily.OTHER: self.tr("unknown"),
        }
        ends = " – ".join(breakable(end) for end in (one.name, one.peer) if end)
        return f"{names[one.family]}: {ends}" if ends else names[one.family]

    @staticmethod
    def _say(label: PlainLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
