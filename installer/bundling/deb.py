"""A package for Debian and Ubuntu, made of a finished bundle."""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path

from installer.bundling import build, elf, freeze
from installer.bundling.version import version
from installer.setup.console import SetupError, say, step
from installer.setup.layout import ROOT
from installer.setup.programs import clean_environment, succeeds

LINUX = ROOT / "installer" / "linux"
YEARS = "2026"
NO_ADDRESS = "psylite@localhost"
ARCHITECTURES = {"x86_64": "amd64", "arm64": "arm64"}
PLACE = Path("usr/lib/psylite")

# Which package brings a library that the bundle takes from the system. The second name is
# Ubuntu 24.04's.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libstdc++.so.6": "libstdc++6 (>= 12)",
    "libz.so.1": "zlib1g",
}
# A window under Wayland, and printing; the program does without.
WISHES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libcups.so.2": "libcups2 | libcups2t64",
}
FONTS = "fonts-noto-cjk | fonts-wqy-microhei"


def maintainer() -> str:
    """Who answers for the package: whoever publishes it says so in Debian's own variables."""
    name = os.environ.get("DEBFULLNAME") or "PsyLite project"
    return f"{name} <{os.environ.get('DEBEMAIL') or NO_ADDRESS}>"


def make(folder: Path) -> Path:
    """Build the package from a bundle's folder.

    Raises:
        SetupError: dpkg-deb is missing or failed, or a library belongs to no known package.
    """
    if shutil.which("dpkg-deb") is None:
        raise SetupError("dpkg-deb is not here.", "It comes with Debian and Ubuntu.")
    machine = folder.name.rpartition("-")[2]
    target = build.DIST / f"psylite_{version()}_{ARCHITECTURES.get(machine, machine)}.deb"
    epoch = freeze.commit_time()
    with step("the package for Debian"), tempfile.TemporaryDirectory(dir=build.DIST) as place:
        tree = Path(place, "tree")
        _fill(tree, folder, epoch)
        _control(tree, folder, ARCHITECTURES.get(machine, machine))
        complaint = succeeds(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "-z2", "--build", tree, target],
            env=clean_environment(SOURCE_DATE_EPOCH=str(epoch)),
        )
    if complaint:
        raise SetupError(f"dpkg-deb failed:\n{complaint}")
    say(f"  {target.stat().st_size / 1e6:.0f} MB in {target.relative_to(ROOT)}")
    return target


def dependencies(folder: Path) -> tuple[str, str]:
    """The packages that must and that should be there, from what the bundle is linked against.

    Raises:
        SetupError: A library of the system whose package is not in the tables.
    """
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    present = {path.name for path in folder.rglob("*")}
    libraries = [elf.read(path) for path in files if elf.is_elf(path)]
    outside = {name for library in libraries for name in library.needed} - present
    newest = max(library.glibc for library in libraries)
    needed, wished = {f"libc6 (>= {newest[0]}.{newest[1]})"}, {FONTS}
    for name in sorted(outside):
        if name in PACKAGES:
            needed.add(PACKAGES[name])
        elif name in WISHES:
            wished.add(WISHES[name])
        elif not name.startswith(("ld-linux", "libc.", "libm.", "libdl.", "librt.", "libpthread.")):
            raise SetupError(f"{name} belongs to no package that installer/bundling/deb.py knows.")
    return ", ".join(sorted(needed)), ", ".join(sorted(wished))


def _fill(tree: Path, folder: Path, epoch: int) -> None:
    """Put every file where Debian wants it."""
    program = tree / PLACE
    program.parent.mkdir(parents=True)
    shutil.copytree(folder, program, symlinks=True)
    papers = tree / "usr/share/doc/psylite"
    papers.mkdir(parents=True)
    for name in ("THIRD-PARTY-NOTICES.txt", "sbom.cdx.json", "SHA256SUMS", "LICENSE.txt"):
        (program / name).unlink()
    shutil.copyfile(folder / "sbom.cdx.json", papers / "sbom.cdx.json")
    _pack_text(papers / "THIRD-PARTY-NOTICES.txt.gz", (folder / "THIRD-PARTY-NOTICES.txt"), epoch)
    (papers / "copyright").write_text(_copyright(), encoding="utf-8")
    change = (
        f"psylite ({version()}) unstable; urgency=low\n\n  * See CHANGELOG.md of the project.\n\n"
        f" -- {maintainer()}  {formatdate(epoch)}\n"
    )
    notes = tree / "changelog"
    notes.write_text(change, encoding="utf-8")
    _pack_text(papers / "changelog.gz", notes, epoch)
    notes.unlink()
    for source, place in (
        ("psylite.desktop", "usr/share/applications"),
        ("psylite.svg", "usr/share/icons/hicolor/scalable/apps"),
    ):
        (tree / place).mkdir(parents=True)
        shutil.copyfile(LINUX / source, tree / place / source)
    metainfo = tree / "usr/share/metainfo"
    metainfo.mkdir()
    day = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    text = (LINUX / "org.psylite.Desktop.metainfo.xml").read_text(encoding="utf-8")
    text = text.replace("@VERSION@", version()).replace("@DATE@", day)
    (metainfo / "org.psylite.Desktop.metainfo.xml").write_text(text, encoding="utf-8")
    overrides = tree / "usr/share/lintian/overrides"
    overrides.mkdir(parents=True)
    shutil.copyfile(LINUX / "lintian-overrides", overrides / "psylite")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/psylite").symlink_to("../lib/psylite/psylite")
    _modes(tree, program)


def _control(tree: Path, folder: Path, architecture: str) -> None:
    needed, wished = dependencies(folder)
    kib = sum(-(-path.lstat().st_size // 1024) for path in tree.rglob("*") if not path.is_dir())
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        f"Package: psylite\nVersion: {version()}\nArchitecture: {architecture}\n"
        f"Maintainer: {maintainer()}\nInstalled-Size: {kib}\nSection: misc\nPriority: optional\n"
        f"Depends: {needed}\nRecommends: {wished}\n"
        "Description: offline counseling companion, Chinese and English\n"
        " Write what is on your mind and a small language model on this computer\n"
        " answers. What you write is checked for risk before any model sees it, kept\n"
        " in an encrypted vault, and never leaves the computer.\n"
        " .\n"
        " It is a program and it can be wrong: not therapy, not a diagnosis and not\n"
        " emergency care.\n",
        encoding="utf-8",
    )
    control.chmod(0o755)


def _copyright() -> str:
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: PsyLite Desktop\n\n"
        f"Files: *\nCopyright: {YEARS} the PsyLite project\nLicense: Apache-2.0\n\n"
        "Files: usr/lib/psylite/_internal/*\nCopyright: their authors\nLicense: several\n"
        " Every part and the text of its licence stand in\n"
        " /usr/share/doc/psylite/THIRD-PARTY-NOTICES.txt.gz.\n\n"
        "License: Apache-2.0\n On Debian systems the text stands in\n"
        " /usr/share/common-licenses/Apache-2.0.\n"
    )


def _pack_text(target: Path, source: Path, epoch: int) -> None:
    packed = gzip.compress(source.read_bytes(), 9, mtime=0)
    target.write_bytes(packed)
    os.utime(target, (epoch, epoch))


def _modes(tree: Path, program: Path) -> None:
    """Libraries are not programs, whatever their wheel said."""
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program / "psylite" else 0o644)
    tree.chmod(0o755)
