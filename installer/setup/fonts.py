"""Fonts: without one for Chinese and one for emoji, the window shows empty boxes."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from installer.setup.apt import Apt
from installer.setup.console import warn
from installer.setup.programs import output_of

FONT_FILES = {".ttf", ".ttc", ".otf", ".otc"}


@dataclass(frozen=True)
class Script:
    """A kind of writing that needs a font.

    Attributes:
        name: What people call it.
        language: How fontconfig asks for it.
        files: What such a font's file is called, where fontconfig is not installed.
        package: The package of Debian and Ubuntu.
    """

    name: str
    language: str
    files: str
    package: str


SCRIPTS = (
    Script(
        name="Chinese",
        language="zh-cn",
        files=r"cjk|hansans|hanserif|wqy|droidsansfallback|uming|ukai|simsun|msyh|harmonyos",
        package="fonts-noto-cjk",
    ),
    Script(
        name="emoji",
        language="und-zsye",
        files=r"emoji",
        package="fonts-noto-color-emoji",
    ),
)


def ensure(apt: Apt) -> None:
    """Look for the fonts, install them where we may; never stops an installation."""
    if not sys.platform.startswith("linux"):
        # Windows and macOS come with both.
        return
    absent = [script for script in SCRIPTS if not has(script)]
    packages = [script.package for script in absent]
    if not absent or apt.install(packages, why="text in the window"):
        return
    names = " and ".join(script.name for script in absent)
    remedy = apt.line(packages) if apt.is_here else f"Install Noto fonts for {names}."
    warn(f"No font for {names} was found; the window would show boxes.", remedy)


def has(script: Script) -> bool:
    """Whether a font for this kind of writing is installed."""
    if output_of(["fc-list", f":lang={script.language}", "file"]).strip():
        return True
    pattern = re.compile(script.files, re.IGNORECASE)
    return any(pattern.search(path.name) for path in font_files())


def font_files() -> list[Path]:
    """All font files in the folders where fontconfig looks."""
    data_home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    personal = (Path(data_home, "fonts"), Path.home() / ".fonts")
    return [
        path
        for folder in (*folders, *personal)
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.suffix.lower() in FONT_FILES
    ]
