"""Links of an imported text turned into page links and attachments; code is left alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

#: What rewriting leaves alone: fences, indented code is rare enough, code spans, HTML comments.
_CODE = re.compile(
    r"(?P<fence>^(?P<mark> {0,3}(?:`{3,}|~{3,}))[^\n]*\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z))"
    r"|(?P<span>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))|(?P<comment><!--.*?-->)",
    re.DOTALL | re.MULTILINE,
)
_DESTINATION = r"""(?:<(?P<angled>[^<>\n]*)>|(?P<bare>\{\{.*?\}\}[^\s()]*|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))"""
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\](?:\([^()]*\))?)*)\]\(\s*"
    + _DESTINATION
    + r"""(?P<title>\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)
_REFERENCE = re.compile(r"^(?P<head> {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)<?(?P<bare>[^\s<>]+)>?", re.MULTILINE)
_HTML = re.compile(
    r"""(?P<head><(?:a|img)\b[^>]*?\b(?:href|src)\s*=\s*)(?P<quote>["'])(?P<bare>[^"'\n]*(?:\{\{.*?\}\}[^"'\n]*)?)(?P=quote)""",
    re.IGNORECASE,
)
#: `{{ "/path/" | url }}`: how some site generators write the address of their own page.
_GENERATED = re.compile(r"""^\{\{-?\s*(['"])(?P<address>.*?)\1\s*(?:\|\s*\w+\s*)*-?\}\}(?P<rest>.*)$""")
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_MARKUP = re.compile(r"[*_`~<>\[\]|\\]|!\[")


@dataclass(frozen=True)
class Place:
    """Where an address leads: a page (`page`, its slug), or an attached `file`; with what follows the `#`."""

    page: str = ""
    file: str = ""
    fragment: str = ""


@dataclass
class Rewritten:
    """The text with its links turned, the files it needs attached, and addresses that lead nowhere in the import."""

    text: str
    files: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def own_address(address: str) -> str:
    """The address that a site generator's expression stands for, else the address itself."""
    found = _GENERATED.match(address.strip())
    return (found["address"] + found["rest"]).replace("\\_", "_") if found else address


def is_local(address: str) -> bool:
    """Whether an address is meant for another file of the same site."""
    return bool(address) and not address.startswith(("#", "\\#", "{{", "{%")) and not _SCHEME.match(address)


def normal_path(folder: str, address: str) -> str:
    """The path that an address means, read from a file in `folder`; an address from the root begins at the root."""
    path = PurePosixPath(address) if address.startswith("/") else PurePosixPath("/") / folder / address
    parts: list[str] = []
    for part in path.parts[1:] if path.is_absolute() else path.parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def rewrite(text: str, space: str, find: Callable[[str], Place | None]) -> Rewritten:
    """`find` gets a local address (without its generator's braces) and says where it leads, None for nowhere."""
    done = Rewritten(text)
    pieces, last = [], 0
    for code in _CODE.finditer(text):
        pieces += [_outside_code(text[last : code.start()], space, find, done), code[0]]
        last = code.end()
    pieces.append(_outside_code(text[last:], space, find, done))
    done.text = "".join(pieces)
    return done


def _outside_code(text: str, space: str, find: Callable[[str], Place | None], done: Rewritten) -> str:
    def look(raw: str) -> tuple[str, Place | None]:
        address = own_address(raw)
        if not is_local(address):
            return address, None
        place = find(unquote(address))
        if place is None:
            done.unknown.append(address)
        elif place.file and place.file not in done.files:
            done.files.append(place.file)
        return address, place

    def link(match: re.Match[str]) -> str:
        raw = match["angled"] if match["angled"] is not None else match["bare"]
        address, place = look(raw)
        inner = _outside_code(match["text"], space, find, done) if "](" in match["text"] else match["text"]
        title = match["title"] or ""
        if place is None:
            return match[0] if address == raw else f"{match['image']}[{inner}]({_plain(address)}{title})"
        if place.page and not match["image"] and not _MARKUP.search(inner) and not title and not _in_table(match):
            fragment = f"#{place.fragment}" if place.fragment else ""
            return f"[[{space}/{place.page}{fragment}|{inner}]]"
        return f"{match['image']}[{inner}]({_href(space, place)}{title})"

    def plain(match: re.Match[str]) -> str:
        address, place = look(match["bare"])
        quote = match["quote"] if "quote" in match.re.groupindex else ""
        if place is None and address == match["bare"]:
            return match[0]
        return f"{match['head']}{quote}{_href(space, place) if place else address}{quote}"

    return _HTML.sub(plain, _REFERENCE.sub(plain, _LINK.sub(link, text)))


def _in_table(match: re.Match[str]) -> bool:
    """Whether the link stands in a line with bars, where a wikilink's own bar would end a cell."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    line = match.string[start : end if end >= 0 else None]
    return "|" in line.replace(match[0], "")


def _plain(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _href(space: str, place: Place) -> str:
    if place.file:
        return _plain(f"files/{place.file}")
    return f"/{space}/{place.page}" + (f"#h-{place.fragment}" if place.fragment else "")
