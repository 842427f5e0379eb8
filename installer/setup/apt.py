"""Debian's and Ubuntu's package manager: used when we may, else the line to type."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from installer.setup.console import say, warn
from installer.setup.programs import clean_environment, output_of, succeeds

LISTS = Path("/var/lib/apt/lists")


class Apt:
    """Installs system packages, at most one `apt-get update` in its life."""

    def __init__(self) -> None:
        self._is_updated = False

    @property
    def is_here(self) -> bool:
        """Whether this is a system with apt."""
        return sys.platform.startswith("linux") and shutil.which("apt-get") is not None

    @property
    def is_allowed(self) -> bool:
        """Whether we may install: only root may, and nobody is asked for a password."""
        return self.is_here and hasattr(os, "geteuid") and os.geteuid() == 0

    def line(self, packages: Sequence[str]) -> str:
        """The one line to type."""
        return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"

    def install(self, packages: Sequence[str], *, why: str) -> bool:
        """Install packages where that is possible.

        Args:
            packages: Names in Debian's archive.
            why: What needs them, for the person who watches.

        Returns:
            Whether they are installed now.
        """
        if not self.is_allowed:
            return False
        say(f"  installing for {why}: {' '.join(packages)}")
        env = clean_environment(DEBIAN_FRONTEND="noninteractive")
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
        if not self._are_known(packages):
            self._update(env)
        complaint = succeeds(command, env=env)
        if complaint and not self._is_updated:
            # Old lists name files that the archive no longer holds.
            self._update(env)
            complaint = succeeds(command, env=env)
        if complaint:
            warn(f"apt-get could not install them:\n{complaint}")
        return not complaint

    def _are_known(self, packages: Sequence[str]) -> bool:
        if not LISTS.is_dir() or not any(LISTS.glob("*Packages*")):
            return False
        return all("Candidate: (none)" not in _policy(name) for name in packages)

    def _update(self, env: dict[str, str]) -> None:
        self._is_updated = True
        complaint = succeeds(["apt-get", "update", "-q"], env=env)
        if complaint:
            warn(f"apt-get update failed:\n{complaint}")


def _policy(name: str) -> str:
    return output_of(["apt-cache", "policy", name]) or "Candidate: (none)"
