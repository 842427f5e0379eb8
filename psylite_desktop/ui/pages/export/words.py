"""What an exported file says around the person's words, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from psylite_desktop.services.export_names import ExportWords

CONTEXT = "Export"

SECTIONS = {
    "conversations": QT_TRANSLATE_NOOP("Export", "Talks"),
    "endings": QT_TRANSLATE_NOOP("Export", "What I kept at the end of talks"),
    "check_ins": QT_TRANSLATE_NOOP("Export", "Check-ins"),
    "journal": QT_TRANSLATE_NOOP("Export", "What I wrote"),
    "exercises": QT_TRANSLATE_NOOP("Export", "Exercises"),
    "scales": QT_TRANSLATE_NOOP("Export", "Scales"),
    "plan": QT_TRANSLATE_NOOP("Export", "My plan"),
    "memory": QT_TRANSLATE_NOOP("Export", "What is remembered"),
}
"""Names of sections; one that is not listed here is shown by its id."""

_WORDS = {
    "title": QT_TRANSLATE_NOOP("Export", "My records"),
    "made": QT_TRANSLATE_NOOP("Export", "Made on"),
    "period": QT_TRANSLATE_NOOP("Export", "Days:"),
    "open_end": QT_TRANSLATE_NOOP("Export", "open"),
    "not_encrypted": QT_TRANSLATE_NOOP(
        "Export", "This file is not encrypted: whoever has it can read it."
    ),
    "role.user": QT_TRANSLATE_NOOP("Export", "Me"),
    "role.assistant": "PsyLite",
    "colon": QT_TRANSLATE_NOOP("Export", ": "),
    "value.yes": QT_TRANSLATE_NOOP("Export", "yes"),
    "value.no": QT_TRANSLATE_NOOP("Export", "no"),
    "before": QT_TRANSLATE_NOOP("Export", "Before (0 to 10)"),
    "after": QT_TRANSLATE_NOOP("Export", "After (0 to 10)"),
    "label.feelings": QT_TRANSLATE_NOOP("Export", "Feelings"),
    "label.tags": QT_TRANSLATE_NOOP("Export", "To do with"),
    "label.level": QT_TRANSLATE_NOOP("Export", "Level of risk that was heard (0 to 3)"),
    "label.finished_at": QT_TRANSLATE_NOOP("Export", "Finished"),
    "label.answers": QT_TRANSLATE_NOOP("Export", "Answers"),
    "label.next_step": QT_TRANSLATE_NOOP("Export", "Next step"),
    "label.expires_at": QT_TRANSLATE_NOOP("Export", "Kept until"),
    "label.pinned": QT_TRANSLATE_NOOP("Export", "Pinned"),
    "label.locked": QT_TRANSLATE_NOOP("Export", "Not for the mirror"),
}


def section_name(section: str) -> str:
    """What a section is called."""
    return QCoreApplication.translate(CONTEXT, SECTIONS.get(section, section))


def export_words() -> ExportWords:
    """All of them, translated now."""
    translate = QCoreApplication.translate
    words = {code: translate(CONTEXT, source) for code, source in _WORDS.items()}
    return ExportWords(words | {f"section.{one}": section_name(one) for one in SECTIONS})
