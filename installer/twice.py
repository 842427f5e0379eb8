"""Builds the bundle twice and compares: two builds of one commit are the same, byte for byte.

    python3 installer/twice.py [--against FOLDER]

With --against, the bundle in dist/ is compared with one that was made before or elsewhere, and
nothing is built. Lists the files that differ; status 1 where there are any.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Build twice, compare."""
    from installer.bundling import build, compare
    from installer.setup import prepare

    arguments = argparse.ArgumentParser(description="Compare two builds.")
    arguments.add_argument("--against", type=Path, default=None)
    chosen = arguments.parse_args()
    made = build.DIST / build.name()

    def work() -> int:
        if chosen.against is not None:
            return report(compare.differences(chosen.against, made))
        build.make(archived=False, checked=False)
        with tempfile.TemporaryDirectory(prefix="first-", dir=build.DIST) as place:
            first = Path(place, made.name)
            shutil.move(made, first)
            build.make(archived=False, checked=False)
            return report(compare.differences(first, made))

    def report(lines: list[str]) -> int:
        print("\n".join(lines) or "both builds are the same, byte for byte")
        return 1 if lines else 0

    return prepare.guarded(work)


if __name__ == "__main__":
    sys.exit(main())
