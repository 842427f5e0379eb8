"""System libraries that Qt is linked against and that no Python package brings.

The list is not guessed: the loader itself is asked what it cannot find for the
Qt libraries and plugins in this environment.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from installer.setup.apt import Apt
from installer.setup.console import SetupError, warn
from installer.setup.layout import Environment
from installer.setup.programs import output_of

# What our widgets load. The other plugins of the wheel need more libraries and are not used.
LIBRARIES = ("Core", "Gui", "Widgets", "Svg", "DBus", "PrintSupport", "Test", "XcbQpa")
PLUGIN_FOLDERS = ("iconengines", "imageformats", "platforminputcontexts", "platforms")
UNUSED_PLUGINS = (
    "qeglfs",
    "qlinuxfb",
    "qminimal",
    "qvkkhrdisplay",
    "qvnc",
    "qwayland",
    "qtvirtualkeyboard",
)
MISSING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)

# The package of Debian and Ubuntu that holds a library.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrender.so.1": "libxrender1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgbm.so.1": "libgbm1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


def ensure(env: Environment, apt: Apt, *, required: bool) -> bool:
    """Find out what Qt misses, and install it where we may.

    Args:
        env: The environment with PySide6 in it.
        apt: Debian's package manager.
        required: Whether nothing works without Qt, as in the tests.

    Returns:
        Whether Qt has all it needs.

    Raises:
        SetupError: Something is missing and required.
    """
    absent = missing(env)
    if not absent:
        return True
    packages = packages_of(absent)
    if packages and apt.install(packages, why="the window"):
        absent = missing(env)
        if not absent:
            return True
    reason = f"Qt needs system libraries that are not here: {', '.join(absent)}"
    if required:
        raise SetupError(reason, remedy(apt, absent))
    warn(reason, remedy(apt, absent))
    return False


def missing(env: Environment) -> list[str]:
    """Names of the libraries that the loader does not find, sorted."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return []
    files = list(qt_files(env))
    return not_found(output_of(["ldd", *files])) if files else []


def qt_files(env: Environment) -> Iterable[Path]:
    """The Qt libraries and plugins that our window loads."""
    for qt in sorted(env.folder.glob("lib*/python*/site-packages/PySide6/Qt")):
        for name in LIBRARIES:
            yield from sorted((qt / "lib").glob(f"libQt6{name}.so.6"))
        for folder in PLUGIN_FOLDERS:
            for plugin in sorted((qt / "plugins" / folder).glob("*.so")):
                if not plugin.stem.removeprefix("lib").startswith(UNUSED_PLUGINS):
                    yield plugin


def not_found(listing: str) -> list[str]:
    """The libraries marked as not found in what ldd wrote."""
    # A library of Qt itself is missed only by plugins of modules that are not installed.
    return sorted({name for name in MISSING.findall(listing) if not name.startswith("libQt6")})


def packages_of(libraries: Sequence[str]) -> list[str]:
    """Debian's packages for these libraries, those that are known."""
    return sorted({PACKAGES[name] for name in libraries if name in PACKAGES})


def remedy(apt: Apt, libraries: Sequence[str]) -> str:
    """The one line to type for these libraries on this system."""
    if apt.is_here:
        return apt.line(packages_of(libraries))
    wanted = " ".join(f"'{name}()(64bit)'" for name in libraries)
    for manager in ("dnf", "zypper"):
        if shutil.which(manager):
            return f"sudo {manager} install {wanted}"
    return "Install the packages of your system that hold these files."
