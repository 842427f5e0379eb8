"""The recovery code: 128 random bits as a person can write them down.

Crockford base32 (https://www.crockford.com/base32.html): 26 characters without I, L, O and U,
then the check character of the same page (modulo 37), in groups of four.
"""

from __future__ import annotations

import secrets
import unicodedata

BITS = 128
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = _DIGITS + "*~$=U"
_LENGTH = 26
_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_recovery_code() -> str:
    """Make a code from the system's random source, ready to be shown."""
    return written(secrets.token_bytes(BITS // 8))


def written(value: bytes) -> str:
    """Write 16 bytes as a code: 27 characters in groups of four."""
    number = int.from_bytes(value, "big")
    digits = "".join(_DIGITS[(number >> (5 * place)) & 31] for place in range(_LENGTH - 1, -1, -1))
    code = digits + _CHECKS[number % 37]
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def parsed(text: str) -> bytes | None:
    """Read a code as people type it; None where it is not one.

    Case, full-width letters, spaces and any dash do not matter; O is read as 0, I and L as 1. A
    wrong character or two that changed places are caught by the check character.
    """
    if len(text) > 200:  # no code: spare the work
        return None
    plain = unicodedata.normalize("NFKC", text).upper()
    code = "".join(
        mark for mark in plain if not mark.isspace() and unicodedata.category(mark) not in _SKIPPED
    )
    if len(code) != _LENGTH + 1:
        return None
    digits = code[:_LENGTH].translate(_MISREAD)
    check = code[_LENGTH].translate(_MISREAD)
    number = 0
    for digit in digits:
        value = _DIGITS.find(digit)
        if value < 0:
            return None
        number = number << 5 | value
    if number >> BITS or check != _CHECKS[number % 37]:
        return None
    return number.to_bytes(BITS // 8, "big")


_SKIPPED = frozenset({"Pd", "Pc", "Cf", "Cc", "Mn"})
