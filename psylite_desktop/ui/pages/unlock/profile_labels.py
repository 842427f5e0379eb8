"""Profiles are told apart by a colour and a number, never by a name."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_LABEL = re.compile(r"(?P<colour>[a-z]+)-(?P<number>[0-9]+)(?P<rest>-salvaged)?")
_TYPED = re.compile(r"(?P<word>[^\W\d_]+)[\s_-]*(?P<number>[0-9]+)")

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


def label_of(typed: str) -> str:
    """The label that somebody means who types it, in English or as the window writes it.

    Case, blanks, dashes and full-width digits do not matter; 青1 is enough for 青色 1.
    """
    plain = unicodedata.normalize("NFKC", typed).strip().casefold()
    found = _TYPED.fullmatch(plain)
    if found is None:
        return plain
    for colour, source in _WORDS.items():
        shown = QCoreApplication.translate("ProfileLabels", source).casefold()
        if found["word"] in (colour, shown, shown.removesuffix("色")):
            return f"{colour}-{int(found['number'])}"
    return plain
