from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import header_file, keyslots
from psylite_desktop.storage.keyslots import Header, KdfCost, Slot
from psylite_desktop.storage.recovery_code import new_recovery_code

CHEAP = KdfCost(memory_kib=16, passes=1, lanes=1)
FIRST, SECOND = header_file.COPIES

SLOTS = st.builds(
    Slot,
    id=st.text("0123456789abcdef", min_size=16, max_size=16),
    type=st.sampled_from(["passphrase", "recovery"]),
    kdf=st.just("argon2id"),
    m=st.integers(8, 2**20),
    t=st.integers(1, 50),
    p=st.integers(1, 16),
    text=st.just("nfc"),
    salt=st.binary(min_size=16, max_size=64),
    nonce=st.binary(min_size=12, max_size=12),
    wrapped=st.binary(min_size=48, max_size=48),
)
HEADERS = st.builds(
    Header,
    format=st.just(1),
    vault=st.text("0123456789abcdef", min_size=32, max_size=32),
    revision=st.integers(1, 2**40),
    label=st.text(max_size=40),
    slots=st.lists(SLOTS, min_size=1, max_size=8).map(tuple),
)


def _header(label: str = "teal-1") -> Header:
    return keyslots.new_header(
        keyslots.new_data_key(),
        passphrase="a long enough phrase",
        recovery=new_recovery_code(),
        label=label,
        cost=CHEAP,
    )


def _write(folder: Path, header: Header) -> None:
    header_file.write(folder, header, verify=lambda _: None)


def _code_of(folder: Path) -> str:
    with pytest.raises(VaultError) as caught:
        header_file.read(folder)
    return caught.value.code


@given(HEADERS)
def test_header_is_read_back(header: Header) -> None:
    assert header_file.decoded(header_file.encoded(header)) == header


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_called_damaged(data: bytes) -> None:
    with pytest.raises(VaultError) as caught:
        header_file.decoded(data)
    assert caught.value.code == "vault_header_damaged"


def test_every_flipped_bit_is_called_damaged() -> None:
    content = header_file.encoded(_header())
    for place in range(len(content)):
        for bit in range(8):
            damaged = bytearray(content)
            damaged[place] ^= 1 << bit
            with pytest.raises(VaultError) as caught:
                header_file.decoded(bytes(damaged))
            assert caught.value.code == "vault_header_damaged"


@pytest.mark.parametrize(
    "change",
    [
        {"m": 2**20 + 1},
        {"m": -1},
        {"t": 51},
        {"t": 0},
        {"p": 17},
        {"salt": b""},
        {"nonce": bytes(11)},
        {"wrapped": bytes(47)},
        {"kdf": "none"},
        {"type": "fingerprint"},
    ],
)
def test_costs_and_shapes_out_of_bounds_are_refused(change: dict[str, object]) -> None:
    header = _header()
    slot = msgspec.structs.replace(header.slots[0], **change)
    content = header_file.encoded(msgspec.structs.replace(header, slots=(slot,)))
    with pytest.raises(VaultError) as caught:
        header_file.decoded(content)
    assert caught.value.code == "vault_header_damaged"


def test_both_copies_are_written_for_the_owner_alone(tmp_path: Path) -> None:
    _write(tmp_path, _header())
    assert (tmp_path / FIRST).read_bytes() == (tmp_path / SECOND).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [FIRST, SECOND]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("name", header_file.COPIES)
@pytest.mark.parametrize("content", [None, b"", b"\0" * 600, b"{}"])
def test_damaged_copy_is_repaired_from_the_other(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    header = _header()
    _write(tmp_path, header)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    assert header_file.peeked(tmp_path) == header
    assert header_file.read(tmp_path) == header
    assert (tmp_path / FIRST).read_bytes() == (tmp_path / SECOND).read_bytes()


@pytest.mark.parametrize("newer", header_file.COPIES)
def test_newer_revision_wins(tmp_path: Path, newer: str) -> None:
    header = _header()
    _write(tmp_path, header)
    changed = msgspec.structs.replace(header, revision=2, label="amber-1")
    (tmp_path / newer).write_bytes(header_file.encoded(changed))
    assert header_file.read(tmp_path) == changed
    assert (tmp_path / FIRST).read_bytes() == (tmp_path / SECOND).read_bytes()


def test_two_damaged_copies_are_left_as_they_are(tmp_path: Path) -> None:
    for name in header_file.COPIES:
        (tmp_path / name).write_bytes(b"not a header")
    assert _code_of(tmp_path) == "vault_header_damaged"
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"not a header"}


def test_missing_header_is_never_made_anew(tmp_path: Path) -> None:
    assert _code_of(tmp_path) == "vault_header_damaged"
    assert list(tmp_path.iterdir()) == []


def test_copies_of_two_vaults_are_not_mixed(tmp_path: Path) -> None:
    _write(tmp_path, _header())
    (tmp_path / SECOND).write_bytes(header_file.encoded(_header()))
    assert _code_of(tmp_path) == "vault_header_damaged"


def test_header_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    header = _header()
    _write(tmp_path, header)
    later = header_file.encoded(msgspec.structs.replace(header, format=2))
    (tmp_path / SECOND).write_bytes(later)
    assert _code_of(tmp_path) == "vault_newer"
    assert (tmp_path / SECOND).read_bytes() == later


def test_header_that_does_not_open_is_not_put_in_place(tmp_path: Path) -> None:
    header = _header()
    _write(tmp_path, header)

    def refuse(_: Header) -> None:
        raise VaultError("vault_wrong_passphrase")

    with pytest.raises(VaultError):
        header_file.write(tmp_path, msgspec.structs.replace(header, revision=2), verify=refuse)
    assert header_file.read(tmp_path) == header
    assert sorted(path.name for path in tmp_path.iterdir()) == [FIRST, SECOND]


def _failing(monkeypatch: pytest.MonkeyPatch, name: str, at: set[int]) -> None:
    """Have some calls of a function fail as on a bad medium, counted from one."""
    original = getattr(header_file, name)
    calls = iter(range(1, 1000))

    def call(*args: object) -> object:
        if next(calls) in at:
            raise OSError(5, "Input/output error")
        return original(*args)

    monkeypatch.setattr(header_file, name, call)


@pytest.mark.parametrize("name", ["write_new", "sync_folder"])
def test_a_change_counts_once_the_first_copy_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    old, new = _header(), _header()
    new = msgspec.structs.replace(new, vault=old.vault, revision=2)
    _write(tmp_path, old)
    _failing(monkeypatch, name, at={2})
    _write(tmp_path, new)
    assert header_file.read(tmp_path) == new
    assert (tmp_path / FIRST).read_bytes() == (tmp_path / SECOND).read_bytes()


@pytest.mark.parametrize("name", ["write_new", "sync_folder"])
def test_a_refused_change_leaves_the_old_header_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    old, new = _header(), _header()
    new = msgspec.structs.replace(new, vault=old.vault, revision=2)
    _write(tmp_path, old)
    _failing(monkeypatch, name, at={1})
    with pytest.raises(VaultError) as caught:
        _write(tmp_path, new)
    assert caught.value.code == "vault_io"
    assert header_file.read(tmp_path) == old


def test_a_header_that_cannot_be_read_now_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, _header())
    original = Path.open

    def unread(path: Path, *args: str, **more: object) -> object:
        if path.name in header_file.COPIES:
            raise OSError(5, "Input/output error")
        return original(path, *args, **more)

    monkeypatch.setattr(Path, "open", unread)
    assert _code_of(tmp_path) == "vault_io"


def test_a_copy_that_cannot_be_read_now_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = _header()
    _write(tmp_path, header)
    newer = header_file.encoded(msgspec.structs.replace(header, revision=2))
    (tmp_path / FIRST).write_bytes(newer)
    original = Path.open

    def unread(path: Path, *args: str, **more: object) -> object:
        if path.name == FIRST:
            raise OSError(5, "Input/output error")
        return original(path, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", unread)
        assert header_file.read(tmp_path) == header
    assert (tmp_path / FIRST).read_bytes() == newer
