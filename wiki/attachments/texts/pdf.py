"""PDF files, page by page, with pypdf. A scan has pages without text."""

from typing import IO

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from wiki.attachments.texts.limits import DAMAGED, LOCKED, Pieces, Unreadable


def read(stream: IO[bytes]) -> Pieces:
    """Raises Unreadable."""
    try:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(LOCKED)
        for number, page in enumerate(reader.pages, 1):
            yield str(number), page.extract_text()
    except (
        PyPdfError,
        PdfReadError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:
        raise Unreadable(DAMAGED) from error
