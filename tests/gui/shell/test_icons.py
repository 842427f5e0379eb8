"""Icons for other systems, drawn from the one picture there is."""

import struct
from pathlib import Path

from installer.bundling import icons
from installer.setup.layout import ROOT


def test_icons_hold_pictures_of_their_sizes(tmp_path: Path) -> None:
    svg = ROOT / "installer" / "linux" / "psylite.svg"
    windows = icons.make(svg, tmp_path / "psylite.ico").read_bytes()
    assert windows[:6] == struct.pack("<HHH", 0, 1, len(icons.WINDOWS_SIZES))
    for number, size in enumerate(icons.WINDOWS_SIZES):
        side, *_, length, offset = struct.unpack_from("<BBBBHHII", windows, 6 + 16 * number)
        assert side == size % 256
        assert sides_of(windows[offset : offset + length]) == (size, size)
    mac = icons.make(svg, tmp_path / "psylite.icns").read_bytes()
    assert mac[:8] == b"icns" + struct.pack(">I", len(mac))
    assert sides_of(mac[16:]) == (128, 128)


def sides_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height
