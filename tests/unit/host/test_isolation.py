import sys

import pytest

from psylite_desktop.host.isolation import NetworkForbiddenError, refuse_network


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.connect", (None, ("93.184.216.34", 443))),
        ("socket.connect", (None, ("::1", 443, 0, 0) if sys.platform != "win32" else ("x", 1))),
        ("socket.bind", (None, ("0.0.0.0", 8080))),  # noqa: S104 - it must be refused
        ("socket.sendto", (None, ("8.8.8.8", 53))),
        ("socket.getaddrinfo", ("example.org", 443, 0, 0, 0)),
        ("socket.gethostbyname", ("example.org",)),
    ],
)
def test_the_internet_is_out_of_reach(event: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(NetworkForbiddenError):
        refuse_network(event, arguments)


def test_local_sockets_and_other_events_pass() -> None:
    refuse_network("socket.connect", (None, "/run/some.sock"))
    refuse_network("socket.getaddrinfo", ("localhost", 0, 0, 0, 0))
    refuse_network("open", ("file", "r", 0))
