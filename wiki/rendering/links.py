"""What a page's text points to, and how the renderer asks where that is.

The renderer knows no database: it asks a `LinkResolver`, which the caller makes for one page.
"""

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

_ROW = re.compile(r"r-[a-z0-9]{2,12}")
_ATTACHMENT = re.compile(r"(?:attachment:|(?:\./)?files/)(?=.)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\\?\|")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)

LONGEST_ADDRESS = 2048
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_ALLOWED_SCHEMES = SCHEMES | {"attachment"}


@dataclass(frozen=True)
class Target:
    """Where a wikilink leads. `page_id` is None and `missing` is true when no such page exists yet."""

    page_id: int | None
    href: str
    title: str
    missing: bool = False


class LinkResolver(Protocol):
    """Finds pages and attachments for one page's text. Both answer None when there is nothing to link to."""

    def wikilink(self, target: str) -> Target | None:
        """The page that `[[target]]` means; `target` is a title or `space/slug`, without `#…` and `|…`."""

    def attachment(self, name: str) -> str | None:
        """The address of the page's attachment of that file name."""


class NoLinks:
    """A resolver that knows nothing: wikilinks show as plain text, attachments as missing."""

    def wikilink(self, target: str) -> Target | None:
        return None

    def attachment(self, name: str) -> str | None:
        return None


@dataclass(frozen=True)
class Wikilink:
    """`[[target#fragment|text]]` as the author typed it; `text` is what is read when the author gave one, else ""."""

    target: str
    text: str = ""
    fragment: str = ""

    @property
    def typed(self) -> str:
        """What a reader sees when nothing better is known: the author's own words."""
        if self.text:
            return self.text
        if _ROW.fullmatch(self.fragment) and self.target:
            return self.target
        return " › ".join(part for part in (self.target, self.fragment) if part)

    @property
    def row(self) -> str:
        """The row id that the link names (`[[Title#r-a1b2]]` gives `a1b2`), or ""."""
        return self.fragment[2:] if _ROW.fullmatch(self.fragment) else ""


def read_wikilink(inner: str) -> Wikilink | None:
    """Read what stands between `[[` and `]]`; None when it names nothing."""
    where, _, text = (part.strip() for part in _partition(inner))
    target, _, fragment = (part.strip() for part in where.partition("#"))
    if not target and not fragment:
        return None
    return Wikilink(target, text, fragment)


def _partition(inner: str) -> tuple[str, str, str]:
    found = _SEPARATOR.search(inner)
    return (inner[: found.start()], "|", inner[found.end() :]) if found else (inner, "", "")


def attachment_name(address: str) -> str | None:
    """The file name in `attachment:name.png` or `files/name.png`; None for any other address."""
    found = _ATTACHMENT.match(address)
    if not found:
        return None
    return unquote(address[found.end() :].partition("#")[0])


def is_external(address: str) -> bool:
    return address.startswith(("//", "\\\\")) or address.lower().startswith(("http:", "https:"))


def may_link(address: str) -> bool:
    """Whether an author may link there: web, mail, telephone, attachment, or a place on this site."""
    if len(address) > LONGEST_ADDRESS:
        return False
    scheme = _SCHEME.match(address.strip())
    return scheme is None or scheme[1].lower() in _ALLOWED_SCHEMES
