"""The version that everything is named by."""

from __future__ import annotations

import tomllib

from installer.setup.layout import ROOT


def version() -> str:
    """The version in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
