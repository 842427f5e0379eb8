"""Help on a terminal: the crisis card, its choices, and the lines of a region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from psylite_desktop.content.terminal import TerminalTexts
from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.risk import Level, Who

RULE = "─" * 44

DANGER, TALK, STAY, OTHER, MISREAD = "1", "2", "3", "4", "5"
CHOICES = {DANGER, TALK, STAY, OTHER, MISREAD}


def card_lines(card: CrisisCard, texts: TerminalTexts, *, notice: str) -> Iterator[str]:
    """Lines of the card: one human sentence, then whom to call, then what can be done now.

    `notice` stands in where no region was chosen.
    """
    lang = card.lang
    heading = "emergency" if card.level >= Level.EMERGENCY else "crisis"
    yield RULE
    yield texts.text(lang, f"crisis.heading_{heading}")
    if card.who is Who.OTHER:
        yield texts.text(lang, "crisis.for_other")
    yield card.sentence
    if card.emergency is not None:
        yield _line(card.emergency, "crisis.emergency", texts, lang)
    for place, line in enumerate(card.lines[:2]):
        yield _line(line, "crisis.call" if place == 0 else "crisis.if_busy", texts, lang)
        yield "    " + _about(line, texts, lang)
    if not card.lines:
        yield notice
        yield texts.text(lang, "crisis.no_region")
    for step in card.steps:
        yield f"· {step}"
    yield texts.text(lang, "crisis.cannot_alert")
    yield texts.text(lang, "crisis.choices")
    yield RULE


def choice_lines(choice: str, card: CrisisCard, texts: TerminalTexts) -> Iterator[str]:
    """What a choice on the card answers."""
    lang = card.lang
    if choice == DANGER and card.emergency is not None:
        yield _line(card.emergency, "crisis.emergency", texts, lang)
        yield from (f"· {step}" for step in card.steps)
    elif choice in (DANGER, TALK):
        yield from help_lines(card.lines, texts, lang)
        yield texts.text(lang, "crisis.message")
        yield f"  {card.message}"
    elif choice == STAY:
        yield texts.text(lang, "crisis.grounding")
        yield from (f"· {step}" for step in card.grounding)
        yield texts.text(lang, "crisis.stay")
    elif choice == OTHER:
        yield texts.text(lang, "crisis.other_ok")
        yield from help_lines(card.lines, texts, lang)
    elif choice == MISREAD:
        yield texts.text(lang, "crisis.misread_ok")


def help_lines(lines: Sequence[Hotline], texts: TerminalTexts, lang: str) -> Iterator[str]:
    """All lines of a region, each with hours, languages and the day it was checked."""
    yield texts.text(lang, "crisis.help_heading")
    for line in lines:
        yield _line(line, "crisis.call" if line.dial else "crisis.call_text", texts, lang)
        yield "    " + _about(line, texts, lang)
    if not lines:
        yield texts.text(lang, "crisis.no_region")


def _line(line: Hotline, text_id: str, texts: TerminalTexts, lang: str) -> str:
    return texts.text(lang, text_id, name=line.name[lang], number=line.number)


def _about(line: Hotline, texts: TerminalTexts, lang: str) -> str:
    parts = []
    if line.hours.get(lang):
        parts.append(texts.text(lang, "crisis.hours", hours=line.hours[lang]))
    if line.one_source:
        parts.append(texts.text(lang, "crisis.one_source"))
    parts.append(texts.text(lang, "crisis.checked_on", date=line.checked_on))
    return "  ".join(parts)
