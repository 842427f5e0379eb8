"""The plan on paper, in the size of a bank card: print it, or save it as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QStandardPaths, Qt, Slot
from PySide6.QtGui import QPagedPaintDevice, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.outgoing_file import write_whole
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.printing.plan_card import PlanCard, paint_plan_card, whole_page
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel, breakable, joined
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

NAME = "card.pdf"
DOTS_PER_INCH = 600


class CardView(QWidget):
    """What stands in the window when the button is pressed goes onto the card."""

    def __init__(
        self,
        app: AppContext,
        tasks: VaultTasks,
        made: Callable[[str], PlanCard],
        parent: QWidget | None = None,
    ) -> None:
        """`made` gives the card; it is handed the line about cutting and folding."""
        super().__init__(parent)
        self._app = app
        self._tasks = tasks
        self._made = made
        self.heading = PlainLabel("strong")
        self.note = PlainLabel("small")
        self.print = plain_button()
        self.save = plain_button()
        self.notice = NoticeBar()
        row = WrapLayout()
        row.addWidget(self.print)
        row.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.heading)
        box.addWidget(self.note)
        box.addLayout(row)
        box.addWidget(self.notice)
        self.print.clicked.connect(self._on_print_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        self.retranslate()

    def save_to(self, target: Path) -> None:
        """Write the card as a PDF there."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DOTS_PER_INCH)
        writer.setCreator("")
        fits = self._paint(writer)
        del writer  # the file is whole once its writer is gone
        buffer.close()
        data = bytes(buffer.data().data())
        self._tasks.run(
            lambda: write_whole(target, data),
            partial(self._on_written, target, fits),
            self._on_failed,
            self,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.heading.setText(self.tr("To carry with me"))
        self.note.setText(
            self.tr(
                "On one sheet of paper, cut and folded to the size of a bank card. Paper and PDF "
                "files are not encrypted: whoever finds them can read them."
            )
        )
        self.print.setText(self.tr("Print…"))
        self.save.setText(self.tr("Save as PDF…"))

    def _paint(self, device: QPagedPaintDevice) -> bool:
        whole_page(device)
        how = self.tr(
            "Print at 100 %. Cut along the outer lines, then fold at the dashed lines, once to "
            "the front and once to the back in turn."
        )
        return paint_plan_card(device, self._made(how), self._app.theme.app.font())

    @Slot()
    def _on_print_clicked(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only who prints waits for it

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("card")  # the queue of a printer is seen by others
        whole_page(printer)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)

        def finish(result: int) -> None:
            if result:
                self._on_printed(fits=self._paint(printer))

        dialog.finished.connect(finish)
        dialog.show()

    @Slot()
    def _on_save_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = name_parts(QFileDialog(self, self.tr("Save the card"), folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilters(["PDF (*.pdf)"])
        dialog.selectFile(NAME)
        dialog.fileSelected.connect(lambda file: self.save_to(Path(file)))
        dialog.open()

    def _on_written(self, target: Path, fits: bool, _is_whole: bool) -> None:
        said = self.tr("Saved as {path}. It is not encrypted.").format(path=breakable(str(target)))
        self.notice.say(said if fits else joined(said, self._cut()))

    def _on_printed(self, *, fits: bool) -> None:
        if not fits:
            self.notice.say(self._cut())

    def _cut(self) -> str:
        return self.tr("Some steps are longer than the card, so their end is left out there.")

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))
