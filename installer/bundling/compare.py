"""Whether two builds of one commit are the same, byte for byte."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path


def differences(first: Path, second: Path) -> list[str]:
    """One line for each path that is not the same in both folders: its name, and how it differs."""
    one, other = _paths(first), _paths(second)
    lines = [f"only in the first: {name}" for name in sorted(one.keys() - other.keys())]
    lines += [f"only in the second: {name}" for name in sorted(other.keys() - one.keys())]
    for name in sorted(one.keys() & other.keys()):
        for what, of in _ASPECTS:
            if of(one[name]) != of(other[name]):
                lines.append(f"{what} differs: {name}{_where(one[name], other[name], what)}")
                break
    return lines


def _paths(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}


def _content(path: Path) -> str | bytes:
    if path.is_symlink():
        return str(path.readlink())
    return path.read_bytes() if path.is_file() else ""


_ASPECTS: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("kind", lambda path: stat.S_IFMT(path.lstat().st_mode)),
    ("content", _content),
    ("mode", lambda path: stat.S_IMODE(path.lstat().st_mode)),
    ("time", lambda path: int(path.lstat().st_mtime)),
)


def _where(first: Path, second: Path, what: str) -> str:
    """For files of other content: how many bytes, and where they first part."""
    if what != "content" or first.is_symlink():
        return ""
    one, other = first.read_bytes(), second.read_bytes()
    pairs = enumerate(zip(one, other, strict=False))
    first_at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return f" ({len(one)} and {len(other)} bytes, from byte {first_at})"
