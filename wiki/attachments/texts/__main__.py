"""Reads one file and writes its text: `python -m wiki.attachments.texts FILE`.

Each line of standard output is JSON: {"place": …, "text": …}, and at last {"state": …, "problem": …}. Before it opens the
file it gives up what a hostile one could misuse: memory, time, writing, new files and processes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from wiki.attachments.texts import office, pdf, plain
from wiki.attachments.texts.limits import PART, TOO_HARD, Pieces, Unreadable, at_most, within

try:
    import resource
except ImportError:  # Windows has none; the parent's time limit holds there too
    resource = None  # type: ignore[assignment]

MEMORY = 1 << 30
SECONDS = 45


def restrain() -> None:
    """Give up what reading a file does not need."""
    if resource is None:
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        _soft, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, most))


def pieces(stream: IO[bytes]) -> Pieces | None:
    """The text of a file by what is inside of it, whatever it is called; None if it has none."""
    head = stream.read(8)
    stream.seek(0)
    if b"%PDF-" in head:
        return pdf.read(stream)
    if head.startswith(b"PK\x03\x04"):
        return office.read(stream)
    return plain.read(at_most(stream, PART // 8))


def answer(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The lines of the answer."""
    found = 0
    try:
        said = pieces(stream)
        if said is None:
            yield {"state": "no_text", "problem": ""}
            return
        for place, text in within(said):
            found += 1
            yield {"place": place, "text": text}
    except Unreadable as error:
        yield {"state": "unreadable", "problem": str(error)}
    except (MemoryError, RecursionError):
        yield {"state": "unreadable", "problem": TOO_HARD}
    else:
        yield {"state": "found" if found else "nothing", "problem": ""}


def main() -> None:
    restrain()
    with Path(sys.argv[1]).open("rb") as stream:
        for line in answer(stream):
            sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
