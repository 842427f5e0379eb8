from __future__ import annotations

from dataclasses import astuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import keyslots
from psylite_desktop.storage.keyslots import Header, KdfCost, Slot
from psylite_desktop.storage.recovery_code import new_recovery_code

CHEAP = KdfCost(memory_kib=16, passes=1, lanes=1)
PASSPHRASE = "a long enough phrase"


def _made(passphrase: str = PASSPHRASE) -> tuple[Header, bytearray, str]:
    key = keyslots.new_data_key()
    code = new_recovery_code()
    header = keyslots.new_header(key, passphrase=passphrase, recovery=code, label="x", cost=CHEAP)
    return header, key, code


def _code_of(header: Header, secret: str) -> str:
    with pytest.raises(VaultError) as caught:
        keyslots.unwrapped(header, secret)
    return caught.value.code


def test_default_cost_is_that_of_rfc_9106() -> None:
    assert astuple(KdfCost()) == (64 * 1024, 3, 4)


def test_passphrase_and_recovery_code_open_the_same_key() -> None:
    header, key, code = _made()
    assert keyslots.unwrapped(header, PASSPHRASE) == key
    assert keyslots.unwrapped(header, code.lower().replace("-", " ")) == key
    assert [slot.type for slot in header.slots] == ["passphrase", "recovery"]
    assert all((slot.m, slot.t, slot.p) == (16, 1, 1) for slot in header.slots)


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_passphrase_opens_its_vault_and_no_other(passphrase: str) -> None:
    header, key, _ = _made(passphrase)
    assert keyslots.unwrapped(header, passphrase) == key
    assert _code_of(header, passphrase + "x") == "vault_wrong_passphrase"


def test_wrong_secrets_are_refused() -> None:
    header, _, _ = _made()
    for secret in ("", "x", PASSPHRASE + " ", PASSPHRASE.upper(), new_recovery_code(), "x" * 10**6):
        assert _code_of(header, secret) == "vault_wrong_passphrase"


def test_slots_are_bound_to_everything_around_them() -> None:
    header, _, _ = _made()
    other, _, _ = _made()
    first, second = header.slots
    replaced = msgspec.structs.replace
    changed_slots: list[Slot] = [
        replaced(first, id="0" * 16),
        replaced(first, m=8),
        replaced(first, t=2),
        replaced(first, salt=bytes(16)),
        replaced(first, nonce=bytes(12)),
        replaced(first, wrapped=bytes([first.wrapped[0] ^ 1]) + first.wrapped[1:]),
        replaced(first, wrapped=second.wrapped, nonce=second.nonce),
    ]
    for slot in changed_slots:
        assert _code_of(replaced(header, slots=(slot,)), PASSPHRASE) == "vault_wrong_passphrase"
    assert _code_of(replaced(header, vault="0" * 32), PASSPHRASE) == "vault_wrong_passphrase"
    moved = replaced(header, slots=other.slots)
    assert _code_of(moved, PASSPHRASE) == "vault_wrong_passphrase"


def test_new_passphrase_takes_the_place_of_the_old_one() -> None:
    header, key, code = _made()
    changed = keyslots.with_passphrase(header, key, passphrase="another phrase 2", cost=CHEAP)
    assert changed.revision == header.revision + 1
    assert keyslots.unwrapped(changed, "another phrase 2") == key
    assert keyslots.unwrapped(changed, code) == key
    assert _code_of(changed, PASSPHRASE) == "vault_wrong_passphrase"


def test_keys_have_their_own_use() -> None:
    header, key, _ = _made()
    other, _, _ = _made()
    database = keyslots.database_key(header, key)
    assert len(database) == 32
    assert database != key
    assert database == keyslots.database_key(header, key)
    assert database != keyslots.database_key(other, key)


def test_keys_are_wiped_in_place() -> None:
    key = keyslots.new_data_key()
    assert any(key)
    keyslots.wipe(key)
    assert key == bytes(32)


def test_nothing_secret_stands_in_a_header() -> None:
    header, key, code = _made()
    shown = repr(header).encode() + msgspec.json.encode(header)
    for secret in (bytes(key), key.hex().encode(), PASSPHRASE.encode(), code.encode()):
        assert secret not in shown
