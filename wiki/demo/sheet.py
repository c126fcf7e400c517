"""The demo's one paper to print: how a water sample is taken, in two pages, as PDF."""

from collections.abc import Sequence

#: What the crews carry along: on each page a heading and short lines.
PAGES: tuple[tuple[str, ...], ...] = (
    (
        "Taking a water sample",
        "For the beach crews of Paper Coast",
        "",
        "1. Write place, day and hour on the label before you wade in.",
        "2. Go in to the knee. Wait until the sand has settled.",
        "3. Hold the sterile bottle upside down, an arm's length under water.",
        "4. Turn it against the current. Leave a thumb of air below the cap.",
        "5. Put it into the cool box at once. Six hours later it counts for nothing.",
    ),
    (
        "When not to take one",
        "",
        "Within a day of heavy rain: take it, and write RAIN on the label.",
        "In lightning, or with swell above the waist: leave it for tomorrow.",
        "A bottle that has touched the bottom is spoiled. Use the spare one.",
        "",
        "The cool box is behind the second door of the bathing hut.",
    ),
)
_TOP, _LEFT, _LEADING, _HEADING, _SIZE = 760, 72, 24, 20, 12


def sampling_sheet() -> bytes:
    """The sheet as it is attached."""
    listed = " ".join(f"{4 + 2 * place} 0 R" for place, _lines in enumerate(PAGES))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{listed}] /Count {len(PAGES)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for place, lines in enumerate(PAGES):
        drawn = _drawn(lines)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {5 + 2 * place} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream")
    return pdf_of(objects)


def _drawn(lines: Sequence[str]) -> bytes:
    text = [f"BT {_LEFT} {_TOP} Td {_LEADING} TL /F1 {_HEADING} Tf ({_quoted(lines[0])}) Tj /F1 {_SIZE} Tf"]
    return " ".join([*text, *(f"T* ({_quoted(line)}) Tj" for line in lines[1:]), "ET"]).encode("cp1252")


def _quoted(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the catalogue first."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
