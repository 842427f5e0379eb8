"""The keys of a profile on the shelf: a new recovery code, another key, the system's keyring."""

from __future__ import annotations

import contextlib
import secrets

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file, keyslots, profile_folder
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.passphrase import check_passphrase
from psylite_desktop.storage.profiles import ProfileShelf, renew_copies
from psylite_desktop.storage.recovery_code import new_recovery_code

_KEYRING_BYTES = 32


class ProfileKeys:
    """What can be changed about how a profile opens. Methods raise VaultError."""

    def __init__(self, shelf: ProfileShelf) -> None:
        self._shelf = shelf

    def drawn_code(self) -> str:
        """A recovery code to be written down first: it opens nothing yet."""
        return new_recovery_code()

    def use_recovery_code(self, profile: Profile, secret: str, code: str) -> None:
        """Have a drawn code open a profile; the old one opens nothing any more.

        Nobody may be left with an old code that is void and a new one that was never read, so
        it comes here only once it was typed back. Raises as `unlock`.
        """
        folder = self._shelf.folder_of(profile)
        with self._shelf.guarded():
            profile_folder.replace_recovery(folder, secret, code)
            renew_copies(folder)

    def replace_key(self, profile: Profile, secret: str, passphrase: str) -> str:
        """Encrypt a closed profile anew with another key and return its new recovery code.

        `secret` opens it now, `passphrase` afterwards; both may be the same. For a key that may
        have leaked: copies of the old file do not open with what is made now, and the system's
        keyring is forgotten. Raises as `unlock`, and as `check_passphrase`.
        """
        check_passphrase(passphrase)
        code = new_recovery_code()
        lock = self._shelf.lock_of(profile)
        try:
            with self._shelf.guarded():
                profile_folder.replace_key(
                    self._shelf.folder_of(profile),
                    secret,
                    passphrase=passphrase,
                    recovery=code,
                    cost=self._shelf.cost(),
                    journal=self._shelf.journal,
                )
        finally:
            lock.release()
        # Its slot went with the old key: what the keyring still holds opens nothing.
        with contextlib.suppress(VaultError):
            self.forbid_keyring(profile)
        return code

    def check(self, profile: Profile, secret: str) -> None:
        """Prove that a passphrase or a recovery code opens a profile. Raises as `unlock`."""
        self._shelf.refuse_for_nobody(profile, secret)
        with self._shelf.guarded():
            header = header_file.read(self._shelf.folder_of(profile))
        keyslots.wipe(keyslots.unwrapped(header, secret))

    def cost_of(self, profile: Profile) -> KdfCost:
        """What one guess at the passphrase costs. Raises as `profiles`."""
        return keyslots.cost_of(header_file.peeked(self._shelf.folder_of(profile)))

    def may_use_keyring(self, profile: Profile) -> bool:
        """Whether the system's keyring opens this profile. Raises as `profiles`."""
        return keyslots.has_keyring(header_file.peeked(self._shelf.folder_of(profile)))

    def has_keyring(self) -> bool:
        """Whether this computer has a keyring that can be trusted with a secret."""
        return self._shelf.keyring.is_there()

    def allow_keyring(self, profile: Profile, secret: str) -> None:
        """Let the system's keyring open the profile for this computer account.

        It holds a random secret of its own, neither the passphrase nor the key. Raises VaultError
        keyring_unavailable where there is no keyring, and as `unlock`.
        """
        random_secret = secrets.token_bytes(_KEYRING_BYTES)
        with self._shelf.guarded():
            folder = self._shelf.folder_of(profile)
            if not self._shelf.keyring.write(header_file.read(folder).vault, random_secret):
                raise VaultError("keyring_unavailable")
            profile_folder.allow_keyring(folder, secret, random_secret=random_secret)

    def forbid_keyring(self, profile: Profile) -> None:
        """Take the profile out of the system's keyring. Raises as `profiles`."""
        with self._shelf.guarded():
            folder = self._shelf.folder_of(profile)
            vault = profile_folder.forbid_keyring(folder)
            renew_copies(folder)
        self._shelf.keyring.forget(vault)
