"""A list to add to and to take from."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.exercise import Answer, ListStep
from psylite_desktop.ui.pages.exercises.step_view import StepView
from psylite_desktop.ui.pages.talk.plain_text import typed
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel


class ListView(StepView):
    """Items, one a line, each with a way to take it off again."""

    def __init__(self, step: ListStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self._items: list[str] = []
        self._rows: list[QWidget] = []
        self.removes: list[QPushButton] = []
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(step.prompt)
        self.edit.setAccessibleName(step.text)
        self.edit.setAccessibleDescription(self.tr("Enter adds; an empty field goes on."))
        self.add = plain_button()
        self.add.setText(self.tr("Add"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.edit, 1)
        row.addWidget(self.add)
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self.box.addLayout(row)
        self.box.addLayout(self._place)
        self.edit.returnPressed.connect(self._on_return_pressed)
        self.add.clicked.connect(self._on_add_clicked)
        self.edit.textChanged.connect(self._emit)

    def show_answer(self, answer: Answer | None) -> None:
        """List what there is."""
        self._items = list(answer) if isinstance(answer, tuple) else []
        self._list()

    def first(self) -> QWidget | None:
        """The field for the next item."""
        return self.edit

    @Slot()
    def _on_return_pressed(self) -> None:
        if self.edit.text().strip():
            self._on_add_clicked()
        else:
            self.next_requested.emit()

    @Slot()
    def _on_add_clicked(self) -> None:
        item = typed(self.edit.text()).strip()
        if item:
            self._items.append(item)
            self.edit.clear()
            self._list()
            self.written.emit()
            announce(self, self.tr("Added: {item}").format(item=item))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remove_clicked(self, number: int) -> None:
        del self._items[number]
        self._list()
        self._emit()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _emit(self) -> None:
        """Words that are not added yet count as well: going on must not lose them."""
        waiting = typed(self.edit.text()).strip()
        self.answered.emit(tuple([*self._items, waiting] if waiting else self._items))

    def _list(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows, self.removes = [], []
        for number, item in enumerate(self._items):
            row = QWidget()
            label = PlainLabel()
            label.setText(f"· {item}")
            remove = quiet_button()
            remove.setText(self.tr("Take off"))
            remove.setAccessibleName(self.tr("Take off: {item}").format(item=item))
            remove.clicked.connect(partial(self._on_remove_clicked, number))
            inside = QHBoxLayout(row)
            inside.setContentsMargins(GRID // 2, 0, 0, 0)
            inside.addWidget(label, 1)
            inside.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
            self._place.addWidget(row)
            self._rows.append(row)
            self.removes.append(remove)
