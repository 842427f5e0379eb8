"""How long a passphrase would stand, said honestly and roughly."""

from __future__ import annotations

from enum import StrEnum

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.passphrase import check_passphrase
from psylite_desktop.ui.widgets.text import has_han

_GOOD_BITS = 48
_STRONG_BITS = 70
_BITS_HAN = 6.5
_BITS_LOWER = 2.6  # letters come in words, so one carries far less than 4.7 bits
_BITS_DIGIT = 2.6  # digits come as dates and years
_BITS_OTHER = 5.0


class Strength(StrEnum):
    """Steps of the hint; the first two are refused."""

    TOO_SHORT = "passphrase_too_short"
    TOO_COMMON = "passphrase_too_common"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


def strength_of(passphrase: str) -> Strength:
    """Judge a passphrase: first by the rules of the vault, then by a cautious count of bits.

    The count is a lower bound for words and dates, not an exact science; repeated characters
    count once for every two.
    """
    try:
        check_passphrase(passphrase)
    except VaultError as error:
        return Strength(error.code)
    different = len(set(passphrase))
    bits = sum(map(_bits, passphrase)) * min(1.0, 2 * different / len(passphrase))
    if bits < _GOOD_BITS:
        return Strength.FAIR
    return Strength.STRONG if bits >= _STRONG_BITS else Strength.GOOD


def _bits(character: str) -> float:
    if has_han(character):
        return _BITS_HAN
    if character.isdigit():
        return _BITS_DIGIT
    return _BITS_LOWER if character.islower() or character.isspace() else _BITS_OTHER
