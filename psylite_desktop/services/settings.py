"""Plain settings: a small JSON file beside the profiles, written atomically."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from psylite_desktop.domain.settings import REGIONS, Language, PlainSettings, Theme

ZOOM_RANGE = (80, 200)
MOST_MINUTES = 24 * 60


class PlainSettingsService:
    """Loads, checks, stores and announces the plain settings.

    A file that cannot be read counts as absent (the window must open), and its unknown keys
    survive the next write, so that an older app does not drop what a newer one stored.
    """

    def __init__(self, path: Path | None) -> None:
        """Use `path`; None keeps settings in memory only (guests, tests)."""
        self._path = path
        self._unknown: dict[str, Any] = {}
        self._is_discreet_lost = False
        self._listeners: list[Callable[[PlainSettings], None]] = []
        self._current = self._load()

    @property
    def current(self) -> PlainSettings:
        """The settings in force."""
        return self._current

    @property
    def is_discreet_lost(self) -> bool:
        """Whether there is a file that does not say any more if the person chose discreet.

        Stays so over later starts, until they choose again.
        """
        return self._is_discreet_lost

    def on_change(self, listener: Callable[[PlainSettings], None]) -> None:
        """Call `listener` with the new settings after each change."""
        self._listeners.append(listener)

    def change(self, **changes: Any) -> PlainSettings:
        """Replace fields, store, announce.

        Raises OSError when the file cannot be written; the change still holds for this run.
        """
        self._current = replace(self._current, **changes)
        self._is_discreet_lost = self._is_discreet_lost and "discreet" not in changes
        for listener in self._listeners:
            listener(self._current)
        self._store()
        return self._current

    def _load(self) -> PlainSettings:
        if self._path is None:
            return PlainSettings()
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return PlainSettings()
        except (OSError, ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict):
            self._is_discreet_lost = True
            return PlainSettings()
        self._is_discreet_lost = not isinstance(raw.get("discreet", False), bool)
        known = {field.name for field in fields(PlainSettings)}
        self._unknown = {key: value for key, value in raw.items() if key not in known}
        return _checked(raw)

    def _store(self) -> None:
        if self._path is None:
            return
        stored = self._unknown | asdict(self._current)
        if self._is_discreet_lost:
            stored["discreet"] = None
        text = json.dumps(stored, indent=1, ensure_ascii=False)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(".tmp")
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)


def _checked(raw: dict[str, Any]) -> PlainSettings:
    """Take what is valid from a file; the rest falls back to its default, field by field."""
    default = PlainSettings()
    zoom = raw.get("zoom")
    model = raw.get("model")
    region = raw.get("region")
    return PlainSettings(
        language=_member(Language, raw.get("language"), None),
        theme=_member(Theme, raw.get("theme"), default.theme) or default.theme,
        model=model if isinstance(model, str) else default.model,
        zoom=min(max(zoom, ZOOM_RANGE[0]), ZOOM_RANGE[1]) if isinstance(zoom, int) else 100,
        reduce_motion=raw.get("reduce_motion") is True,
        region=region if isinstance(region, str) and region in REGIONS else default.region,
        discreet=raw.get("discreet") is True,
        read_ahead=raw.get("read_ahead") is not False,
        rest_after_min=_minutes(raw.get("rest_after_min"), default.rest_after_min),
    )


def _minutes(value: object, default: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return default
    return min(max(value, 0), MOST_MINUTES)


def _member(enum: Any, value: object, default: Any) -> Any:
    return next((member for member in enum if member.value == value), default)
