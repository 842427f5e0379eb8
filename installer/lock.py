"""Makes the hash-pinned locks in installer/requirements anew.

    python3 installer/lock.py              keeps the versions that still fit
    python3 installer/lock.py --upgrade    takes the newest ones

The locks name packages, versions and hashes, and no addresses: where packages
come from is the business of each machine's configuration.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Make every lock."""
    from installer.oldest_python import require

    require()
    from installer.setup import locks, prepare

    arguments = argparse.ArgumentParser(description="Make the hash-pinned locks anew.")
    arguments.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = arguments.parse_args().upgrade

    def work() -> int:
        with tempfile.TemporaryDirectory(prefix="psylite-lock-") as folder:
            locks.make_all(Path(folder), upgrade=upgrade)
        return 0

    return prepare.guarded(work)


if __name__ == "__main__":
    sys.exit(main())
