"""The system's own keyring: a slot's secret for one computer account, never asked for unasked.

`keyring.get_keyring()` takes any module that an environment variable or a file in the home folder
names and would hand it the secret. So the known backends are imported by name and nothing else.
Source: privacy research, section 3.
"""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Any

logger = logging.getLogger(__name__)

_SERVICE = "PsyLite"

_BACKENDS: dict[str, tuple[tuple[str, str], ...]] = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ),
}


class SystemKeyring:
    """Reads and writes random secrets under the id of a vault. Never raises: it is a comfort."""

    def __init__(self, backend: Any = None, *, is_allowed: bool = True) -> None:
        """`backend` has the methods of keyring's `KeyringBackend`; by default the system's.

        Where it is not allowed (on a stick, which meets many computers) it is never asked.
        """
        self.is_allowed = is_allowed
        self._backend = backend if is_allowed else None
        self._is_looked_up = backend is not None or not is_allowed

    def is_there(self) -> bool:
        """Whether there is a keyring that can be used now."""
        return self._found() is not None

    def read(self, vault: str) -> bytes | None:
        """The secret of a vault; None where it cannot be had."""
        try:
            value = self._found().get_password(_SERVICE, vault)
            return bytes.fromhex(value) if value else None
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the passphrase is asked for
            _note("read", error)
            return None

    def write(self, vault: str, secret: bytes) -> bool:
        """Keep a secret; whether it could be read back."""
        try:
            self._found().set_password(_SERVICE, vault, secret.hex())
        except Exception as error:  # noqa: BLE001 - the caller says that it did not work
            _note("write", error)
            return False
        return self.read(vault) == secret

    def forget(self, vault: str) -> None:
        """Remove the secret of a vault; a missing one is fine."""
        try:
            self._found().delete_password(_SERVICE, vault)
        except Exception as error:  # noqa: BLE001 - without its slot the secret opens nothing
            _note("forget", error)

    def _found(self) -> Any:
        if not self._is_looked_up:
            self._is_looked_up = True
            self._backend = _first_that_works()
        return self._backend


def _first_that_works() -> Any:
    for module, name in _BACKENDS.get(sys.platform, ()):
        try:
            backend = getattr(importlib.import_module(module), name)
            if backend.priority <= 0:
                continue
            made = backend()
            if hasattr(made, "persist"):
                made.persist = "local machine"  # never roams with the account (Windows)
        except Exception as error:  # noqa: BLE001 - a backend that is not there raises anything
            _note("backend", error)
            continue
        return made
    return None


def _note(what: str, error: Exception) -> None:
    logger.info("keyring_%s_failed kind=%s", what, type(error).__name__)
