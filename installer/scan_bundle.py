"""Looks through a finished bundle: no network, nothing missing, what fills it.

python3 installer/scan_bundle.py [FOLDER]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Scan the folder that is named, or the one that installer/bundle.py made."""
    from installer.bundling import build, scan

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else build.DIST / build.name()
    if not build.program(folder).exists():
        print(f"{folder} holds no bundle. Make one: python3 installer/bundle.py")
        return 2
    report = scan.scan(folder)
    print(scan.table(report))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
