"""Makes the .psyvault files that the upgrade tests keep: `python -m tests.upgrade.make_psyvault`.

Run once for each version of that layout, and never again for the same one.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from psylite_desktop.domain.backup import Progress
from psylite_desktop.storage.rescue import RescueShelf
from tests.upgrade.make_vault import CHEAP, PASSPHRASE, fill

OWN = "another phrase 另一个"
HERE = Path(__file__).parent / "psyvault_001"


def main() -> None:
    """Write one file with the vault's own secrets and one with a passphrase of its own."""
    HERE.mkdir()
    with tempfile.TemporaryDirectory() as temporary:
        shelf = RescueShelf(Path(temporary))
        new, vault = shelf.create(PASSPHRASE, label="teal-1", cost=CHEAP)
        fill(vault)
        for name, own in (("same", None), ("own", OWN)):
            path = Path(temporary) / f"{name}.psyvault"
            vault.backups.export(path, PASSPHRASE, own=own, progress=Progress())
            shutil.copy(path, HERE / path.name)
        vault.close()
        (HERE / "recovery_code.txt").write_text(new.recovery_code + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
