"""The program's icon in the forms that Windows and macOS take, drawn from the one we have."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

WINDOWS_SIZES = (16, 24, 32, 48, 64, 256)
# Apple's names of kinds that hold a PNG (Icon Services, "ic07" and on).
MAC_KINDS = {b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def make(svg: Path, target: Path) -> Path:
    """Write an .ico or .icns file, whichever the name asks for."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".ico":
        target.write_bytes(ico({size: drawn(svg, size) for size in WINDOWS_SIZES}))
    else:
        target.write_bytes(icns({kind: drawn(svg, size) for kind, size in MAC_KINDS.items()}))
    return target


def drawn(svg: Path, size: int) -> bytes:
    """A square PNG of an SVG without text."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """An .ico of PNGs by size; Windows reads such since Vista."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries, bodies = b"", b""
    for size, body in sorted(pictures.items()):
        side = size % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(body), offset)
        bodies += body
        offset += len(body)
    return head + entries + bodies


def icns(pictures: Mapping[bytes, bytes]) -> bytes:
    """An .icns of PNGs by kind."""
    parts = [kind + struct.pack(">I", len(body) + 8) + body for kind, body in pictures.items()]
    whole = b"".join(parts)
    return b"icns" + struct.pack(">I", len(whole) + 8) + whole
