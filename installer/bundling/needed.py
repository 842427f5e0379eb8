"""Which libraries of the system are still needed once plugins were left out.

PyInstaller follows every plugin's libraries before we can say which plugins we want; GTK, CUPS and
their families would stay behind, loaded by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""PyInstaller's: place in the bundle, file it comes from, kind."""


def without_orphans(
    entries: Iterable[Entry], linked: Callable[[str], Iterable[str]], packages: str
) -> list[Entry]:
    """Leave out libraries that nothing links against.

    Args:
        entries: What PyInstaller found.
        linked: Names of the libraries that a file is linked against.
        packages: The folder with installed packages: what comes from there was asked for.
    """
    known = list(entries)
    by_name = {PurePath(entry[0]).name: entry for entry in known if entry[2] != "SYMLINK"}
    waiting = [entry for entry in known if _is_root(entry, packages)]
    reached = {place for place, _, _ in waiting}
    while waiting:
        for name in linked(waiting.pop()[1]):
            entry = by_name.get(name)
            if entry is not None and entry[0] not in reached:
                reached.add(entry[0])
                waiting.append(entry)
    kept = {PurePath(place).name for place in reached}
    return [entry for entry in known if entry[0] in reached or _is_link(entry, kept)]


def _is_link(entry: Entry, kept: set[str]) -> bool:
    """A second name at the top for a library in a package's own folder."""
    return entry[2] == "SYMLINK" and PurePath(entry[0]).name in kept


def _is_root(entry: Entry, packages: str) -> bool:
    place, source, kind = entry
    if kind == "SYMLINK":
        return False
    return kind == "EXTENSION" or source.startswith(packages) or "libpython" in place
