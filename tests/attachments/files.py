"""Files of office programs, as small as they can be; and such as nobody should have to open."""

import io
import zipfile
import zlib

from wiki.demo.sheet import pdf_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def docx(*paragraphs: str, declared: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return zipped(
        {"word/document.xml": f'<?xml version="1.0"?>{declared}<w:document {W}><w:body>{body}</w:body></w:document>'}
    )


def xlsx(sheets: dict[str, list[list[str]]]) -> bytes:
    strings = [cell for rows in sheets.values() for row in rows for cell in row]
    parts: dict[str, str | bytes] = {
        "xl/sharedStrings.xml": f"<sst {S}>{''.join(f'<si><t>{text}</t></si>' for text in strings)}</sst>",
        "xl/workbook.xml": f"<workbook {S} {R}><sheets>"
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n, _ in enumerate(sheets, 1))
        + "</Relationships>",
    }
    number = 0
    for n, rows in enumerate(sheets.values(), 1):
        said = ""
        for row in rows:
            cells = "".join(f'<c t="s"><v>{number + at}</v></c>' for at, _ in enumerate(row))
            said += f"<row>{cells}</row>"
            number += len(row)
        parts[f"xl/worksheets/sheet{n}.xml"] = f"<worksheet {S}><sheetData>{said}</sheetData></worksheet>"
    return zipped(parts)


def pptx(*slides: str) -> bytes:
    parts: dict[str, str | bytes] = {"ppt/presentation.xml": "<p/>"}
    for n, text in enumerate(slides, 1):
        parts[f"ppt/slides/slide{n}.xml"] = f"<s {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></s>"
    return zipped(parts)


def odt(*paragraphs: str) -> bytes:
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    return _open("text", f"<office:text>{body}</office:text>")


def ods(sheet: str, *cells: str) -> bytes:
    row = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in cells)
    table = f'<table:table table:name="{sheet}"><table:table-row>{row}</table:table-row></table:table>'
    return _open("spreadsheet", f"<office:spreadsheet>{table}</office:spreadsheet>")


def _open(kind: str, body: str) -> bytes:
    content = f"<office:document-content {ODF}><office:body>{body}</office:body></office:document-content>"
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def pdf(*pages: str, stream: bytes | None = None, kids: str | None = None) -> bytes:
    """A PDF with one line of text on each page; `stream` instead of what is drawn, `kids` instead of the pages listed."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    numbers = [4 + 2 * n for n, _ in enumerate(pages)]
    listed = kids or " ".join(f"{n} 0 R" for n in numbers)
    objects.append(f"<< /Type /Pages /Kids [{listed}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, text in zip(numbers, pages, strict=True):
        drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
        content = stream if stream is not None else drawn
        way = " /Filter /FlateDecode" if stream is not None else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)}{way} >>\nstream\n".encode() + content + b"\nendstream")
    return pdf_of(objects)


def laughing() -> bytes:
    """A billion laughs: entities that grow tenfold, ten times."""
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    return docx("&l10;", declared=f"<!DOCTYPE d [{entities}]>")


HOSTILE: dict[str, bytes] = {
    "laughing.docx": laughing(),
    "bomb.docx": zipped({"word/document.xml": b"<w>" + b" " * (80 << 20)}),
    "deep.docx": zipped({"word/document.xml": "<p>" * 200_000}),
    "broken.docx": zipped({"word/document.xml": "<w:p>" * 3})[:-30],
    "cut.docx": docx("A text")[:60],
    "lying.xlsx": zipped(
        {"xl/workbook.xml": f'<workbook {S} {R}><sheets><sheet name="A" r:id="x"/></sheets></workbook>'}
    ),
    "cut.pdf": pdf("A text")[:200],
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "circle.pdf": pdf("A text", kids="2 0 R"),
    "inflating.pdf": pdf("A text", stream=zlib.compress(b"0 0 m " * (30 << 20), 9)),
    "binary.bin": bytes(range(256)) * 100,
    "empty.txt": b"",
}
