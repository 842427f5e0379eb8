"""The C and C++ compiler that llama.cpp is built with."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from installer.setup.apt import Apt
from installer.setup.console import SetupError
from installer.setup.programs import output_of

PACKAGES = ("gcc", "g++")


def require(apt: Apt) -> None:
    """Find a compiler, or install one where we may.

    Raises:
        SetupError: There is none; says which package to install.
    """
    if is_here() or (apt.install(PACKAGES, why="building llama.cpp") and is_here()):
        return
    raise SetupError("llama.cpp has to be built once and no C++ compiler was found.", remedy(apt))


def is_here() -> bool:
    """Whether a compiler for C and one for C++ can be found."""
    if sys.platform == "win32":
        # CMake finds Visual Studio by itself, outside PATH.
        return shutil.which("cl") is not None or bool(_visual_studio())
    c_compilers = (os.environ.get("CC", ""), "cc", "gcc", "clang")
    cxx_compilers = (os.environ.get("CXX", ""), "c++", "g++", "clang++")
    return _any(c_compilers) and _any(cxx_compilers)


def remedy(apt: Apt) -> str:
    """The one thing to do for a compiler on this system."""
    if apt.is_here:
        return apt.line(PACKAGES)
    if sys.platform == "darwin":
        return "xcode-select --install"
    if sys.platform == "win32":
        return (
            "winget install Microsoft.VisualStudio.2022.BuildTools --override "
            '"--passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"'
        )
    for manager, line in (
        ("dnf", "sudo dnf install gcc gcc-c++"),
        ("zypper", "sudo zypper install gcc gcc-c++"),
        ("pacman", "sudo pacman -S --needed gcc"),
    ):
        if shutil.which(manager):
            return line
    return "Install gcc and g++ (or clang) with the package manager of your system."


def _any(names: tuple[str, ...]) -> bool:
    return any(name and shutil.which(name.split()[0]) for name in names)


def _visual_studio() -> str:
    base = Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)"))
    finder = base / "Microsoft Visual Studio" / "Installer" / "vswhere.exe"
    workload = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    if sys.platform == "win32" and finder.exists():
        query = [
            "-latest",
            "-products",
            "*",
            "-requires",
            workload,
            "-property",
            "installationPath",
        ]
        return output_of([finder, *query]).strip()
    return ""
