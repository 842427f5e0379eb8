"""Words of Qt's own file dialog that its Chinese catalogue leaves in English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QFileDialog

_CONTEXT = "FileDialogs"
LETTERS = 80
"""Width of a dialog, in letters."""


def name_parts(dialog: QFileDialog) -> QFileDialog:
    """Name the parts of a dialog in the language of now; a system's own dialog keeps its words."""
    label = QFileDialog.DialogLabel
    dialog.setLabelText(label.LookIn, QCoreApplication.translate(_CONTEXT, "Look &in:"))
    dialog.setLabelText(label.FileName, QCoreApplication.translate(_CONTEXT, "File &name:"))
    dialog.setLabelText(label.FileType, QCoreApplication.translate(_CONTEXT, "&Kind of file:"))
    # Qt opens it in a size for small text; larger text needs more for the folder to be read.
    letter = dialog.fontMetrics().averageCharWidth()
    room = dialog.screen().availableSize()
    wanted = dialog.sizeHint().expandedTo(QSize(LETTERS * letter, LETTERS * letter // 2))
    dialog.resize(wanted.boundedTo(room))
    return dialog
