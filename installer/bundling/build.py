"""The steps of a bundle, in order."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from installer.bundling import archive, environment, freeze, papers, scan
from installer.bundling.version import version
from installer.setup import cpu
from installer.setup.console import SetupError, say, step
from installer.setup.layout import ROOT, Environment
from installer.setup.programs import clean_environment, succeeds

DIST = ROOT / "dist"
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def make(*, archived: bool, checked: bool) -> int:
    """Make the folder, its papers and its archive; then scan it and run its self test.

    Raises:
        SetupError: A step failed.
    """
    epoch = freeze.commit_time()
    env = environment.ensure()
    made = freeze.freeze(env, epoch)
    folder = DIST / name()
    with step("papers, links and checksums"):
        DIST.mkdir(exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(made, folder)
        saved = 0
        if sys.platform.startswith("linux"):
            saved = archive.link_duplicates(folder) + archive.strip_symbols(folder)
        _write_papers(env, folder, epoch)
        archive.settle(folder, epoch)
    say(f"  {size(folder) / 1e6:.0f} MB in {folder.relative_to(ROOT)} ({saved / 1e6:.0f} MB saved)")
    if archived:
        with step("the archive"):
            target = archive.pack(folder, DIST / f"{folder.name}.tar.gz", epoch)
        say(f"  {target.stat().st_size / 1e6:.0f} MB in {target.relative_to(ROOT)}")
    return _check(folder) if checked else 0


def name() -> str:
    """The folder's name: what it is, which version, for which machine."""
    system = SYSTEMS.get(sys.platform, sys.platform)
    return f"PsyLite-{version()}-{system}-{cpu.machine()}"


def size(folder: Path) -> int:
    """Bytes of all files, links not counted."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def program(folder: Path) -> Path:
    """The program in a bundle."""
    return folder / ("psylite.exe" if sys.platform == "win32" else "psylite")


def _write_papers(env: Environment, folder: Path, epoch: int) -> None:
    listing = freeze.WORK / "components.json"
    complaint = succeeds(
        [
            *(env.python, "-m", "installer.bundling.components"),
            *(freeze.WORK / "work" / "psylite", listing),
        ],
        env=clean_environment(PYTHONPATH=str(ROOT)),
    )
    if complaint:
        raise SetupError(f"The parts could not be listed:\n{complaint}")
    parts = json.loads(listing.read_text(encoding="utf-8"))
    texts = {
        "THIRD-PARTY-NOTICES.txt": papers.notices(parts),
        "sbom.cdx.json": papers.bill_of_materials(parts, version=version(), epoch=epoch),
    }
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")
    (folder / papers.SUMS).write_text(papers.checksums(folder), encoding="utf-8", newline="\n")


def _check(folder: Path) -> int:
    report = scan.scan(folder)
    say(scan.table(report))
    if report.problems:
        raise SetupError("The bundle holds what it must not, or lacks what it needs (see above).")
    with step("self test"), tempfile.TemporaryDirectory(prefix="psylite-home-") as home:
        complaint = succeeds(
            [program(folder), "selftest", "--data-dir", home], env=clean_environment(HOME=home)
        )
    if complaint:
        raise SetupError(f"The bundle's self test failed:\n{complaint}")
    return 0
