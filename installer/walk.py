"""Takes finished archives and packages to a bare system and walks through their window there.

    python3 installer/walk.py dist/*.tar.gz dist/*.deb --root /path/to/debootstrap --shots shots
    python3 installer/walk.py dist/PsyLite-….tar.gz

The root needs Xvfb, xauth and what every desktop has (README, "Bundle"); Python, compilers and a
network it needs not: the walk happens in a namespace without interfaces. For each archive: the
self test, also as a safe start; then in the window a profile, a talk in Chinese, the crisis card, a
check-in, the end, and a second start that finds it all. An unpacked archive is then tried as a
portable folder, which leaves nothing anywhere else; a package is taken away again, and the data
stays. Needs root rights when a root is named.
"""

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

SHOTS = "tmp/psylite-shots"
SCRIPT = """
set -e
mount -t proc proc {root}/proc 2>/dev/null || true
mkdir -p {root}/dev/shm
exec chroot {root} /bin/sh -ec '
export HOME=/tmp/psylite-home TMPDIR=/tmp/psylite-tmp
export LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
rm -rf /tmp/psylite-*; mkdir -p $HOME $TMPDIR
must() {{ "$@" || {{ echo "walk: failed: $*" >&2; exit 1; }}; }}
for tool in python3 gcc cc pip; do
  if command -v $tool >/dev/null; then echo "walk: a bare system has no $tool" >&2; exit 1; fi
done
twice() {{
  for start in 1 2; do
    must xvfb-run -a -s "-screen 0 1280x800x24" {program} selftest --window \
      --folder "$1" --shots /{shots}/$2 --lang zh
  done
}}
must {program} selftest
must {program} selftest --safe
twice /tmp/psylite-walk {kind}
must xvfb-run -a -s "-screen 0 1280x800x24" {program} selftest --window --safe \
  --folder /tmp/psylite-walk --shots /{shots}/{kind}-safe --lang zh
{more}
if ls $TMPDIR | grep .; then echo "walk: left in the folder for temporary files" >&2; exit 1; fi
echo "walk: {name} is well"
'
"""
PORTABLE = """
rm -rf $HOME/* $HOME/.[a-z]*; touch {folder}/portable.flag
must {program} selftest
twice {folder}/PsyLiteData portable
if find $HOME -type f | grep .; then echo "walk: files at home" >&2; exit 1; fi
if find {folder}/PsyLiteData -name "*-wal" | grep .; then echo "walk: a log" >&2; exit 1; fi
must test -s {folder}/PsyLiteData/profiles/*/vault.db
rm -rf {folder}
"""
UNINSTALL = """
mkdir -p $HOME/.local/share/PsyLite; cp -r /tmp/psylite-walk/. $HOME/.local/share/PsyLite
must dpkg --purge psylite
must test ! -e /usr/lib/psylite
must test ! -e /usr/bin/psylite
must test -s $HOME/.local/share/PsyLite/profiles/*/vault.db
"""


def main() -> int:
    """Unpack, walk, bring the pictures home."""
    arguments = argparse.ArgumentParser(description="Walk through a finished bundle.")
    arguments.add_argument("archives", type=Path, nargs="+")
    arguments.add_argument("--root", type=Path, default=None)
    arguments.add_argument("--shots", type=Path, default=None)
    chosen = arguments.parse_args()
    status = 0
    for archive in chosen.archives:
        if chosen.root is not None:
            status |= _walk_in_root(archive, chosen.root, chosen.shots)
            continue
        with tempfile.TemporaryDirectory(prefix="psylite-walk-") as place:
            status |= _walk_here(archive, Path(place), chosen.shots)
    return status


def _walk_in_root(archive: Path, root: Path, shots: Path | None) -> int:
    program = _install(archive, root)
    is_package = archive.suffix == ".deb"
    more = (
        UNINSTALL if is_package else PORTABLE.format(folder=Path(program).parent, program=program)
    )
    script = SCRIPT.format(
        root=root.resolve(),
        program=program,
        shots=SHOTS,
        kind="deb" if is_package else "folder",
        more=more,
        name=archive.name,
    )
    status = subprocess.run(["unshare", "-n", "-m", "sh", "-c", script], check=False).returncode
    if shots is not None and (root / SHOTS).is_dir():
        shutil.copytree(root / SHOTS, shots, dirs_exist_ok=True)
    return status


def _install(archive: Path, root: Path) -> str:
    """Put the program into a root; returns its path there."""
    if archive.suffix == ".deb":
        copy = root / "tmp" / archive.name
        shutil.copyfile(archive, copy)
        command = ["chroot", str(root), "dpkg", "--install", f"/tmp/{archive.name}"]  # noqa: S108
        subprocess.run(command, check=True)
        copy.unlink()
        return "/usr/bin/psylite"
    place = root / "opt" / "psylite-walk"
    shutil.rmtree(place, ignore_errors=True)
    return "/" + _unpack(archive, place).relative_to(root).as_posix()


def _unpack(archive: Path, place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="tar")
    return next(place.iterdir()) / "psylite"


def _walk_here(archive: Path, place: Path, shots: Path | None) -> int:
    program = _unpack(archive, place / "program")
    pictures = ["--shots", str(shots.resolve())] if shots is not None else []
    folder = str(place / "data")
    command = [str(program), "selftest", "--window", "--folder", folder, *pictures, "--lang", "zh"]
    status = 0
    for _ in range(2):
        status = status or subprocess.run(command, check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
