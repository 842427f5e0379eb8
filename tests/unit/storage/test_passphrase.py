from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.passphrase import check_passphrase, passphrase_bytes


@pytest.mark.parametrize(
    "text", ["river stone lamp", "tangerine7x", "雨天的窗边猫", "窗边有一只猫", "Zug nach Köln!"]
)
def test_good_passphrases_are_accepted(text: str) -> None:
    check_passphrase(text)


@pytest.mark.parametrize("text", ["", "short", "123456789", "雨天的窗边", " " * 30, "a b c d e"])
def test_short_passphrases_are_refused(text: str) -> None:
    with pytest.raises(VaultError) as caught:
        check_passphrase(text)
    assert caught.value.code == "passphrase_too_short"


@pytest.mark.parametrize(
    "text",
    [
        "1234567890",
        "9876543210",
        "0123456789",
        "aaaaaaaaaaaa",
        "qwertyuiop",
        "Password2026!",
        "passwordpassword",
        "p@ssw0rd12345",
        "iloveyou1314520",
        "woaini5201314",
        "abcabcabcabc",
        "1qaz2wsx3edc",
        "我爱你我爱你",
        "好好学习天天向上",
        "哈哈哈哈哈哈",
        "一二三四五六",
    ],
)
def test_common_passphrases_are_refused(text: str) -> None:
    with pytest.raises(VaultError) as caught:
        check_passphrase(text)
    assert caught.value.code == "passphrase_too_common"


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_any_passphrase_is_turned_into_bytes(text: str) -> None:
    assert isinstance(passphrase_bytes(text), bytes)
    assert passphrase_bytes(text) == passphrase_bytes(unicodedata.normalize("NFC", text))


def test_composed_and_decomposed_passphrases_are_one() -> None:
    assert passphrase_bytes("Köln \U0001f600") == passphrase_bytes("Ko\u0308ln \ud83d\ude00")
    assert passphrase_bytes("a\ud800") != passphrase_bytes("a\ud801")
