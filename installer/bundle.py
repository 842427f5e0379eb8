"""Makes PsyLite Desktop for machines with nothing installed.

    python3 installer/bundle.py [--folder-only] [--no-check]

Leaves in dist/ a folder that runs where it stands, and an archive of it. Needs Python, and the
network for the locked packages unless they are in the cache.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Make the bundle, and try it."""
    from installer.oldest_python import require

    require()
    from installer.bundling import build
    from installer.setup import prepare

    arguments = argparse.ArgumentParser(description="Make the bundle.")
    arguments.add_argument("--folder-only", action="store_true", help="make no archive")
    arguments.add_argument("--no-check", action="store_true", help="neither scan nor self test")
    chosen = arguments.parse_args()
    return prepare.guarded(
        lambda: build.make(archived=not chosen.folder_only, checked=not chosen.no_check)
    )


if __name__ == "__main__":
    sys.exit(main())
