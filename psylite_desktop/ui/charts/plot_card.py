"""A chart that is drawn by pyqtgraph."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.insights import Insights
from psylite_desktop.ui.charts.card import ChartCard
from psylite_desktop.ui.charts.plot_view import PlotView


class PlotCard(ChartCard):
    """Those that draw it say what stands in the plot in `draw_in`."""

    needs_plots = True

    def draw_in(self, plot: PlotView, insights: Insights) -> None:
        """Show these numbers in the plot."""
        raise NotImplementedError

    def make_picture(self) -> QWidget:
        """A plot."""
        return PlotView(self.kit.theme)

    def draw(self, insights: Insights) -> None:
        """Draw where there is a plot."""
        if isinstance(self.picture, PlotView):
            self.draw_in(self.picture, insights)

    def drawn(self, picture: QWidget) -> QWidget:
        """The plot without the line that reads it."""
        return picture.plot if isinstance(picture, PlotView) else picture
