"""Build hook: what a wheel of PsyLite Desktop holds beside its Python code.

Assets and the model store stand beside the package in the source tree and
inside it in a wheel. A plain ``force-include`` would also copy every model a
developer has dropped into model_store, and would put a stale copy of both
folders next to an editable install, hence this hook.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = {"assets": "psylite_desktop/_assets", "model_store": "psylite_desktop/_model_store"}
SHIPPED_MODEL = Path("model_store", "psylite-nano")


class WheelContents(BuildHookInterface[Any]):
    """Adds the data folders to a standard wheel, and nothing to an editable one."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill ``force_include``.

        Args:
            version: "standard" for a real wheel, "editable" for a checkout.
            build_data: What hatchling passes on to the builder.
        """
        if version != "standard":
            return
        root = Path(self.root)
        for folder, target in FOLDERS.items():
            for path in sorted((root / folder).rglob("*")):
                relative = path.relative_to(root)
                if path.is_file() and _belongs(relative):
                    inside = Path(target, *relative.parts[1:]).as_posix()
                    build_data["force_include"][str(path)] = inside


def _belongs(relative: Path) -> bool:
    if "__pycache__" in relative.parts:
        return False
    return relative.suffix != ".gguf" or relative.parent == SHIPPED_MODEL
