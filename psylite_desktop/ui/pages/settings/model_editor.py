"""Choosing what writes replies: nothing but sentences written beforehand, or a model that is here.

Files are brought on the page Models.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import ModelFileError, PsyLiteError
from psylite_desktop.domain.settings import WRITTEN
from psylite_desktop.services.models import ModelOnDisk
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.text import PlainLabel


class ModelEditor(QWidget):
    """Lists written replies, then models with what they are; a file that is no good says why.

    Signals:
        edited: Another one was chosen; carries its id or path, or `WRITTEN`.
    """

    edited = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._chosen = WRITTEN
        self._found: list[ModelOnDisk] = []
        self._untried: frozenset[Path] = frozenset()
        self._has_looked = False
        self.label = PlainLabel()
        self.models = _ModelBox()
        self.label.setBuddy(self.models)
        self.note = PlainLabel("small")
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, RING, RING, RING)
        box.setSpacing(GRID // 2)
        box.addWidget(self.label)
        box.addWidget(self.models)
        box.addWidget(self.note)
        self.models.activated.connect(self._on_activated)
        self._look()

    def show_value(self, value: object) -> None:
        """Show the chosen model without a signal."""
        self._chosen = str(value)
        self._fill()

    def set_name(self, name: str) -> None:
        """Say what is edited."""
        self.label.setText(name)
        self.models.setAccessibleName(name)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self._fill()

    def use_file(self, path: Path) -> None:
        """Check a file and choose it, or say why not."""
        models = self._context.models
        self._context.engine.run(lambda: models.look(path), self._on_looked, self._on_failed, self)

    def _look(self) -> None:
        """Read what is on disk, beside the window."""
        models, library = self._context.models, self._context.library

        def work() -> tuple[list[ModelOnDisk], frozenset[Path]]:
            found = models.on_disk()
            paths = (model.path for model in found if not model.error)
            return found, frozenset(path for path in paths if not library.is_trusted(path))

        self._context.engine.run(work, self._on_found, self._on_failed, self)

    def _on_found(self, known: tuple[list[ModelOnDisk], frozenset[Path]]) -> None:
        self._found, self._untried = known
        found = self._found
        self._has_looked = True
        chosen = Path(self._chosen)
        if chosen.is_absolute() and all(model.path != chosen for model in found):
            self.use_file(chosen)
        self._fill()

    def _on_looked(self, model: ModelOnDisk) -> None:
        if model.error:
            self._fill()
            self.note.setText(error_text(model.error))
            return
        if all(known.path != model.path for known in self._found):
            self._found.append(model)
        self._choose(self._id_of(model))

    def _on_failed(self, error: PsyLiteError) -> None:
        self.note.setText(error_text(error))

    def _on_activated(self, index: int) -> None:
        self._choose(self._ids()[index])

    def _choose(self, chosen: str) -> None:
        if chosen == self._chosen:
            self._fill()
            return
        self._chosen = chosen
        self._fill()
        self.edited.emit(chosen)

    def _fill(self) -> None:
        """Show the list and what there is to say about the chosen one."""
        self.models.clear()
        self.models.addItem(self.tr("Written replies (no model)"))
        items = self.models.model()
        for index, model in enumerate(self._found, start=1):
            self.models.addItem(self._text(model))
            may_be_chosen = not model.error and model.path not in self._untried
            if not may_be_chosen and isinstance(items, QStandardItemModel):
                items.item(index).setEnabled(False)
        ids = self._ids()
        self.models.setCurrentIndex(ids.index(self._chosen) if self._chosen in ids else -1)
        self.note.setText(self._note())

    def _note(self) -> str:
        if self._chosen == WRITTEN:
            return self.tr(
                "Rules choose among sentences written beforehand, by what you write. They make "
                "sense, but they are limited and sometimes miss the point. A bigger model talks "
                "more freely; it is brought on the page Models."
            )
        if not self._has_looked:
            return ""
        model = next((one for one in self._found if self._id_of(one) == self._chosen), None)
        if model is None:
            return error_text(ModelFileError("model_missing"))
        if model.error:
            return error_text(model.error)
        if _is_practice(model):
            return self.tr(
                "The practice model is very small: it shows how a model works here, but many of "
                "its sentences make no sense, and it writes Chinese only. Written replies or a "
                "bigger model are better to talk with."
            )
        return ""

    def _ids(self) -> list[str]:
        """What can be chosen, in the order of the list."""
        return [WRITTEN, *(self._id_of(model) for model in self._found)]

    def _id_of(self, model: ModelOnDisk) -> str:
        return self._context.models.setting_of(model.path)

    def _text(self, model: ModelOnDisk) -> str:
        language = self._context.language.current.value
        name = model.path.stem
        if model.entry is not None:
            name = model.entry.name.get(language, model.entry.id)
        if model.error:
            return self.tr("{model}: cannot be used").format(model=name)
        if model.path in self._untried:
            return self.tr("{model}: try it first, on the page Models").format(model=name)
        if _is_practice(model):
            return self.tr("{model} (practice model)").format(model=name)
        return name


class _ModelBox(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()


def _is_practice(model: ModelOnDisk) -> bool:
    return model.entry is not None and model.entry.practice
