"""What the model in use is called, for the line under its replies."""

from __future__ import annotations

from pathlib import Path

from psylite_desktop.ui.context import AppContext


def model_name(app: AppContext) -> str:
    """Name of the catalogue in the language of now, else the file's own."""
    chosen = app.plain.current.model
    lang = app.language.current.value
    for entry in app.models.catalogue:
        if entry.id == chosen or Path(entry.file).name == Path(chosen).name:
            return entry.name.get(lang, entry.id)
    return Path(chosen).stem
