"""How long a passphrase would stand against guessing, said honestly and roughly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.passphrase import check_passphrase
from psylite_desktop.storage.search_terms import is_single

_GOOD_BITS = 44
_STRONG_BITS = 60

_BITS_WORD = 11.0  # as one of 2,048: what people think of are common words
_BITS_HAN = 5.5  # characters come in words of two, so half a word each
_BITS_LOWER = 2.6  # letters come in words, so one carries far less than 4.7 bits
_BITS_DIGIT = 2.6  # digits come as dates and years
_BITS_OTHER = 5.0
_LONGEST_WORD = 9  # a longer run of letters may be several words, or none

_GUESSES_PER_S = 1_700.0
"""One graphics card for games at the default cost (https://tobtu.com/minimum-password-settings)."""
_FLOOR = KdfCost()

_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0
_MONTH, _YEAR = 30.44 * _DAY, 365.25 * _DAY
_FOR_EVER_YEARS = 1_000


class Strength(StrEnum):
    """Steps of the advice; the first two are refused."""

    TOO_SHORT = "passphrase_too_short"
    TOO_COMMON = "passphrase_too_common"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


class Span(StrEnum):
    """Units of a rough time."""

    MOMENT = "moment"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    FOR_EVER = "for_ever"
    """Longer than anybody will wait; nothing beyond this is claimed."""


@dataclass(frozen=True, slots=True)
class RoughTime:
    """A time to one figure; `count` is at least 2, and 0 for a moment and for ever."""

    span: Span
    count: int = 0


_STEPS = (
    (Span.MINUTES, _MINUTE),
    (Span.HOURS, _HOUR),
    (Span.DAYS, _DAY),
    (Span.MONTHS, _MONTH),
    (Span.YEARS, _YEAR),
)


def strength_of(passphrase: str, bits: float | None = None) -> Strength:
    """Judge a passphrase: first by the rules of the vault, then by a cautious count of bits.

    `bits` are known where it was drawn by chance.
    """
    try:
        check_passphrase(passphrase)
    except VaultError as error:
        return Strength(error.code)
    bits = bits_of(passphrase) if bits is None else bits
    if bits < _GOOD_BITS:
        return Strength.FAIR
    return Strength.STRONG if bits >= _STRONG_BITS else Strength.GOOD


def bits_of(passphrase: str) -> float:
    """Count the bits of a passphrase that somebody thought of.

    A lower bound for words and dates, not an exact science: a word counts no more than one that
    was drawn, and once; characters that come again and again count for less.
    """
    return sum(_piece_bits(piece) for piece in set(passphrase.split()))


def guess_time(bits: float, cost: KdfCost) -> RoughTime:
    """How long a stranger with the file and one such card needs on average.

    The time of a guess grows with memory and passes of the derivation.
    """
    effort = (cost.memory_kib * cost.passes) / (_FLOOR.memory_kib * _FLOOR.passes)
    # An exponent beyond all waiting needs no number (and has none as a float).
    seconds = 2.0 ** min(bits - 1, 200.0) / _GUESSES_PER_S * effort
    if seconds >= _FOR_EVER_YEARS * _YEAR:
        return RoughTime(Span.FOR_EVER)
    found = RoughTime(Span.MOMENT)
    for span, unit in _STEPS:
        count = _to_one_figure(seconds / unit)
        if count < 2:
            break
        found = RoughTime(span, count)
    return found


def _to_one_figure(value: float) -> int:
    """Round down to one figure: 2, 9, 40, 300."""
    whole = int(value)
    scale = int("1".ljust(len(str(whole)), "0"))
    return whole // scale * scale


def _piece_bits(piece: str) -> float:
    bits = sum(map(_bits, piece))
    is_word = len(piece) <= _LONGEST_WORD and piece.isascii() and piece.isalpha()
    bits *= min(1.0, 2 * len(set(piece)) / len(piece))
    return min(bits, _BITS_WORD) if is_word else bits


def _bits(character: str) -> float:
    if is_single(character):
        return _BITS_HAN
    if character.isdigit():
        return _BITS_DIGIT
    return _BITS_LOWER if character.islower() else _BITS_OTHER
