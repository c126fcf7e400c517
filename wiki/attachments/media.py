"""What a file is, decided by looking inside: only these types are ever shown in the browser, all others are downloads."""

SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}
DOWNLOAD = "application/octet-stream"

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


def media_type(head: bytes) -> str:
    """The type of content that begins with `head`; DOWNLOAD when it is none of those that may be shown."""
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return DOWNLOAD
