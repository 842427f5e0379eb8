"""The contexts under their earlier name.

They live in `psylite_desktop.ui.context`, below the pages that are built from them and the shell
that builds the pages.
"""

from __future__ import annotations

from psylite_desktop.ui.context import AppContext, PageContext

__all__ = ["AppContext", "PageContext"]
