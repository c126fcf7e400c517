"""The demo's one picture: bars of a measure's readings under a line at the target, drawn from its figures as PNG."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT = 480, 240
MARGIN, LINE, DASH = 24, 3, 12
#: Colours by number: paper, axis, bars, target.
PALETTE = ((255, 255, 255), (70, 70, 70), (38, 112, 150), (178, 70, 40))
PAPER, AXIS, BAR, TARGET = range(4)


def chart(measure: Mapping[str, Any], most: float = 100) -> bytes:
    """The picture of a measure whose figures lie between 0 and `most`, from its fields `readings` and `target`."""
    rows = [bytearray([PAPER] * WIDTH) for _ in range(HEIGHT)]
    _bars(rows, [row["value"] / most for row in measure["readings"]])
    top = _line(measure["target"] / most)
    for left in range(MARGIN, WIDTH - MARGIN, 2 * DASH):
        _fill(rows, left, left + DASH, top, top + LINE, TARGET)
    _fill(rows, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN, HEIGHT - MARGIN + LINE, AXIS)
    return _png(rows)


def _bars(rows: list[bytearray], shares: Sequence[float]) -> None:
    step = (WIDTH - 2 * MARGIN) // len(shares)
    for place, share in enumerate(shares):
        left = MARGIN + place * step + step // 4
        _fill(rows, left, left + step // 2, _line(share), HEIGHT - MARGIN, BAR)


def _line(share: float) -> int:
    """How far from the top a share of the whole height lies."""
    return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN))


def _fill(rows: list[bytearray], left: int, right: int, top: int, bottom: int, colour: int) -> None:
    for row in rows[top:bottom]:
        row[left:right] = bytes([colour]) * (right - left)


def _png(rows: list[bytearray]) -> bytes:
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = bytes(part for colour in PALETTE for part in colour)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
