"""Where the pages find WrapLayout, which now stands among the shared widgets."""

from psylite_desktop.ui.widgets.wrap_layout import WrapLayout, yield_height

__all__ = ["WrapLayout", "yield_height"]
