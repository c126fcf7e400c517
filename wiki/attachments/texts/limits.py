"""How much of a file is read, and how it is said that it cannot be."""

from collections.abc import Iterator
from typing import IO

#: Bytes of one part of a file once it is unpacked; characters and pieces of text that are kept of a file.
PART = 64 << 20
CHARACTERS = 4_000_000
PIECES = 3_000

#: (place, text): place is "3" for the third page or slide, the name of a sheet, or "".
Pieces = Iterator[tuple[str, str]]


class Unreadable(Exception):
    """The file cannot be read; the message is one of those below."""


#: What is said of files that cannot be read: kept in English, translated when it is shown.
DAMAGED = "The file is damaged."
LOCKED = "It is protected by a password."
TOO_LARGE = "It unpacks to more than is read of a file."
DECLARES = "It declares entities, which files of office programs do not."
TOO_HARD = "Reading it takes more than a file may take."


def at_most(stream: IO[bytes], most: int = PART) -> bytes:
    """All that the stream holds. Raises Unreadable beyond `most` bytes."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise Unreadable(TOO_LARGE)
    return data


def within(pieces: Pieces) -> Pieces:
    """The pieces that have text, up to the limits."""
    characters = 0
    for number, (place, text) in enumerate(pieces):
        if number >= PIECES or characters >= CHARACTERS:
            return
        kept = text.replace("\0", " ").strip()[: CHARACTERS - characters]
        characters += len(kept)
        if kept:
            yield place[:100], kept
