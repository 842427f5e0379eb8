"""Opens a PsyLite vault, backup or .psyvault file without PsyLite.

    python standalone_decrypt.py WHAT [--out PLAIN.sqlite] [--passphrase-file FILE]

WHAT is the folder of a profile, the folder of a backup, or a `.psyvault` file. Without `--out` it
only says what is inside; with it, an ordinary SQLite database is written, which anybody who gets
hold of it can read. The passphrase (or the recovery code) is asked for. This file needs Python 3.11
and two packages, `cryptography` and `sqlcipher3`; it uses nothing else of PsyLite, so copy it
wherever you keep your backups.

FORMAT (nothing here is secret; the secrets are your passphrase and your recovery code)

1. A folder holds `header.json`, its second copy `header.json.1`, and a database whose name stands
   in the header as `database` (where it does not: `vault.db`), perhaps with a log beside it
   (`-wal`). Backups stand in `backups/<number>-<day>-<seconds>-<why>/` and hold the same.
2. A header file is JSON: `{"header": {...}, "sha256": "<hex>"}`. The digest is that of the exact
   bytes of the inner object. That holds `format` (1), `vault` (32 hex digits), `revision`, `label`
   and `slots`. Of two good copies the one with the higher `revision` counts.
3. A slot is one wrapped copy of the data key (32 random bytes). It holds `id` (16 hex digits),
   `type` (`passphrase`, `recovery` or `keyring`), `kdf` (`argon2id`), `m` (memory in KiB), `t`
   (passes), `p` (lanes), `text` (`nfc`), and in base64 `salt`, `nonce` (12 bytes) and `wrapped`
   (48 bytes). The wrapping key is Argon2id (RFC 9106) of the secret, 32 bytes long, with memory
   max(m, 8 p). The secret of a passphrase slot is the passphrase in NFC as UTF-8; that of a
   recovery slot is the 16 bytes of the code. `wrapped` is AES-256-GCM of the data key with that
   nonce; its associated data is the JSON list `[vault, id, type, kdf, m, t, p, text, salt in hex]`
   without spaces, in ASCII.
4. A recovery code is 26 digits of Crockford's base32 and a check character (modulo 37, digits
   `0-9A-Z` without I, L, O, U, then `*~$=U`). O reads as 0, I and L as 1; spaces and dashes do not
   count.
5. The key of the database is HKDF-SHA256 of the data key, 32 bytes, salted with the 16 bytes of
   `vault`, with the label `psylite-desktop/database/1`. The database is SQLCipher 4 with its
   defaults, opened with that as a raw key: `PRAGMA key = "x'<64 hex digits>'"`.
6. A `.psyvault` file: the 8 bytes `PSYVAULT`, a version (2 bytes, big endian, 1), a length (4
   bytes, big endian), and as many bytes of JSON like that of 2, whose inner object holds `format`
   (1), `vault` (a header as in 2), `salt` (base64, 32 bytes), `size` (bytes of the database) and
   `chunk` (65536). Then follows the SQLCipher database of 5 in chunks of 65536 bytes, the last one
   shorter, each as AES-256-GCM with its 16 bytes of tag at its end. The key is HKDF-SHA256 of the
   data key with `salt` and the label `psylite-desktop/export/1`. The nonce is the chunk's index in
   11 bytes, big endian, and one byte: 1 for the last chunk, else 0. The associated data is the
   SHA-256 of everything before the first chunk.
"""

from __future__ import annotations

import argparse
import base64
import getpass
import hashlib
import json
import shutil
import struct
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = DIGITS + "*~$=U"
CHUNK = 65536
TAG = 16


class Refused(Exception):  # noqa: N818 - what a person reads
    """Why this cannot be opened, in a sentence."""


def checked_json(data: bytes) -> dict[str, Any]:
    """Return the inner object of a header file whose digest is right."""
    try:
        envelope = json.loads(data)
        start = data.index(b'"header":') + len(b'"header":')
        end = data.rindex(b',"sha256"')
        inner = data[start:end]
        if hashlib.sha256(inner).hexdigest() != envelope["sha256"]:
            raise Refused("The header is damaged.")
        found = json.loads(inner)
    except (ValueError, KeyError, TypeError):
        raise Refused("The header is damaged.") from None
    if found["format"] > 1:
        raise Refused("A newer version wrote this; use the tool that came with it.")
    return dict(found)


def folder_header(folder: Path) -> dict[str, Any]:
    """Return the newest good header of a folder."""
    good = []
    for name in ("header.json", "header.json.1"):
        try:
            good.append(checked_json((folder / name).read_bytes()))
        except (OSError, Refused):
            continue
    if not good:
        raise Refused("There is no header here that can be read.")
    return max(good, key=lambda header: int(header["revision"]))


def recovery_bytes(text: str) -> bytes | None:
    """Return the 16 bytes of a recovery code, or None where it is not one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    code = "".join(mark for mark in plain if mark in CHECKS + "OIL")
    if len(code) != 27:
        return None
    code = code[:26].translate(str.maketrans("OIL", "011")) + code[26]
    number = 0
    for mark in code[:26]:
        if mark not in DIGITS:
            return None
        number = number << 5 | DIGITS.index(mark)
    check = code[26].translate(str.maketrans("OIL", "011"))
    if number >> 128 or CHECKS[number % 37] != check:
        return None
    return number.to_bytes(16, "big")


def data_key(header: dict[str, Any], secret: str) -> bytes:
    """Open a slot with a passphrase or a recovery code."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    secrets: dict[str, bytes | None] = {
        "recovery": recovery_bytes(secret),
        "passphrase": unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass"),
    }
    for slot in header["slots"]:
        value = secrets.get(slot["type"])
        if value is None:
            continue
        salt = base64.b64decode(slot["salt"])
        memory = max(slot["m"], 8 * slot["p"])
        wrapping = Argon2id(
            salt=salt, length=32, iterations=slot["t"], lanes=slot["p"], memory_cost=memory
        ).derive(value)
        parts = [header["vault"], *(slot[name] for name in ("id", "type", "kdf", "m", "t", "p"))]
        bound = json.dumps([*parts, slot["text"], salt.hex()], separators=(",", ":"))
        nonce, wrapped = base64.b64decode(slot["nonce"]), base64.b64decode(slot["wrapped"])
        try:
            return AESGCM(wrapping).decrypt(nonce, wrapped, bound.encode("ascii"))
        except InvalidTag:
            continue
    raise Refused("That passphrase or code does not fit.")


def derived(key: bytes, salt: bytes, label: bytes) -> bytes:
    """HKDF-SHA256, 32 bytes."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=label).derive(key)


def unpacked(path: Path, secret: str, target: Path) -> tuple[dict[str, Any], bytes]:
    """Write the SQLCipher database of a .psyvault file; return the vault's header and data key."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    with path.open("rb") as file, target.open("wb") as out:
        start = file.read(14)
        if len(start) < 14 or start[:8] != b"PSYVAULT":
            raise Refused("This is not a .psyvault file.")
        version, length = struct.unpack(">HI", start[8:])
        if version != 1:
            raise Refused("A newer version wrote this; use the tool that came with it.")
        encoded = file.read(min(length, CHUNK))
        header = checked_json(encoded)
        key = data_key(header["vault"], secret)
        cipher = AESGCM(derived(key, base64.b64decode(header["salt"]), b"psylite-desktop/export/1"))
        bound = hashlib.sha256(start + encoded).digest()
        left, index = int(header["size"]), 0
        while True:
            is_last = left <= CHUNK
            sealed = file.read(min(left, CHUNK) + TAG)
            nonce = index.to_bytes(11, "big") + bytes([is_last])
            try:
                out.write(cipher.decrypt(nonce, sealed, bound))
            except (InvalidTag, ValueError):
                raise Refused(f"The file is damaged or cut off at chunk {index}.") from None
            left, index = left - CHUNK, index + 1
            if is_last:
                break
        if file.read(1):
            raise Refused("There is more in this file than there should be.")
    return dict(header["vault"]), key


def opened(database: Path, header: dict[str, Any], key: bytes) -> Any:
    """Open a copy of the SQLCipher database and check every page of it."""
    from sqlcipher3 import dbapi2

    raw = derived(key, bytes.fromhex(header["vault"]), b"psylite-desktop/database/1")
    connection = dbapi2.connect(str(database), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{raw.hex()}'\"")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise Refused("Some pages of the database are damaged; salvage them with PsyLite.")
    except dbapi2.DatabaseError:
        raise Refused("The database is damaged; bring back a backup.") from None
    return connection


def tables(connection: Any) -> dict[str, int]:
    """Rows of each table that holds something a person wrote or chose."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
    }


def decrypt(what: Path, secret: str, out: Path | None) -> dict[str, int]:
    """Open a folder or a file, write a plain database where asked to, and count the rows.

    Works on a copy in a private temporary folder, which stays encrypted; the original is only
    read. Raises Refused.
    """
    if out is not None and out.exists():
        raise Refused("There is already something at that place; nothing is written over.")
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy.db"
        if what.is_dir():
            header = folder_header(what)
            key = data_key(header, secret)
            database = what / str(header.get("database", "vault.db"))
            if not database.is_file():
                raise Refused("The database is not there.")
            shutil.copyfile(database, copy)
            log = database.with_name(f"{database.name}-wal")
            if log.is_file():
                shutil.copyfile(log, copy.with_name("copy.db-wal"))
        elif what.is_file():
            header, key = unpacked(what, secret, copy)
        else:
            raise Refused("There is nothing at that place.")
        connection = opened(copy, header, key)
        try:
            counts = tables(connection)
            if out is not None:
                connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(out),))
                connection.execute("SELECT sqlcipher_export('plain')")
                connection.execute("DETACH DATABASE plain")
        finally:
            connection.close()
    return counts


def main(arguments: list[str] | None = None) -> int:
    """Ask, open, say what is inside; 1 where it cannot be opened."""
    parser = argparse.ArgumentParser(description="Open a PsyLite vault, backup or .psyvault file.")
    parser.add_argument("what", type=Path)
    parser.add_argument("--out", type=Path, help="write everything here, readable for anybody")
    parser.add_argument("--passphrase-file", type=Path, help="read the passphrase from here")
    chosen = parser.parse_args(arguments)
    if chosen.passphrase_file is not None:
        secret = chosen.passphrase_file.read_text(encoding="utf-8").rstrip("\r\n")
    else:
        secret = getpass.getpass("Passphrase or recovery code: ")
    try:
        counts = decrypt(chosen.what, secret, chosen.out)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    for table, count in counts.items():
        sys.stdout.write(f"{count:8} {table}\n")
    if chosen.out is not None:
        sys.stdout.write(f"Written without any protection to {chosen.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
