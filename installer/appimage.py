"""Makes an AppImage of the bundle in dist/, with a runtime that you bring.

    python3 installer/appimage.py --runtime runtime-x86_64 [FOLDER]

An AppImage is a small program, the runtime, followed by a file system with the bundle. The runtime
is published by the AppImage project (AppImage/type2-runtime, one file a processor) and is in no
package registry, so it is not fetched here: take the static one, which needs no libfuse2 on the
other machine. Needs mksquashfs (Debian: squashfs-tools).
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Make it."""
    from installer.bundling import appimage, build
    from installer.setup import prepare

    arguments = argparse.ArgumentParser(description="Make an AppImage.")
    arguments.add_argument("folder", type=Path, nargs="?", default=build.DIST / build.name())
    arguments.add_argument("--runtime", type=Path, required=True)
    chosen = arguments.parse_args()
    if not build.program(chosen.folder).exists():
        print(f"{chosen.folder} holds no bundle. Make one: python3 installer/bundle.py")
        return 2

    def work() -> int:
        appimage.make(chosen.folder.resolve(), chosen.runtime)
        return 0

    return prepare.guarded(work)


if __name__ == "__main__":
    sys.exit(main())
