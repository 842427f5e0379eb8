"""Passphrases: what is accepted, and the bytes that are derived from."""

from __future__ import annotations

import re
import unicodedata

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.search_terms import is_single

MIN_CHARACTERS = 10
MIN_HAN = 6
"""A Chinese character carries more than a letter, so fewer are enough."""

_BASES = frozenset(
    """
    password passwort passw0rd p@ssword p@ssw0rd secret letmein welcome admin administrator
    iloveyou loveyou sunshine princess football baseball basketball superman batman dragon monkey
    shadow master michael jordan charlie computer internet starwars whatever trustno changeme
    default qwerty qwertyuiop qwertyuiopasdfghjkl asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc
    qweasdzxc qweasd qweqwe asdasd zaqxsw abc abcd abcdef abcdefg abcdefgh abcdefghij
    abcdefghijklmnopqrstuvwxyz aabbcc woaini woaiwojia woaibaba woaimama woshishui wodemima mima
    nihao nihaoma zhongguo beijing shanghai diary mydiary mypassword mypassphrase passphrase
    psylite psylitedesktop correcthorsebatterystaple thisismypassword letmeinplease
    我爱你 我爱你一生一世 一生一世 我的密码 生日快乐 新年快乐 我爱我家 好好学习天天向上 天天向上
    一二三四五六七 你好你好 中国 我的日记 我的日记本
    """.split()  # noqa: SIM905 - a word list reads best as text
)
"""The commonest beginnings, without the digits and marks people put around them."""

_SEQUENCES = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "赵钱孙李周吴郑王",
    "一二三四五六七八九十",
    "甲乙丙丁戊己庚辛壬癸",
)


def check_passphrase(passphrase: str) -> None:
    """Refuse what is guessed first.

    Accepts 10 characters, or 6 characters of Chinese. Raises VaultError passphrase_too_short or
    passphrase_too_common. Source of the limits: privacy research, section 3 (guessing cost).
    """
    text = unicodedata.normalize("NFC", passphrase)
    visible = [character for character in text if not character.isspace()]
    if len(visible) < MIN_CHARACTERS and sum(map(is_single, visible)) < MIN_HAN:
        raise VaultError("passphrase_too_short", minimum=MIN_CHARACTERS, minimum_han=MIN_HAN)
    if _is_common("".join(visible).casefold()):
        raise VaultError("passphrase_too_common")


def _is_common(text: str) -> bool:
    if len(set(text)) < 4:
        return True
    if any(text in sequence for sequence in _SEQUENCES):
        return True
    unit = (text + text).find(text, 1)
    if unit < len(text) and unit <= MIN_CHARACTERS:
        return True  # one piece over and over
    trimmed = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    letters = re.sub(r"[\W\d_]+", "", text)
    return not _BASES.isdisjoint({text, trimmed, letters})


def passphrase_bytes(passphrase: str) -> bytes:
    """Return the bytes to derive from: NFC, UTF-8.

    The same passphrase typed on another system may arrive decomposed, or as surrogate halves;
    lone halves are kept as they are instead of failing.
    """
    whole = passphrase.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return unicodedata.normalize("NFC", whole).encode("utf-8", "surrogatepass")
