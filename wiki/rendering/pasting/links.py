"""Addresses on the clipboard: without what follows readers around, and without what leads nowhere outside its document."""

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = frozenset(
    "fbclid gclid dclid msclkid yclid igshid mc_cid mc_eid mkt_tok _hsenc _hsmi vero_id oly_enc_id".split()
)
#: Sites that stand between a link and where it leads, and the name under which they keep that.
_DETOURS = {
    ("www.google.com", "/url"): "q",
    ("safelinks.protection.outlook.com", "/"): "url",
    ("l.facebook.com", "/l.php"): "u",
}


def plain_address(href: str) -> str | None:
    """Where a link leads; None when that is a place in the document that it was copied from."""
    href = href.strip()
    if not href or href.startswith(("#", "about:")):
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return href
    for (host, path), name in _DETOURS.items():
        if (parts.hostname or "").endswith(host) and parts.path == path:
            behind = parse_qs(parts.query).get(name, [""])[0]
            return behind if behind.startswith(("http://", "https://")) else None
    if not any(_follows(name) for name, _value in parse_qsl(parts.query, keep_blank_values=True)):
        return href
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _follows(pair[0])]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _follows(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKING
