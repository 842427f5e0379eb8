"""The system's own keyring: a slot's secret for one computer account, never asked for unasked.

`keyring.get_keyring()` takes any module that an environment variable or a file in the home folder
names and would hand it the secret. So the known backends are imported by name and nothing else.
Source: privacy research, section 3.
"""

from __future__ import annotations

import importlib
import logging
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

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


PATIENCE_S = 8.0
"""How long a keyring may take to tell a secret, where somebody waits for the passphrase field."""
ASKED_S = 60.0
"""How long it may take where somebody asked for it, and may have to answer the keyring first."""

T = TypeVar("T")


class SystemKeyring:
    """Reads and writes random secrets under the id of a vault. Never raises: it is a comfort.

    Never waits for ever either: a service that does not answer holds up a thread that is left
    behind, and counts as a keyring that is not there.
    """

    def __init__(
        self,
        backend: Any = None,
        *,
        is_allowed: bool = True,
        patience_s: float = PATIENCE_S,
        asked_s: float = ASKED_S,
    ) -> None:
        """`backend` has the methods of keyring's `KeyringBackend`; by default the system's.

        Where it is not allowed (on a stick, which meets many computers) it is never asked.
        """
        self.is_allowed = is_allowed
        self._backend = backend if is_allowed else None
        self._is_looked_up = backend is not None or not is_allowed
        self._patience_s = patience_s
        self._asked_s = asked_s

    def is_there(self) -> bool:
        """Whether there is a keyring that can be used now."""
        return self._asked("find", self._found, self._patience_s) is not None

    def read(self, vault: str) -> bytes | None:
        """The secret of a vault; None where it cannot be had."""
        return self._asked("read", lambda: self._read(vault), self._patience_s)

    def write(self, vault: str, secret: bytes) -> bool:
        """Keep a secret; whether it could be read back."""

        def write() -> bool:
            self._found().set_password(_SERVICE, vault, secret.hex())
            return self._read(vault) == secret

        return bool(self._asked("write", write, self._asked_s))

    def forget(self, vault: str) -> None:
        """Remove the secret of a vault; without its slot it opens nothing, so it may stay too."""
        self._asked(
            "forget", lambda: self._found().delete_password(_SERVICE, vault), self._patience_s
        )

    def _read(self, vault: str) -> bytes | None:
        value = self._found().get_password(_SERVICE, vault)
        return bytes.fromhex(value) if value else None

    def _asked(self, what: str, ask: Callable[[], T], patience_s: float) -> T | None:
        """What the keyring answered; None where it failed or took too long.

        Whatever goes wrong, the passphrase is asked for.
        """
        if self._is_looked_up and self._backend is None:
            return None
        answers: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put(ask())
            except Exception as error:  # noqa: BLE001 - backends raise anything
                answers.put(error)

        threading.Thread(target=work, name=f"keyring-{what}", daemon=True).start()
        try:
            answer = answers.get(timeout=patience_s)
        except queue.Empty:
            answer = TimeoutError()
        if isinstance(answer, Exception):
            _note(what, answer)
            return None
        return answer

    def _found(self) -> Any:
        if not self._is_looked_up:
            self._backend = _first_that_works()
            self._is_looked_up = True
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
