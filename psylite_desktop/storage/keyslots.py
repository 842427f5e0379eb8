"""Key slots: one random data key, wrapped once for each secret that opens the vault.

A slot derives a wrapping key from its secret (Argon2id, RFC 9106) and holds the data key under
AES-256-GCM. The vault's id, the slot's id, its type and its derivation parameters are
authenticated with it, so no slot can be moved, retyped or made cheaper.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import recovery_code
from psylite_desktop.storage.passphrase import passphrase_bytes

KEY_BYTES = 32
FORMAT = 1

MAX_MEMORY_KIB = 1024 * 1024
MAX_PASSES = 50
MAX_LANES = 16
"""What is accepted from a file, so that an edited header cannot hang the computer."""

DATABASE = "vault.db"
DATABASE_PATTERN = r"^vault(-[0-9a-f]{16})?\.db$"

_DATABASE_LABEL = b"psylite-desktop/database/1"

SlotType = Literal["passphrase", "recovery", "keyring"]
"""`keyring` is a random secret that the system's own keyring holds for one computer account."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id cost: memory in KiB, passes, lanes.

    The default is the second recommended option of RFC 9106, section 4 (64 MiB, 3, 4).
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


RECOVERY_COST = KdfCost(memory_kib=19 * 1024, passes=2, lanes=1)
"""128 random bits need no stretching; this is the OWASP minimum for the rest."""


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wrapped copy of the data key; byte strings are base64 in the file."""

    id: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
    type: SlotType
    kdf: Literal["argon2id"]
    m: Annotated[int, msgspec.Meta(ge=8, le=MAX_MEMORY_KIB)]
    t: Annotated[int, msgspec.Meta(ge=1, le=MAX_PASSES)]
    p: Annotated[int, msgspec.Meta(ge=1, le=MAX_LANES)]
    text: Literal["nfc"]
    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
    wrapped: Annotated[bytes, msgspec.Meta(min_length=48, max_length=48)]


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the header file: nothing personal, and no key in clear.

    `revision` grows with each change, so that the newer of two copies is known. `label` is the
    profile's label. `database` is the file that the slots' key opens: another key has another
    file, so that one write of the header decides which pair is valid.
    """

    format: Annotated[int, msgspec.Meta(ge=1)]
    vault: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    revision: Annotated[int, msgspec.Meta(ge=1)]
    label: Annotated[str, msgspec.Meta(max_length=64)]
    slots: Annotated[tuple[Slot, ...], msgspec.Meta(min_length=1, max_length=8)]
    database: Annotated[str, msgspec.Meta(pattern=DATABASE_PATTERN)] = DATABASE


def new_data_key() -> bytearray:
    """Return 32 random bytes; a bytearray, so that it can be wiped."""
    return bytearray(secrets.token_bytes(KEY_BYTES))


def wipe(key: bytearray) -> None:
    """Overwrite a key in place. Copies made inside libraries are out of reach."""
    key[:] = bytes(len(key))


def new_header(
    data_key: bytearray,
    *,
    passphrase: str,
    recovery: str,
    label: str,
    cost: KdfCost,
    vault: str | None = None,
) -> Header:
    """Make the header of a vault with a passphrase slot and a recovery slot.

    `vault` is its id; a new one by default.
    """
    vault = vault or secrets.token_hex(16)
    code = recovery_code.parsed(recovery)
    if code is None:
        raise ValueError("not a recovery code")
    slots = (
        _wrapped(data_key, passphrase_bytes(passphrase), vault=vault, kind="passphrase", cost=cost),
        _wrapped(data_key, code, vault=vault, kind="recovery", cost=_at_most(cost, RECOVERY_COST)),
    )
    return Header(format=FORMAT, vault=vault, revision=1, label=label, slots=slots)


def with_passphrase(
    header: Header, data_key: bytearray, *, passphrase: str, cost: KdfCost
) -> Header:
    """Return the next revision, with a new passphrase slot in place of the old one."""
    slot = _wrapped(
        data_key, passphrase_bytes(passphrase), vault=header.vault, kind="passphrase", cost=cost
    )
    return _with_slot(header, slot)


def with_recovery(header: Header, data_key: bytearray, *, recovery: str) -> Header:
    """Return the next revision, which opens with this recovery code and no older one."""
    code = recovery_code.parsed(recovery)
    if code is None:
        raise ValueError("not a recovery code")
    cost = _at_most(cost_of(header), RECOVERY_COST)
    return _with_slot(
        header, _wrapped(data_key, code, vault=header.vault, kind="recovery", cost=cost)
    )


def with_keyring(header: Header, data_key: bytearray, *, secret: bytes) -> Header:
    """Return the next revision, which opens with a secret from the system's keyring too."""
    cost = _at_most(cost_of(header), RECOVERY_COST)
    return _with_slot(
        header, _wrapped(data_key, secret, vault=header.vault, kind="keyring", cost=cost)
    )


def without_keyring(header: Header) -> Header:
    """Return the next revision, without a slot for the system's keyring."""
    kept = tuple(slot for slot in header.slots if slot.type != "keyring")
    return msgspec.structs.replace(header, revision=header.revision + 1, slots=kept)


def with_new_key(
    header: Header,
    data_key: bytearray,
    *,
    passphrase: str,
    recovery: str,
    cost: KdfCost,
    database: str,
) -> Header:
    """Return the next revision around another data key: passphrase and recovery code alone."""
    made = new_header(
        data_key,
        passphrase=passphrase,
        recovery=recovery,
        label=header.label,
        cost=cost,
        vault=header.vault,
    )
    return msgspec.structs.replace(made, revision=header.revision + 1, database=database)


def has_keyring(header: Header) -> bool:
    """Whether the system's keyring may open this vault."""
    return any(slot.type == "keyring" for slot in header.slots)


def cost_of(header: Header) -> KdfCost:
    """What deriving from the passphrase costs."""
    slot = next((slot for slot in header.slots if slot.type == "passphrase"), header.slots[0])
    return KdfCost(memory_kib=slot.m, passes=slot.t, lanes=slot.p)


def _with_slot(header: Header, slot: Slot) -> Header:
    """The next revision, with a slot in the place of all others of its type."""
    kept = tuple(old for old in header.slots if old.type != slot.type)
    ordered = tuple(sorted((slot, *kept), key=lambda each: _ORDER.index(each.type)))
    return msgspec.structs.replace(header, revision=header.revision + 1, slots=ordered)


_ORDER: tuple[SlotType, ...] = ("passphrase", "recovery", "keyring")


def opened_by_keyring(header: Header, secret: bytes) -> bytearray:
    """Return the data key, opened with a secret from the system's keyring.

    Raises VaultError keyring_unavailable where it does not open this vault.
    """
    for slot in header.slots:
        if slot.type == "keyring":
            key = _opened(slot, secret, vault=header.vault)
            if key is not None:
                return key
    raise VaultError("keyring_unavailable")


def unwrapped(header: Header, secret: str) -> bytearray:
    """Return the data key, opened with a passphrase or a recovery code.

    Raises VaultError vault_wrong_passphrase, or vault_newer for an unknown header format.
    """
    return unwrapped_by(header, secret)[1]


def unwrapped_by(header: Header, secret: str) -> tuple[SlotType, bytearray]:
    """Return the kind of slot that a secret opens, and the data key. Raises as `unwrapped`."""
    if header.format > FORMAT:
        raise VaultError("vault_newer")
    secrets_by_type: dict[SlotType, bytes] = {"passphrase": passphrase_bytes(secret)}
    code = recovery_code.parsed(secret)
    if code is not None:
        secrets_by_type["recovery"] = code
    # Recovery slots first: they are cheap, and only tried when the text is a well-formed code.
    for slot in sorted(header.slots, key=lambda slot: slot.type == "passphrase"):
        if slot.type in secrets_by_type:
            key = _opened(slot, secrets_by_type[slot.type], vault=header.vault)
            if key is not None:
                return slot.type, key
    raise VaultError("vault_wrong_passphrase")


def refuse(secret: str, *, cost: KdfCost) -> None:
    """Take as long over a secret as a header would, and refuse it.

    Raises VaultError vault_wrong_passphrase, always.
    """
    none = bytearray(KEY_BYTES)
    if recovery_code.parsed(secret) is not None:
        _wrapped(none, b"", vault="", kind="recovery", cost=_at_most(cost, RECOVERY_COST))
    _wrapped(none, passphrase_bytes(secret), vault="", kind="passphrase", cost=cost)
    raise VaultError("vault_wrong_passphrase")


def database_key(header: Header, data_key: bytearray) -> bytearray:
    """Derive the key of the database file (HKDF-SHA256, RFC 5869, salted with the vault's id)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derivation = HKDF(
        algorithm=SHA256(),
        length=KEY_BYTES,
        salt=bytes.fromhex(header.vault),
        info=_DATABASE_LABEL,
    )
    return bytearray(derivation.derive(bytes(data_key)))


def passphrase_header(data_key: bytearray, *, passphrase: str, label: str, cost: KdfCost) -> Header:
    """Make the header of a vault that is carried away: a passphrase opens it, and nothing else."""
    vault = secrets.token_hex(16)
    secret = passphrase_bytes(passphrase)
    slot = _wrapped(data_key, secret, vault=vault, kind="passphrase", cost=cost)
    return Header(format=FORMAT, vault=vault, revision=1, label=label, slots=(slot,))


def portable_header(header: Header) -> Header:
    """Return a header with the slots that open on any computer."""
    slots = tuple(slot for slot in header.slots if slot.type in {"passphrase", "recovery"})
    return msgspec.structs.replace(header, slots=slots)


def _at_most(cost: KdfCost, limit: KdfCost) -> KdfCost:
    return limit if cost.memory_kib > limit.memory_kib else cost


def _wrapped(
    data_key: bytearray, secret: bytes, *, vault: str, kind: SlotType, cost: KdfCost
) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    draft = Slot(
        id=secrets.token_hex(8),
        type=kind,
        kdf="argon2id",
        m=cost.memory_kib,
        t=cost.passes,
        p=cost.lanes,
        text="nfc",
        salt=secrets.token_bytes(16),
        nonce=secrets.token_bytes(12),
        wrapped=bytes(48),
    )
    cipher = AESGCM(_derived(draft, secret))
    wrapped = cipher.encrypt(draft.nonce, bytes(data_key), _bound(draft, vault=vault))
    return msgspec.structs.replace(draft, wrapped=wrapped)


def _opened(slot: Slot, secret: bytes, *, vault: str) -> bytearray | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_derived(slot, secret))
    try:
        return bytearray(cipher.decrypt(slot.nonce, slot.wrapped, _bound(slot, vault=vault)))
    except InvalidTag:
        return None


def _derived(slot: Slot, secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        derivation = Argon2id(
            salt=slot.salt,
            length=KEY_BYTES,
            iterations=slot.t,
            lanes=slot.p,
            memory_cost=max(slot.m, 8 * slot.p),
        )
        return derivation.derive(secret)
    except MemoryError:
        raise VaultError("vault_io", cause="memory", needed_kib=slot.m) from None


def _bound(slot: Slot, *, vault: str) -> bytes:
    """Return the associated data: everything of a slot but the nonce and the wrapped key."""
    parts = [vault, slot.id, slot.type, slot.kdf, slot.m, slot.t, slot.p, slot.text]
    return json.dumps([*parts, slot.salt.hex()], separators=(",", ":")).encode("ascii")
