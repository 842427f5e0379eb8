"""Models in words: sizes, verdicts with their numbers, facts of a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from psylite_desktop.domain.model_card import CatalogueEntry, GgufFacts, MemoryView
from psylite_desktop.services.model_library import ShelvedModel
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.widgets.text import breakable, has_han

_CONTEXT = "Models"
_MEGA = 1_000_000
_STUCK = "\u00a0"
"""Between a number and its unit: no line ends there."""

_VERDICTS = {
    "fits": QT_TRANSLATE_NOOP("Models", "Fits"),
    "tight": QT_TRANSLATE_NOOP("Models", "Tight"),
    "no": QT_TRANSLATE_NOOP("Models", "Does not fit"),
}
_CANNOT = QT_TRANSLATE_NOOP("Models", "Cannot be used")
_SENTENCES = {
    "fits": QT_TRANSLATE_NOOP(
        "Models",
        "The model takes about {model} and the rest of PsyLite {rest}. Of {total} in this "
        "computer {free} are free now, so about {left} stay free.",
    ),
    "tight": QT_TRANSLATE_NOOP(
        "Models",
        "The model takes about {model} and the rest of PsyLite {rest}. Of {total} in this "
        "computer {free} are free now: it goes, but other programs may become slow.",
    ),
    "no": QT_TRANSLATE_NOOP(
        "Models",
        "The model takes about {model} and the rest of PsyLite {rest}. Of {total} in this "
        "computer only {free} are free now: about {missing} are missing.",
    ),
}
_ROOM = QT_TRANSLATE_NOOP("Models", "Of {total} of memory in this computer {free} are free now.")
_NEEDS = {
    "fits": QT_TRANSLATE_NOOP("Models", "Needs about {model}, with the rest of PsyLite {needed}."),
    "tight": QT_TRANSLATE_NOOP(
        "Models",
        "Needs about {model}, with the rest of PsyLite {needed}: other programs may become slow.",
    ),
    "no": QT_TRANSLATE_NOOP(
        "Models",
        "Needs about {model}, with the rest of PsyLite {needed}: about {missing} are missing.",
    ),
}
_PARAMETERS = {
    "zh": ((1e8, "亿"), (1e4, "万")),
    "en": ((1e9, " billion"), (1e6, " million")),
}
_SIZED = QT_TRANSLATE_NOOP("Models", "{count} parameters")
_COMMA = QT_TRANSLATE_NOOP("Models", ", ")
_LANGUAGES = {
    "zh": QT_TRANSLATE_NOOP("Models", "Chinese"),
    "en": QT_TRANSLATE_NOOP("Models", "English"),
}
_NOT_SAID = QT_TRANSLATE_NOOP("Models", "not said in the file")
_FACTS = {
    "name": QT_TRANSLATE_NOOP("Models", "Name in the file"),
    "kind": QT_TRANSLATE_NOOP("Models", "Architecture"),
    "parameters": QT_TRANSLATE_NOOP("Models", "Parameters"),
    "quantisation": QT_TRANSLATE_NOOP("Models", "Quantisation"),
    "context": QT_TRANSLATE_NOOP("Models", "Context"),
    "template": QT_TRANSLATE_NOOP("Models", "Chat template"),
    "licence": QT_TRANSLATE_NOOP("Models", "Licence"),
    "thinking": QT_TRANSLATE_NOOP("Models", "Thinking aloud"),
    "hash": QT_TRANSLATE_NOOP("Models", "SHA-256"),
    "place": QT_TRANSLATE_NOOP("Models", "Place"),
}
_CONTEXT_LENGTH = QT_TRANSLATE_NOOP("Models", "{most} tokens as trained, {used} used here")
_TEMPLATE = QT_TRANSLATE_NOOP("Models", "brings its own, which is never run; PsyLite uses {format}")
_NO_TEMPLATE = QT_TRANSLATE_NOOP("Models", "brings none; PsyLite uses {format}")
_THINKS = QT_TRANSLATE_NOOP("Models", "can; its thoughts stay folded, are cut short and not kept")
_LICENCE_NOTE = QT_TRANSLATE_NOOP("Models", "{licence} ({note})")
_NO_THOUGHTS = QT_TRANSLATE_NOOP("Models", "does not")


def tr(source: str) -> str:
    """A text of this page's words in the language of now."""
    return QCoreApplication.translate(_CONTEXT, source)


def size_text(size: int) -> str:
    """Bytes as people say them: MB below a gigabyte, else GB with one decimal."""
    if size < 1000 * _MEGA:
        return f"{max(1, round(size / _MEGA))}{_STUCK}MB"
    return f"{size / 1e9:.1f}{_STUCK}GB"


def joined(sentences: Sequence[str]) -> str:
    """One sentence after the other, with a blank between where the script wants one."""
    text = ""
    for sentence in sentences:
        gap = "" if not text or has_han(text[-2:]) else " "
        text += gap + sentence
    return text


def count_text(count: int, lang: str) -> str:
    """A number of parameters in the language's own steps."""
    for step, word in _PARAMETERS[lang]:
        if count >= step:
            value = count / step
            return f"{value:.1f}{word}" if value < 10 else f"{value:,.0f}{word}"
    return f"{count:,}"


def verdict_text(memory: MemoryView | None) -> str:
    """One word for how it fits; without `memory` it cannot be used."""
    return tr(_CANNOT if memory is None else _VERDICTS[memory.verdict])


def memory_text(memory: MemoryView) -> str:
    """The verdict with its numbers."""
    return tr(_SENTENCES[memory.verdict]).format(
        model=size_text(memory.model),
        rest=size_text(memory.rest),
        total=size_text(memory.total),
        free=size_text(memory.available),
        left=size_text(max(0, memory.available - memory.needed)),
        missing=size_text(max(0, memory.needed - memory.available)),
    )


def room_text(memory: MemoryView) -> str:
    """The machine alone."""
    return tr(_ROOM).format(total=size_text(memory.total), free=size_text(memory.available))


def need_text(memory: MemoryView) -> str:
    """What a model needs of it."""
    return tr(_NEEDS[memory.verdict]).format(
        model=size_text(memory.model),
        needed=size_text(memory.needed),
        missing=size_text(max(0, memory.needed - memory.available)),
    )


def model_name(model: ShelvedModel, lang: str) -> str:
    """What a model is called in lists."""
    entry = model.found.entry
    return shown(entry.name.get(lang, entry.id) if entry is not None else model.path.stem)


def short_facts(facts: GgufFacts, lang: str) -> str:
    """Parameters, quantisation, size, in one line."""
    parts = [
        tr(_SIZED).format(count=count_text(facts.parameters, lang)),
        facts.file_type,
        size_text(facts.size),
    ]
    return " · ".join(part for part in parts if part)


def offer_facts(entry: CatalogueEntry, lang: str) -> str:
    """The same for an entry of the catalogue."""
    parts = [
        tr(_SIZED).format(count=count_text(entry.parameters, lang)),
        size_text(entry.size),
        tr(_COMMA).join(tr(_LANGUAGES[one]) for one in entry.languages),
    ]
    return " · ".join(parts)


def licence_text(entry: CatalogueEntry, lang: str) -> str:
    """The licence of a catalogue entry, with what there is to know about it."""
    note = entry.licence_note.get(lang, "")
    return tr(_LICENCE_NOTE).format(licence=entry.licence, note=note) if note else entry.licence


def fact_lines(model: ShelvedModel, lang: str) -> list[tuple[str, str]]:
    """Names and values of what is known of a file."""
    facts = model.found.facts
    lines: list[tuple[str, str]] = []
    if facts is not None:
        used = model.memory.context if model.memory is not None else facts.context_length
        template = _TEMPLATE if facts.has_template else _NO_TEMPLATE
        entry = model.found.entry
        known = licence_text(entry, lang) if entry is not None else tr(_NOT_SAID)
        licence = facts.licence or known
        lines = [
            ("name", shown(facts.name)),
            ("kind", facts.architecture),
            ("parameters", count_text(facts.parameters, lang)),
            ("quantisation", facts.file_type or tr(_NOT_SAID)),
            (
                "context",
                tr(_CONTEXT_LENGTH).format(most=f"{facts.context_length:,}", used=f"{used:,}"),
            ),
            ("template", tr(template).format(format=facts.chat_format)),
            ("licence", shown(licence)),
            ("thinking", tr(_THINKS if facts.can_think else _NO_THOUGHTS)),
        ]
    if model.record.sha256:
        lines.append(("hash", breakable(model.record.sha256)))
    lines.append(("place", breakable(shown(str(model.path)))))
    return [(tr(_FACTS[name]), value) for name, value in lines]
