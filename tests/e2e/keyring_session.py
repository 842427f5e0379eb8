"""Uses the system's keyring as the window does; run as a process of its own, told what to do.

Usage: python -m tests.e2e.keyring_session ROOT. Reads orders from standard input, one a line, and
answers each with a line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.host.isolation import fence_window, keep_private
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.system_keyring import SystemKeyring
from tests.faults.shelf_steps import CHEAP

PHRASE = "a long enough phrase"
PATIENCE_S = 2.0


def _shelf(root: Path) -> ProfileShelf:
    """As after a start of the program: nothing is known of the keyring."""
    keyring = SystemKeyring(patience_s=PATIENCE_S, asked_s=2 * PATIENCE_S)
    return ProfileShelf(root, cost=lambda: CHEAP, keyring=keyring)


def _make(root: Path) -> object:
    shelf = _shelf(root)
    shelf.create(PHRASE)[1].close()
    shelf.keyring.is_there()
    return type(shelf.keyring._backend).__module__


def _allow(root: Path) -> object:
    shelf = _shelf(root)
    ProfileKeys(shelf).allow_keyring(shelf.profiles()[0], PHRASE)
    return shelf.profiles()[0].by_keyring


def _enter(root: Path) -> object:
    shelf = _shelf(root)
    shelf.unlock_with_keyring(shelf.profiles()[0]).close()
    return "open"


def _phrase(root: Path) -> object:
    shelf = _shelf(root)
    shelf.unlock(shelf.profiles()[0], PHRASE).close()
    return "open"


def _forbid(root: Path) -> object:
    shelf = _shelf(root)
    ProfileKeys(shelf).forbid_keyring(shelf.profiles()[0])
    return shelf.profiles()[0].by_keyring


def _held(_root: Path) -> object:
    """What the keyring holds, as any program of this account sees it."""
    import secretstorage

    with secretstorage.dbus_init() as bus:
        items = secretstorage.get_default_collection(bus).get_all_items()
        return [item.get_attributes()["service"] for item in items]


def _lock(_root: Path) -> object:
    import secretstorage

    with secretstorage.dbus_init() as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        return collection.is_locked()


ORDERS: dict[str, Callable[[Path], object]] = {
    "make": _make,
    "allow": _allow,
    "enter": _enter,
    "phrase": _phrase,
    "forbid": _forbid,
    "held": _held,
    "lock": _lock,
}


def main() -> None:
    keep_private()
    fence_window()
    root = Path(sys.argv[1])
    for line in sys.stdin:
        started = time.monotonic()
        try:
            answer = ORDERS[line.strip()](root)
        except VaultError as error:
            answer = error.code
        print(json.dumps([answer, time.monotonic() - started]), flush=True)


if __name__ == "__main__":
    main()
