"""What can be done to the copies and to the keys of a profile, one function a kind.

A new kind is a function here, a line in `COPY_STEPS` and what must hold after it in `copy_cases`.
"""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.storage import profile_keys
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.rescue import RescueShelf
from tests.faults.operations import PHRASES
from tests.faults.outcome import Order
from tests.faults.shelf_steps import CHEAP, Place

EXPORTED = "kept.psyvault"
DAY = "2026-02-02"


def _shelf(place: Place) -> RescueShelf:
    return RescueShelf(place.root, cost=lambda: CHEAP, journal=place.journal)


def _backup(place: Place, _order: Order) -> str:
    vault = place.vault or place.unlock()
    return vault.backups.make(BackupKind.AUTO, now=2.0, day=DAY, progress=Progress()).name


def _export(place: Place, _order: Order) -> str:
    vault = place.vault or place.unlock()
    target = place.root / EXPORTED
    vault.backups.export(target, PHRASES[0], own=None, progress=Progress())
    return EXPORTED


def _restore(place: Place, order: Order) -> str:
    _shelf(place).restore(place.profile, order["backup"], PHRASES[0], Progress())
    return ""


def _replace_with_file(place: Place, _order: Order) -> str:
    file = place.root / EXPORTED
    _shelf(place).replace_with_file(place.profile, file, PHRASES[0], Progress())
    return ""


def _restore_as_new(place: Place, order: Order) -> str:
    shelf = _shelf(place)
    return shelf.restore_as_new(place.profile, order["backup"], PHRASES[0], Progress()).folder


def _import(place: Place, _order: Order) -> str:
    return _shelf(place).import_file(place.root / EXPORTED, PHRASES[0], Progress()).folder


def _salvage(place: Place, _order: Order) -> str:
    return _shelf(place).salvage(place.profile, PHRASES[0], Progress()).profile.folder


def _mend_header(place: Place, _order: Order) -> str:
    _shelf(place).mend_header(place.profile, PHRASES[0])
    return ""


def _key(place: Place, order: Order) -> str:
    with mock.patch.object(profile_keys, "new_recovery_code", return_value=order["code"]):
        return ProfileKeys(_shelf(place)).replace_key(place.profile, *PHRASES)


def _code(place: Place, order: Order) -> str:
    ProfileKeys(_shelf(place)).use_recovery_code(place.profile, PHRASES[0], order["code"])
    return ""


def _phrase(place: Place, _order: Order) -> str:
    _shelf(place).change_passphrase(place.profile, *PHRASES, cost=CHEAP)
    return ""


COPY_STEPS: dict[str, Callable[[Place, Order], str]] = {
    "backup": _backup,
    "export": _export,
    "restore": _restore,
    "replace_with_file": _replace_with_file,
    "restore_as_new": _restore_as_new,
    "import": _import,
    "salvage": _salvage,
    "mend_header": _mend_header,
    "key": _key,
    "code": _code,
    "phrase_with_copies": _phrase,
}
"""Each returns the name of what it made, where it made something that has one."""

OPEN = frozenset({"backup", "export"})
"""Those that are done to an open vault; the others to a closed one."""
