"""A big file in parts: small enough to be carried back, each with its checksum."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

INDEX = "parts.json"
PART_BYTES = 15 * 1024 * 1024


class PartsError(ValueError):
    """Parts that are missing, damaged or not described."""


def split_file(source: Path, folder: Path, *, part_bytes: int = PART_BYTES) -> list[Path]:
    """Write `source` as numbered parts and parts.json into `folder`; return what was written.

    Parts of an earlier file there are taken away. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("part-*.bin"):
        old.unlink()
    parts: list[dict[str, Any]] = []
    written: list[Path] = []
    whole = hashlib.sha256()
    with source.open("rb") as handle:
        while chunk := handle.read(part_bytes):
            path = folder / f"part-{len(parts):02d}.bin"
            path.write_bytes(chunk)
            whole.update(chunk)
            digest = hashlib.sha256(chunk).hexdigest()
            parts.append({"name": path.name, "bytes": len(chunk), "sha256": digest})
            written.append(path)
    index = {
        "name": source.name,
        "bytes": source.stat().st_size,
        "sha256": whole.hexdigest(),
        "parts": parts,
    }
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", "utf-8")
    return [*written, folder / INDEX]


def join_parts(folder: Path, target: Path) -> int:
    """Join the parts in `folder` into `target` and return its size in bytes.

    Everything is checked, and `target` appears only if all of it is right. Raises PartsError for
    parts that are missing or damaged, and OSError.
    """
    index = _read_index(folder)
    whole = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".joining")
    try:
        with unfinished.open("wb") as handle:
            for part in index["parts"]:
                handle.write(_checked(folder, part, whole))
        if whole.hexdigest() != index["sha256"]:
            raise PartsError("the joined file is not the one that was split")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def _checked(folder: Path, part: dict[str, Any], whole: Any) -> bytes:
    name = str(part["name"])
    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise PartsError(f"{name} is missing")
    chunk = path.read_bytes()
    if hashlib.sha256(chunk).hexdigest() != part["sha256"]:
        raise PartsError(f"{name} is damaged")
    whole.update(chunk)
    return chunk


def _read_index(folder: Path) -> dict[str, Any]:
    path = folder / INDEX
    if not path.is_file():
        raise PartsError(f"{INDEX} is missing")
    try:
        index = json.loads(path.read_text("utf-8"))
        names = [(part["name"], part["sha256"]) for part in index["parts"]]
        if not isinstance(index["sha256"], str) or not all(isinstance(n, str) for n, _ in names):
            raise PartsError(f"{INDEX} describes no parts")
    except (ValueError, KeyError, TypeError) as error:
        raise PartsError(f"{INDEX} describes no parts") from error
    return dict(index)
