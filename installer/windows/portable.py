r"""Packs the Windows bundle as a zip that keeps its data beside itself.

    python installer\bundle.py && python installer\windows\portable.py

The file `portable.flag` in the folder makes it so. Not run by us on Windows so far.
"""

import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main() -> int:
    """Make the zip."""
    from installer.bundling import build, freeze

    folder = build.DIST / build.name()
    if not build.program(folder).exists():
        print(f"{folder} holds no bundle. Make one: python installer/bundle.py")
        return 2
    day = _moment(freeze.commit_time())
    target = build.DIST / f"{folder.name}-portable.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"PsyLite/{path.relative_to(folder).as_posix()}", day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (path.stat().st_mode & 0o777) << 16
            packed.writestr(entry, path.read_bytes())
        packed.writestr(zipfile.ZipInfo("PsyLite/portable.flag", day), b"")
    print(f"{target.stat().st_size / 1e6:.0f} MB in {target}")
    return 0


def _moment(epoch: int) -> tuple[int, int, int, int, int, int]:
    from datetime import UTC, datetime

    moment = datetime.fromtimestamp(epoch, UTC)
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


if __name__ == "__main__":
    sys.exit(main())
