"""keyring: the one backend of this system, found by name and not by entry points."""

import sys

from PyInstaller.utils.hooks import copy_metadata

_BACKENDS = {
    "win32": ["keyring.backends.Windows"],
    "darwin": ["keyring.backends.macOS", "keyring.backends.macOS.api"],
}
# Its list of backends is read from its own metadata.
datas = copy_metadata("keyring")
hiddenimports = [
    *_BACKENDS.get(sys.platform, ["keyring.backends.SecretService"]),
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.null",
]
