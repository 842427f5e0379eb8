"""Operations on disks with little room left: `python -m tests.faults.full_disk`.

Reads a JSON object from standard input: `root` and `profile`, `history` (see `cases.Prepared`),
`scratch`, `names`, `kib` and `how` ("mount" or "limit"). With "mount" it runs in a name space of
its own and works on a small tmpfs; with "limit" the system refuses to make files longer. Writes
a JSON line of counts for each case, and ends with an error where something is lost.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from tests.faults.cases import REFUSALS, Case, Prepared, cases
from tests.faults.outcome import Outcome
from tests.faults.subject import Subject

DISK_KIB = 8 * 1024


class SmallDisk:
    """A tmpfs that can be filled to the last page."""

    def __init__(self, folder: Path) -> None:
        """Mount it on an empty folder."""
        self.folder = folder
        options = f"size={DISK_KIB}k,mode=0700"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)

    @contextlib.contextmanager
    def room(self, kib: int) -> Iterator[None]:
        """Leave this much room."""
        filler = self.folder / "filler"
        facts = os.statvfs(self.folder)
        taken = facts.f_bavail * facts.f_frsize - kib * 1024
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, taken)
        try:
            yield
        finally:
            filler.unlink()


class LimitedFiles:
    """Where nothing can be mounted: no file may become longer than the longest one and so much."""

    def __init__(self, folder: Path) -> None:
        """Work in a folder of any disk."""
        import signal

        self.folder = folder
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    @contextlib.contextmanager
    def room(self, kib: int) -> Iterator[None]:
        """Leave this much room."""
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        sizes = [path.stat().st_size for path in self.folder.rglob("*") if path.is_file()]
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes, default=0) + kib * 1024, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def run_case(case: Case, disk: SmallDisk | LimitedFiles, kib: int) -> dict[str, int]:
    """Do one case with so much room; judge it on the full disk and with room again."""
    outcome = Outcome()
    order = case.order()
    with contextlib.ExitStack() as filled:

        def fill() -> None:
            if not outcome.barriers:
                filled.enter_context(disk.room(kib))
            outcome.barriers += 1

        Subject(order, tell=outcome.hear, wait=fill).live()
        for said in outcome.tries.values():
            assert said["state"] != "failed", said
            assert said.get("code") in {None, *REFUSALS}, said
        counts = {"cases": 1, f"operations {outcome.first['state']}": 1}
        try:
            case.judge(outcome)
        except VaultError as error:
            # Nothing can be brought to a newer schema here; it waits until there is room.
            if order["action"] != "open" or error.code not in REFUSALS:
                raise
            counts["old vaults that wait for room"] = 1
    case.judge(outcome)
    return counts


def main() -> None:
    order = json.loads(sys.stdin.read())
    profile = Profile(folder=order["profile"], label=order["label"])
    prepared = Prepared(Path(order["root"]), profile, order["history"])
    folder = Path(order["scratch"])
    disk = SmallDisk(folder) if order["how"] == "mount" else LimitedFiles(folder)
    for name in order["names"]:
        case = next(cases(prepared, folder / "profiles", name))
        for kib in order["kib"]:
            try:
                counts = run_case(case, disk, kib)
            except BaseException as error:
                error.add_note(f"{name} with {kib} KiB")
                raise
            print(json.dumps(counts), flush=True)


if __name__ == "__main__":
    main()
