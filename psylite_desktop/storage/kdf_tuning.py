"""How costly a passphrase's derivation shall be on this machine.

Source: RFC 9106, section 4, for the floor; privacy research, section 3, for the aim.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from psylite_desktop.storage.keyslots import KdfCost

AIM_S = 0.8
"""Between 0.7 and 1.0 s: felt as a moment, and each guess costs a stranger as much."""
TINY_FREE_MIB = 1024
"""With less free memory than this the floor would push the machine into swapping."""
TINY_COST = KdfCost(memory_kib=19 * 1024, passes=2, lanes=1)
"""The minimum of OWASP's cheat sheet."""
MOST_PASSES = 20


class RunCost:
    """The cost for this run of the program: measured once, when it is first asked for."""

    def __init__(self, tuned: Callable[[], KdfCost] | None = None) -> None:
        """`tuned` measures; by default this machine with the memory that is free now."""
        self._tuned = tuned or _tuned_here
        self._lock = threading.Lock()
        self._cost: KdfCost | None = None

    def __call__(self) -> KdfCost:
        """Return the cost; the first call takes about half a second."""
        with self._lock:
            if self._cost is None:
                self._cost = self._tuned()
            return self._cost


def is_thrifty(cost: KdfCost) -> bool:
    """Whether a derivation was kept small because there was little memory."""
    return cost.memory_kib < KdfCost().memory_kib


def _tuned_here() -> KdfCost:
    import psutil

    return tuned_cost(free_mib=psutil.virtual_memory().available / 2**20)


def tuned_cost(*, free_mib: float, derive_s: Callable[[KdfCost], float] | None = None) -> KdfCost:
    """Raise the passes over the floor until a derivation takes about `AIM_S` seconds.

    `free_mib` is the memory that is free now, in MiB; `derive_s` measures one derivation.
    """
    if free_mib < TINY_FREE_MIB:
        return TINY_COST
    floor = KdfCost()
    # The time grows with the passes, so one measurement tells; the first one warms up.
    measure = derive_s or _measured
    measure(replace(floor, passes=1))
    per_pass_s = measure(floor) / floor.passes
    passes = round(AIM_S / per_pass_s) if per_pass_s > 0 else MOST_PASSES
    return replace(floor, passes=min(MOST_PASSES, max(floor.passes, passes)))


def _measured(cost: KdfCost) -> float:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derivation = Argon2id(
        salt=bytes(16),
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    start = time.perf_counter()
    derivation.derive(b"how long does it take")
    return time.perf_counter() - start
