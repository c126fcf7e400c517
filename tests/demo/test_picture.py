"""The picture says what the figures say."""

import struct
import zlib

from tests.demo.conftest import Pages
from wiki.demo.picture import BAR, HEIGHT, MARGIN, PALETTE, TARGET, WIDTH, chart


def pixels(picture: bytes) -> list[bytes]:
    """The rows of the picture, one byte a pixel; every part of the file is checked on the way."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    parts, place = {}, 8
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        name, data = picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        assert struct.unpack(">I", picture[place + 8 + length : place + 12 + length])[0] == zlib.crc32(name + data)
        parts[name], place = data, place + 12 + length
    assert struct.unpack(">IIBBBBB", parts[b"IHDR"]) == (WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    assert len(parts[b"PLTE"]) == 3 * len(PALETTE)
    raw = zlib.decompress(parts[b"IDAT"])
    return [raw[start + 1 : start + 1 + WIDTH] for start in range(0, len(raw), WIDTH + 1)]


def heights(rows: list[bytes]) -> list[int]:
    """How high each bar is, from left to right."""
    columns = [sum(row[left] == BAR for row in rows) for left in range(WIDTH)]
    return [column for before, column in zip([0, *columns], columns, strict=False) if column and column != before]


def test_it_works(pages: Pages) -> None:
    rows = pixels(chart(pages["P14"].fields))
    whole = HEIGHT - 2 * MARGIN
    assert heights(rows) == [round(whole * share) for share in (0.61, 0.66, 0.69, 0.71)]
    first = next(number for number, row in enumerate(rows) if TARGET in row)
    assert first == HEIGHT - MARGIN - round(whole * 0.85)
