"""Makes a package for Debian and Ubuntu of the bundle in dist/.

python3 installer/bundle.py && python3 installer/deb.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Make the package."""
    from installer.bundling import build, deb
    from installer.setup import prepare

    folder = build.DIST / build.name()
    if not build.program(folder).exists():
        print(f"{folder} holds no bundle. Make one: python3 installer/bundle.py")
        return 2

    def work() -> int:
        deb.make(folder)
        return 0

    return prepare.guarded(work)


if __name__ == "__main__":
    sys.exit(main())
