"""What is wrong with a model file, and where in it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.models.words import joined, size_text, tr
from psylite_desktop.ui.pages.talk.plain_text import shown

_WHERE = {
    "counts": QT_TRANSLATE_NOOP("Models", "the counts in its first bytes"),
    "key": QT_TRANSLATE_NOOP("Models", "a name in its header"),
    "key_missing": QT_TRANSLATE_NOOP("Models", "a fact that its header must have is missing"),
    "number": QT_TRANSLATE_NOOP("Models", "a number in its header"),
    "value_type": QT_TRANSLATE_NOOP("Models", "a value in its header"),
    "string_length": QT_TRANSLATE_NOOP("Models", "a text in its header"),
    "string_encoding": QT_TRANSLATE_NOOP("Models", "a text in its header"),
    "header_size": QT_TRANSLATE_NOOP("Models", "the size of its header"),
    "vocabulary": QT_TRANSLATE_NOOP("Models", "its vocabulary"),
    "dimensions": QT_TRANSLATE_NOOP("Models", "the list of its weights"),
    "shape": QT_TRANSLATE_NOOP("Models", "the list of its weights"),
    "duplicate_tensor": QT_TRANSLATE_NOOP("Models", "the list of its weights"),
    "no_tensors": QT_TRANSLATE_NOOP("Models", "the list of its weights"),
    "offsets": QT_TRANSLATE_NOOP("Models", "the places of its weights"),
    "alignment": QT_TRANSLATE_NOOP("Models", "the places of its weights"),
}
_FOUND = QT_TRANSLATE_NOOP("Models", "Where: {where}.")
_SHORT = QT_TRANSLATE_NOOP("Models", "It has {size} and should have {needed}.")
_UNKNOWN = QT_TRANSLATE_NOOP("Models", "The file says: {name}.")
_SPLIT = QT_TRANSLATE_NOOP("Models", "It is one of several parts; join them first.")
_WEIGHTS = QT_TRANSLATE_NOOP("Models", "Its weights are stored in a form that is not known here.")


def problem_text(error: PsyLiteError) -> str:
    """The sentence for an error of a model file, with the place of the damage where it is known."""
    return joined([part for part in (error_text(error), _detail(error)) if part])


def _detail(error: PsyLiteError) -> str:
    reason, name = str(error.facts.get("reason", "")), str(error.facts.get("name", ""))
    if error.code == "model_truncated" and "needed" in error.facts:
        size, needed = int(error.facts["size"]), int(error.facts["needed"])
        return tr(_SHORT).format(size=size_text(size), needed=size_text(needed))
    if error.code == "model_malformed" and reason in _WHERE:
        return tr(_FOUND).format(where=tr(_WHERE[reason]))
    if error.code == "model_unsupported":
        known = {"not_one_whole_model": tr(_SPLIT), "tensor_type": tr(_WEIGHTS)}
        return known.get(reason, tr(_UNKNOWN).format(name=shown(name)) if name else "")
    return ""
