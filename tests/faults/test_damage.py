"""Damaged files are repaired, or named; never read wrongly and never replaced by a new vault."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage.profiles import ProfileShelf
from tests.faults.conftest import Count, Most
from tests.faults.shelf_steps import CHEAP

PHRASE = "first phrase of all"
MESSAGES = 30
FLIPS = 40
LONG_FLIPS = 320
TORN = 15
LONG_TORN = 200
LONG_HEADERS = 100
_LOG_HEADER = 32
_FRAME = 24 + 4096

Spoil = Callable[[bytearray, random.Random], bytearray]


@dataclass(frozen=True)
class Saved:
    """A vault as a crash leaves it: part of the messages in the file, part in the log."""

    root: Path
    profile: Profile
    texts: list[str]
    in_file: int


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    folder = tmp_path_factory.mktemp("saved")
    shelf = ProfileShelf(folder / "live")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    texts = [f"message {number} 第{number}条 " + "字" * number for number in range(MESSAGES)]
    conversation = vault.conversations.start(1.0)
    for number, text in enumerate(texts):
        vault.conversations.append(conversation, Message(role=Role.USER, text=text))
        if number == MESSAGES // 2:
            vault.close()
            vault = shelf.unlock(new.profile, PHRASE)
    # The log is copied while the vault is open: this is what a power cut leaves.
    shutil.copytree(folder / "live", folder / "cut")
    vault.close()
    return Saved(folder / "cut", new.profile, texts, MESSAGES // 2 + 1)


def _copied(saved: Saved, folder: Path) -> Path:
    shutil.copytree(saved.root, folder)
    return folder / saved.profile.folder


def _read(root: Path, profile: Profile) -> list[str]:
    vault = ProfileShelf(root).unlock(profile, PHRASE)
    try:
        texts = [
            message.text
            for row in vault.conversations.conversations()
            for message in vault.conversations.messages(row.id)
        ]
        assert len(vault.conversations.search("message", limit=1000)) == len(texts)
        return texts
    finally:
        vault.close()


def test_log_of_a_crash_is_read(saved: Saved, tmp_path: Path) -> None:
    folder = _copied(saved, tmp_path / "copy")
    assert (folder / "vault.db-wal").stat().st_size > 0
    assert _read(tmp_path / "copy", saved.profile) == saved.texts


def _cut(content: bytearray, rng: random.Random) -> bytearray:
    return content[: rng.randrange(len(content))]


def _flip(content: bytearray, rng: random.Random) -> bytearray:
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return content


def _zero(content: bytearray, rng: random.Random) -> bytearray:
    start = rng.randrange(len(content))
    content[start:] = bytes(len(content) - start)
    return content


def _garbage(content: bytearray, rng: random.Random) -> bytearray:
    start = rng.randrange(len(content))
    content[start:] = rng.randbytes(len(content) - start)
    return content


WAYS: list[Spoil] = [_cut, _flip, _zero, _garbage]


def _spoil_log(saved: Saved, scratch: Path, spoiled: Callable[[bytes], bytes]) -> None:
    """Open a vault whose log was spoiled: it must hold some earlier state, whole."""
    folder = _copied(saved, scratch)
    path = folder / "vault.db-wal"
    path.write_bytes(spoiled(path.read_bytes()))
    texts = _read(scratch, saved.profile)
    # Frames after the first bad one do not count; what had reached the file stays.
    assert saved.in_file <= len(texts)
    assert texts == saved.texts[: len(texts)]
    shutil.rmtree(scratch)


def _torn_logs(saved: Saved, scratch: Path, spoil: Spoil, count: int) -> None:
    rng = random.Random(spoil.__name__)
    for _ in range(count):
        _spoil_log(saved, scratch, lambda log: bytes(spoil(bytearray(log), rng)))


@pytest.mark.parametrize("spoil", WAYS)
def test_spoiled_log_gives_an_earlier_state_or_an_error(
    saved: Saved, tmp_path: Path, spoil: Spoil, figures: Count
) -> None:
    _torn_logs(saved, tmp_path / "copy", spoil, TORN)
    figures("torn files", {"logs": TORN})


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("spoil", WAYS)
def test_many_spoiled_logs_give_an_earlier_state(
    saved: Saved, tmp_path: Path, spoil: Spoil, figures: Count, at_most: Most
) -> None:
    _torn_logs(saved, tmp_path / "copy", spoil, at_most(LONG_TORN))
    figures("torn files", {"logs": at_most(LONG_TORN)})


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_log_cut_at_every_border_gives_an_earlier_state(
    saved: Saved, tmp_path: Path, figures: Count, at_most: Most
) -> None:
    length = (saved.root / saved.profile.folder / "vault.db-wal").stat().st_size
    borders = range(_LOG_HEADER, length + 1, _FRAME)
    sizes = [border + by for border in borders for by in (-1, 0, 1) if border + by <= length]
    sizes = sizes[: at_most(len(sizes))]
    for size in sizes:
        _spoil_log(saved, tmp_path / "copy", lambda log, size=size: log[:size])
    figures("torn files", {"logs, cut at frame borders": len(sizes)})


def _flip_in_file(saved: Saved, scratch: Path, rng: random.Random) -> str:
    """Open and read a database with one flipped bit; return how it ended."""
    folder = _copied(saved, scratch)
    (folder / "vault.db-wal").unlink()
    path = folder / "vault.db"
    content = _flip(bytearray(path.read_bytes()), rng)
    path.write_bytes(content)
    ending = "read whole"
    try:
        texts = _read(scratch, saved.profile)
    except VaultError as error:
        assert error.code == "vault_damaged"  # noqa: PT017 - both endings are right
        ending = "named as damaged"
    else:
        assert texts == saved.texts[: saved.in_file]
    assert path.read_bytes() == content
    shutil.rmtree(scratch)
    return ending


def test_flipped_bit_in_the_file_is_never_read_as_truth(
    saved: Saved, tmp_path: Path, figures: Count
) -> None:
    rng = random.Random(7)
    counts = Counter(_flip_in_file(saved, tmp_path / "copy", rng) for _ in range(FLIPS))
    assert counts["named as damaged"] > 0
    figures("flipped bits, file", counts)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_flipped_bits_in_the_file_are_never_read_as_truth(
    saved: Saved, tmp_path: Path, figures: Count, at_most: Most
) -> None:
    rng = random.Random(8)
    flips = range(at_most(LONG_FLIPS))
    counts = Counter(_flip_in_file(saved, tmp_path / "copy", rng) for _ in flips)
    figures("flipped bits, file", counts)


@pytest.mark.parametrize("size", [0, 1, 16, 1024, 4096, 8192])
def test_cut_off_file_is_named_and_left_alone(saved: Saved, tmp_path: Path, size: int) -> None:
    folder = _copied(saved, tmp_path / "copy")
    (folder / "vault.db-wal").unlink()
    path = folder / "vault.db"
    content = path.read_bytes()[:size]
    path.write_bytes(content)
    with pytest.raises(VaultError) as caught:
        _read(tmp_path / "copy", saved.profile)
    assert caught.value.code == "vault_damaged"
    assert path.read_bytes()[:16] == content[:16]


def test_plain_file_in_place_of_the_vault_is_refused(saved: Saved, tmp_path: Path) -> None:
    folder = _copied(saved, tmp_path / "copy")
    (folder / "vault.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
    with pytest.raises(VaultError) as caught:
        _read(tmp_path / "copy", saved.profile)
    assert caught.value.code == "vault_damaged"


def _spoil_headers(
    saved: Saved, scratch: Path, copies: int, spoil: Spoil, rng: random.Random
) -> str:
    """Open a vault with spoiled copies of its header; return how it ended."""
    folder = _copied(saved, scratch)
    names = ["header.json", "header.json.1"]
    for name in rng.sample(names, copies):
        path = folder / name
        path.write_bytes(spoil(bytearray(path.read_bytes()), rng))
    before = {name: (folder / name).read_bytes() for name in names}
    if copies == 1:
        assert _read(scratch, saved.profile) == saved.texts
        assert (folder / names[0]).read_bytes() == (folder / names[1]).read_bytes()
        ending = "repaired"
    else:
        with pytest.raises(VaultError) as caught:
            _read(scratch, saved.profile)
        assert caught.value.code == "vault_header_damaged"
        assert {name: (folder / name).read_bytes() for name in names} == before
        ending = "named as damaged"
    shutil.rmtree(scratch)
    return ending


@pytest.mark.parametrize("copies", [1, 2])
def test_flipped_header_is_repaired_or_named(
    saved: Saved, tmp_path: Path, copies: int, figures: Count
) -> None:
    rng = random.Random(copies)
    counts = Counter(
        _spoil_headers(saved, tmp_path / "copy", copies, _flip, rng) for _ in range(15)
    )
    figures("flipped bits, header", counts)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("copies", [1, 2])
@pytest.mark.parametrize("spoil", WAYS)
def test_many_spoiled_headers_are_repaired_or_named(
    saved: Saved, tmp_path: Path, spoil: Spoil, copies: int, figures: Count, at_most: Most
) -> None:
    rng = random.Random(copies)
    rounds = range(at_most(LONG_HEADERS))
    counts = Counter(_spoil_headers(saved, tmp_path / "copy", copies, spoil, rng) for _ in rounds)
    if spoil is _flip:
        figures("flipped bits, header", counts)
    else:
        figures("torn files", {f"headers, {ending}": count for ending, count in counts.items()})


def test_wrong_key_is_refused_and_changes_nothing(saved: Saved, tmp_path: Path) -> None:
    folder = _copied(saved, tmp_path / "copy")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(VaultError) as caught:
        ProfileShelf(tmp_path / "copy").unlock(saved.profile, "not the phrase of it")
    assert caught.value.code == "vault_wrong_passphrase"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_database_of_another_profile_does_not_open(saved: Saved, tmp_path: Path) -> None:
    folder = _copied(saved, tmp_path / "copy")
    shelf = ProfileShelf(tmp_path / "copy")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    vault.close()
    (folder / "vault.db-wal").unlink()
    other = tmp_path / "copy" / new.profile.folder / "vault.db"
    shutil.copyfile(folder / "vault.db", other)
    with pytest.raises(VaultError) as caught:
        shelf.unlock(new.profile, PHRASE)
    assert caught.value.code == "vault_damaged"
