"""Takes a finished archive or package to a bare system and walks through its window there.

    python3 installer/walk.py dist/PsyLite-….tar.gz --root /path/to/debootstrap --shots shots
    python3 installer/walk.py dist/psylite_….deb --root /path/to/debootstrap
    python3 installer/walk.py dist/PsyLite-….tar.gz

The root needs Xvfb, xauth and what every desktop has (README, "Bundle"); Python, compilers and a
network it needs not: the walk happens in a namespace without interfaces. It makes a profile, talks
in Chinese, sees the crisis card, checks in, quits, starts again and finds it all. Needs root
rights when a root is named.
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
chroot {root} /bin/sh -c '
export HOME=/tmp/psylite-home LANG=zh_CN.UTF-8 PATH=/usr/bin:/bin
rm -rf /tmp/psylite-home /tmp/psylite-walk /tmp/psylite-shots; mkdir -p /tmp/psylite-home
{program} selftest
for start in 1 2; do
  xvfb-run -a -s "-screen 0 1280x800x24" {program} selftest --window \
    --folder /tmp/psylite-walk --shots /tmp/psylite-shots --lang zh
done
'
"""


def main() -> int:
    """Unpack, walk, bring the pictures home."""
    arguments = argparse.ArgumentParser(description="Walk through a finished bundle.")
    arguments.add_argument("archive", type=Path)
    arguments.add_argument("--root", type=Path, default=None)
    arguments.add_argument("--shots", type=Path, default=None)
    chosen = arguments.parse_args()
    if chosen.root is None:
        with tempfile.TemporaryDirectory(prefix="psylite-walk-") as place:
            return _walk_here(chosen.archive, Path(place), chosen.shots)
    program = _install(chosen.archive, chosen.root)
    script = SCRIPT.format(root=chosen.root.resolve(), program=program)
    status = subprocess.run(["unshare", "-n", "-m", "sh", "-c", script], check=False).returncode
    if chosen.shots is not None and (chosen.root / SHOTS).is_dir():
        shutil.copytree(chosen.root / SHOTS, chosen.shots, dirs_exist_ok=True)
    return status


def _install(archive: Path, root: Path) -> str:
    """Put the program into a root; returns its path there."""
    if archive.suffix == ".deb":
        shutil.copyfile(archive, root / "tmp" / archive.name)
        command = ["chroot", str(root), "dpkg", "--install", f"/tmp/{archive.name}"]  # noqa: S108
        subprocess.run(command, check=True)
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
