"""Stands in for the standard library's ssl, so that OpenSSL stays out of the bundle.

pyarrow asks it for the system's certificates when its file systems are imported, and asyncio for
the names of its errors. Nothing here can make a connection.
"""

from typing import NamedTuple


class DefaultVerifyPaths(NamedTuple):
    """Where certificates would be."""

    cafile: str | None = None
    capath: str | None = None
    openssl_cafile_env: str = ""
    openssl_cafile: str = ""
    openssl_capath_env: str = ""
    openssl_capath: str = ""


def get_default_verify_paths() -> DefaultVerifyPaths:
    """None anywhere."""
    return DefaultVerifyPaths()


class SSLError(OSError):
    """Never raised."""


class SSLWantReadError(SSLError):
    """Never raised."""


class SSLWantWriteError(SSLError):
    """Never raised."""


class SSLSyscallError(SSLError):
    """Never raised."""


class SSLContext:
    """Refuses to be made."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        raise SSLError("this program has no network")
