"""Profiles are told apart by a colour and a number, never by a name."""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_LABEL = re.compile(r"(?P<colour>[a-z]+)-(?P<number>[0-9]+)(?P<rest>-salvaged)?")

_WORDS = {
    "teal": QT_TRANSLATE_NOOP("ProfileLabels", "Teal"),
    "amber": QT_TRANSLATE_NOOP("ProfileLabels", "Amber"),
    "plum": QT_TRANSLATE_NOOP("ProfileLabels", "Plum"),
    "moss": QT_TRANSLATE_NOOP("ProfileLabels", "Moss"),
    "coral": QT_TRANSLATE_NOOP("ProfileLabels", "Coral"),
    "slate": QT_TRANSLATE_NOOP("ProfileLabels", "Slate"),
    "olive": QT_TRANSLATE_NOOP("ProfileLabels", "Olive"),
    "sky": QT_TRANSLATE_NOOP("ProfileLabels", "Sky"),
}
_SALVAGED = QT_TRANSLATE_NOOP("ProfileLabels", "{name} (what was left)")


def profile_text(label: str) -> str:
    """A label such as `teal-1` in the language of the window; others stay as they are."""
    found = _LABEL.fullmatch(label)
    if found is None or found["colour"] not in _WORDS:
        return label
    word = QCoreApplication.translate("ProfileLabels", _WORDS[found["colour"]])
    name = f"{word} {found['number']}"
    if found["rest"]:
        return QCoreApplication.translate("ProfileLabels", _SALVAGED).format(name=name)
    return name


def profile_colour(label: str) -> str:
    """The colour word in a label, empty where there is none."""
    found = _LABEL.fullmatch(label)
    return found["colour"] if found is not None and found["colour"] in _WORDS else ""
