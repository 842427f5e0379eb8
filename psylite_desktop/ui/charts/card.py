"""The frame of every chart: title, units, one plain sentence, picture or table, a file to keep."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.insights import Insights
from psylite_desktop.storage.durable_file import replace_file
from psylite_desktop.ui.charts.chart_table import ChartRows, ChartTable
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.charts.picture_file import SUFFIXES, ChartPicture
from psylite_desktop.ui.dialogs.file_words import name_parts
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.busy import BusyLine
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.notice import NoticeBar, announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

_TAB = Qt.FocusPolicy.TabFocus


class ChartCard(QFrame):
    """One chart. Those that draw it say what it shows in `name`, `units`, `said`, `rows`.

    `missing` says kindly what is not there yet; nothing is drawn as long as it does.
    """

    file_name = "chart"
    needs_plots = False

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.kit = kit
        self.insights: Insights | None = None
        self.is_young = True
        self.picture: QWidget | None = None
        self._has_failed = False
        self.title = PlainLabel("heading")
        self.unit_line = PlainLabel("small")
        self.sentence = Paragraph()
        self.controls = QHBoxLayout()
        self.busy = BusyLine(kit.theme)
        self.table = ChartTable(kit.theme)
        self.table.hide()
        self.as_table = quiet_button()
        self.as_table.setCheckable(True)
        self.save = quiet_button()
        self.notice = NoticeBar()
        self._place = QVBoxLayout()
        self._lay_out()
        self.as_table.toggled.connect(self._show_parts)
        self.save.clicked.connect(self._on_save_clicked)
        kit.library.became_ready.connect(self._refresh_soon)
        kit.library.failed.connect(self._on_library_failed)
        kit.theme.changed.connect(self._refresh_soon)
        self._show_parts()

    # -- what a chart says

    def name(self) -> str:
        """Title."""
        raise NotImplementedError

    def units(self, insights: Insights) -> str:
        """What the axes and colours stand for."""
        raise NotImplementedError

    def said(self, insights: Insights) -> str:
        """One sentence that says what the picture shows."""
        raise NotImplementedError

    def missing(self, insights: Insights) -> str:
        """What is not there yet; empty where there is enough."""
        raise NotImplementedError

    def rows(self, insights: Insights) -> ChartRows:
        """The same as a table."""
        raise NotImplementedError

    def make_picture(self) -> QWidget:
        """The widget that draws, made when it is first needed."""
        raise NotImplementedError

    def draw(self, insights: Insights) -> None:
        """Show these numbers in the picture."""
        raise NotImplementedError

    def drawn(self, picture: QWidget) -> QWidget:
        """The part of the picture that belongs into a file."""
        return picture

    # -- what pages ask

    def show_insights(self, insights: Insights, *, is_young: bool) -> None:
        """Show these numbers; `is_young`: no words for how severe something is."""
        self.insights, self.is_young = insights, is_young
        self.notice.clear()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say and draw everything in the language and colours of now."""
        if self.insights is None:
            return
        missing = self.missing(self.insights)
        self._label(self.insights, missing)
        if not missing:
            self.table.show_rows(self.rows(self.insights))
            self._draw(self.insights)
        self._show_parts()

    def focus_order(self) -> list[QWidget]:
        """What the keyboard visits, in its order."""
        items = (self.controls.itemAt(place) for place in range(self.controls.count()))
        controls = [item.widget() for item in items if item is not None]
        picture = [self.picture.focusProxy() or self.picture] if self.picture is not None else []
        found = [*controls, *picture, self.table, self.as_table, self.save, self.notice.action]
        return [widget for widget in found if widget is not None and widget.focusPolicy() & _TAB]

    def save_to(self, path: Path) -> None:
        """Write the picture; the ending says which kind."""
        if self.picture is None or self.insights is None:
            return
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            self.notice.say(self.tr("Pictures are saved as PNG or SVG. Choose one of these."))
            return
        picture = ChartPicture(
            title=self.name(),
            units=self.units(self.insights),
            sentence=self.said(self.insights),
            chart=self.drawn(self.picture),
            theme=self.kit.theme,
        )
        data = picture.encoded(suffix)
        self.kit.tasks.run(
            lambda: replace_file(path, data), self._on_saved, self._on_not_saved, self
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()

    # -- parts

    def _draw(self, insights: Insights) -> None:
        library = self.kit.library
        if self.needs_plots and not library.is_ready:
            if not self._has_failed:
                self.busy.start(self.tr("Getting ready to draw"))
                library.prepare()
            return
        self.busy.stop()
        if self.picture is None:
            self.picture = self.make_picture()
            self._place.addWidget(self.picture)
            # Behind the button that stands last already, then the others behind it in turn.
            QWidget.setTabOrder(self.save, self.picture.focusProxy() or self.picture)
            chain(self.focus_order())
        self.draw(insights)

    def _label(self, insights: Insights, missing: str) -> None:
        self.title.setText(self.name())
        self.unit_line.setText(self.units(insights))
        self.sentence.setText(missing or self.said(insights))
        self.setAccessibleName(self.name())
        self.setAccessibleDescription(self.sentence.text())
        self.table.setAccessibleName(self.tr("{chart}, as a table").format(chart=self.name()))
        self.as_table.setText(self.tr("As a table"))
        self.save.setText(self.tr("Save as a picture…"))
        if self.picture is not None:
            self.picture.setAccessibleName(self.name())

    @Slot()
    def _show_parts(self) -> None:
        has_numbers = self.insights is not None and not self.missing(self.insights)
        as_table = self.as_table.isChecked() or self._has_failed
        self.unit_line.setVisible(has_numbers)
        self.table.setVisible(has_numbers and as_table)
        self.as_table.setVisible(has_numbers and not self._has_failed)
        self.save.setVisible(has_numbers and self.picture is not None)
        self.busy.setVisible(has_numbers and self.picture is None and not self._has_failed)
        if self.picture is not None:
            self.picture.setVisible(has_numbers and not as_table)
        for place in range(self.controls.count()):
            item = self.controls.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setVisible(has_numbers)

    @Slot()
    def _refresh_soon(self) -> None:
        """One chart after the other, each in its own turn, and after fonts have changed."""
        QTimer.singleShot(0, self, self.refresh)

    @Slot()
    def _on_library_failed(self) -> None:
        self._has_failed = self.needs_plots
        self._show_parts()

    @Slot()
    def _on_save_clicked(self) -> None:
        dialog = name_parts(QFileDialog(self, self.tr("Save as a picture")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Picture (*.png)"), self.tr("Drawing for print (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("svg" if "*.svg" in chosen else "png")
        )
        today = self.insights.today if self.insights is not None else date.min.isoformat()
        dialog.selectFile(f"{self.file_name}-{today}")
        dialog.fileSelected.connect(lambda file: self.save_to(Path(file)))
        dialog.open()

    def _on_saved(self, _nothing: None) -> None:
        self.notice.say(
            self.tr("Saved. The picture lies outside of your space: whoever opens it can see it."),
            seconds=10,
        )

    def _on_not_saved(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _lay_out(self) -> None:
        self.controls.setSpacing(GRID)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(False)
        self.busy.setSizePolicy(policy)
        self._place.setContentsMargins(0, 0, 0, 0)
        actions = WrapLayout()
        actions.addWidget(self.as_table)
        actions.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        for widget in (self.title, self.sentence, self.unit_line):
            box.addWidget(widget)
        box.addLayout(self.controls)
        box.addWidget(self.busy)
        box.addLayout(self._place)
        box.addWidget(self.table)
        box.addLayout(actions)
        box.addWidget(self.notice)


def chain(widgets: Sequence[QWidget]) -> None:
    """Let Tab visit these after each other."""
    for before, after in itertools.pairwise(widgets):
        QWidget.setTabOrder(before, after)


def tell(widget: QWidget, text: str) -> None:
    """Say where the keyboard stands inside a picture."""
    widget.setAccessibleDescription(text)
    announce(widget, text)
