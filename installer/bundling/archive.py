"""Last touches: no file twice, one time and two modes for all, and one archive of it."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
from collections import defaultdict
from pathlib import Path

from installer.setup.console import SetupError, warn
from installer.setup.programs import succeeds

STRIPPED = (
    "_internal/libpython3*.so*",
    "_internal/python3*/lib-dynload/*.so",
    "_internal/sqlcipher3/*.so",
    "_internal/tokenizers/*.so",
    "_internal/pyarrow/libarrow.so.*",
    "_internal/cryptography/hazmat/bindings/*.so",
)


def link_duplicates(folder: Path) -> int:
    """Replace libraries that stand twice in one folder by links; returns the bytes saved.

    Wheels cannot hold links, so a library comes under its name and again under the name that
    others were linked against.
    """
    same: defaultdict[tuple[Path, int], list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*.so*")):
        if path.is_file() and not path.is_symlink():
            same[path.parent, path.stat().st_size].append(path)
    saved = 0
    for group in same.values():
        # The longest name is the one with the version in it.
        kept, *others = sorted(group, key=lambda path: (-len(path.name), path.name))
        for path in others:
            if path.read_bytes() == kept.read_bytes():
                saved += path.stat().st_size
                path.unlink()
                path.symlink_to(kept.name)
    return saved


def strip_symbols(folder: Path) -> int:
    """Take names for debuggers out of the libraries that came with many; returns bytes saved.

    Only these: libraries that a packaging tool has rewritten may break.
    """
    tool = shutil.which("strip")
    if tool is None:
        warn("binutils is not here: the bundle will be 40 MB bigger", "apt-get install binutils")
        return 0
    saved = 0
    for pattern in STRIPPED:
        for path in sorted(folder.glob(pattern)):
            before = path.stat().st_size
            if complaint := succeeds([tool, "--strip-unneeded", path]):
                raise SetupError(f"{path.name} could not be stripped:\n{complaint}")
            saved += before - path.stat().st_size
    return saved


def settle(folder: Path, epoch: int) -> None:
    """Give every file the same time, and a mode that does not depend on who built it."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.name == "psylite" or path.suffix == ".sh"
        path.chmod(0o755 if runs or ".so" in path.name else 0o644)
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def pack(folder: Path, target: Path, epoch: int) -> Path:
    """Write a .tar.gz of a folder: sorted, without owners, the same for the same files."""

    def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = epoch
        return entry

    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        archive.add(folder, arcname=folder.name, recursive=False, filter=anonymous)
        for path in sorted(folder.rglob("*")):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            archive.add(path, arcname=name, recursive=False, filter=anonymous)
    return target
