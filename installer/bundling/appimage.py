"""An AppImage: a runtime, and behind it the bundle as a file system (the specification's type 2).

https://github.com/AppImage/AppImageSpec/blob/master/draft.md
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from installer.bundling import build, elf, freeze
from installer.bundling.deb import LINUX, PLACE
from installer.setup.console import SetupError, say, step
from installer.setup.programs import clean_environment, succeeds

MARK = b"AI\x02"
"""At byte 8 of a runtime: "AppImage, type 2"."""
START = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/usr/lib/psylite/psylite" "$@"
"""


def make(folder: Path, runtime: Path) -> Path:
    """Make the AppImage of a bundle's folder.

    Raises:
        SetupError: mksquashfs is missing or failed, or that file is no runtime.
    """
    if shutil.which("mksquashfs") is None:
        raise SetupError("mksquashfs is not here.", "apt-get install squashfs-tools")
    head = runtime.read_bytes()
    if not elf.is_elf(runtime) or head[8:11] != MARK:
        raise SetupError(f"{runtime.name} is no AppImage runtime of type 2.")
    target = build.DIST / f"{folder.name}.AppImage"
    epoch = freeze.commit_time()
    with step("the AppImage"), tempfile.TemporaryDirectory(dir=build.DIST) as place:
        tree, image = Path(place, "tree"), Path(place, "image")
        fill(tree, folder)
        variables = clean_environment()
        variables.pop("SOURCE_DATE_EPOCH", None)  # mksquashfs takes that or a time of its own
        complaint = succeeds(
            [
                *("mksquashfs", tree, image, "-root-owned", "-no-xattrs", "-noappend"),
                *("-comp", "zstd", "-all-time", str(epoch), "-mkfs-time", str(epoch)),
            ],
            env=variables,
        )
        if complaint:
            raise SetupError(f"mksquashfs failed:\n{complaint}")
        with target.open("wb") as whole, image.open("rb") as packed:
            whole.write(head)
            shutil.copyfileobj(packed, whole)
    target.chmod(0o755)
    say(f"  {target.stat().st_size / 1e6:.0f} MB in {target.name}")
    return target


def fill(tree: Path, folder: Path) -> None:
    """Put everything where the specification wants it: start, desktop file and icon on top."""
    program = tree / PLACE
    program.parent.mkdir(parents=True)
    shutil.copytree(folder, program, symlinks=True)
    for name in ("psylite.desktop", "psylite.svg"):
        shutil.copyfile(LINUX / name, tree / name)
    (tree / ".DirIcon").symlink_to("psylite.svg")
    start = tree / "AppRun"
    start.write_text(START, encoding="utf-8", newline="\n")
    start.chmod(0o755)
