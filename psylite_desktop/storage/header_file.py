"""The header on disk: two copies, each checked before it takes its place.

A lost header is a lost diary. Each copy carries a SHA-256 of its content, so that a damaged file
is told from a wrong passphrase; a damaged or older copy is repaired from the other one.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.durable_file import sync_folder, translated_os_errors, write_new
from psylite_desktop.storage.keyslots import FORMAT, Header

COPIES = ("header.json", "header.json.1")
_TEMPORARY = "header.json.tmp"
_MAX_BYTES = 64 * 1024


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    header: msgspec.Raw
    sha256: str


class _Version(msgspec.Struct, frozen=True):
    format: int


def encoded(header: Header) -> bytes:
    """Return the content of a header file: the header and the SHA-256 of its exact bytes."""
    content = msgspec.json.encode(header)
    digest = hashlib.sha256(content).hexdigest()
    return msgspec.json.encode(_Envelope(header=msgspec.Raw(content), sha256=digest))


def decoded(data: bytes) -> Header:
    """Read the content of a header file.

    Raises VaultError vault_header_damaged, or vault_newer where a later version wrote it.
    """
    with _damage_reported():
        envelope = msgspec.json.decode(data, type=_Envelope)
    content = bytes(envelope.header)
    if hashlib.sha256(content).hexdigest() != envelope.sha256:
        raise VaultError("vault_header_damaged")
    with _damage_reported():
        version = msgspec.json.decode(content, type=_Version).format
    if version > FORMAT:
        raise VaultError("vault_newer")
    with _damage_reported():
        return msgspec.json.decode(content, type=Header)


@contextlib.contextmanager
def _damage_reported() -> Iterator[None]:
    try:
        yield
    except (msgspec.MsgspecError, ValueError, RecursionError):
        # ValueError: text that is not UTF-8.
        raise VaultError("vault_header_damaged") from None


def peeked(folder: Path) -> Header:
    """Return the newest good copy without repairing anything.

    Raises VaultError vault_header_damaged, vault_newer, vault_read_only, vault_io.
    """
    return _newest(_copies(folder))


def read(folder: Path) -> Header:
    """Return the newest good copy and repair the other one where that is possible.

    The caller holds the lock that guards headers. Raises as `peeked`.
    """
    copies = _copies(folder)
    header = _newest(copies)
    content = encoded(header)
    # A medium that cannot be written still opens: the good copy is in hand.
    with contextlib.suppress(VaultError):
        for name, copy in copies.items():
            if _needs_repair(copy, header):
                _replace(folder, name, content)
    return header


def _needs_repair(copy: Header | VaultError, header: Header) -> bool:
    """A copy that could not be read is left alone: it may be the newer one."""
    if isinstance(copy, VaultError):
        return copy.code == "vault_header_damaged"
    return copy != header


def settled(folder: Path) -> Header | None:
    """Return the header where both copies are good and the same, else None."""
    first, second = _copies(folder).values()
    return first if isinstance(first, Header) and first == second else None


def write(folder: Path, header: Header, *, verify: Callable[[Header], None]) -> None:
    """Write both copies durably.

    Each is written beside its place, read back, compared, and only then moved; `verify` gets the
    first one as it was read back and raises where its secrets do not open it. A crash leaves the
    old or the new header, each complete. Raises VaultError vault_disk_full, vault_read_only,
    vault_io; after any of them the old header is in force.
    """
    content, first = encoded(header), folder / COPIES[0]
    before = _content(first)
    try:
        _replace(folder, COPIES[0], content, verify=verify)
    except VaultError:
        # Moved, but perhaps not for good: nobody may be told "no" while the new one is in force.
        with contextlib.suppress(VaultError):
            if before and _content(first) != before:
                _put_back(folder, before)
        raise
    # From here on the new header is in force, so this is no failure of the change. The next
    # reading repairs the second copy.
    with contextlib.suppress(VaultError):
        _replace(folder, COPIES[1], content)


def _replace(
    folder: Path, name: str, content: bytes, *, verify: Callable[[Header], None] | None = None
) -> None:
    temporary = folder / _TEMPORARY
    with translated_os_errors():
        temporary.unlink(missing_ok=True)
        try:
            write_new(temporary, content)
            _check(temporary.read_bytes(), content, verify=verify)
            temporary.replace(folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_folder(folder)


def _put_back(folder: Path, content: bytes) -> None:
    """Move the old content of the first copy into its place again.

    Without waiting for the disk, which may just have refused to say that it is done.
    """
    temporary = folder / _TEMPORARY
    with translated_os_errors():
        temporary.touch(mode=0o600)
        temporary.write_bytes(content)
        temporary.replace(folder / COPIES[0])
        sync_folder(folder)


def _content(path: Path) -> bytes:
    """What stands in a copy; nothing where there is none. Raises VaultError."""
    with translated_os_errors():
        return path.read_bytes() if path.exists() else b""


def _check(back: bytes, content: bytes, *, verify: Callable[[Header], None] | None) -> None:
    if back != content:
        raise VaultError("vault_io", cause="read_back")
    if verify is not None:
        verify(decoded(back))


def _copies(folder: Path) -> dict[str, Header | VaultError]:
    copies: dict[str, Header | VaultError] = {}
    for name in COPIES:
        try:
            copies[name] = decoded(_stored(folder / name))
        except VaultError as error:
            copies[name] = error
    return copies


def _stored(path: Path) -> bytes:
    with translated_os_errors():
        try:
            with path.open("rb") as file:
                return file.read(_MAX_BYTES)
        except FileNotFoundError:
            raise VaultError("vault_header_damaged", cause="missing") from None


def _newest(copies: dict[str, Header | VaultError]) -> Header:
    good = [copy for copy in copies.values() if isinstance(copy, Header)]
    failures = [copy for copy in copies.values() if isinstance(copy, VaultError)]
    newer = next((failure for failure in failures if failure.code == "vault_newer"), None)
    if newer is not None:
        # A later version has been here: an older copy beside it must not win.
        raise VaultError("vault_newer")
    if not good:
        # Only what was read can be called damaged: a cable may just be loose.
        unread = [failure for failure in failures if failure.code != "vault_header_damaged"]
        raise unread[0] if unread else VaultError("vault_header_damaged")
    if len({header.vault for header in good}) > 1:
        raise VaultError("vault_header_damaged", cause="two_vaults")
    return max(good, key=lambda header: header.revision)
