"""The static files as the site serves them: style sheets and scripts in one piece each, every address with its content's hash.

Read, joined and compressed once at start. A file that the build did not make is simply not there: `url` says "".
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wiki.web.scripts import bundle

PREFIX = "/static/"
LAYERS = "@layer tokens, base, layout, components, utilities, print;\n"
SOURCES = ("css", "js")
#: Style sheets of their own, which reading pages do not load.
ALONE = ("editor.css", "events.css", "letters.css", "templates.css")
#: Joined to work.css: for pages with forms, registers and comparisons, which a page that is only read does not load.
WORK = (
    "comparison.css",
    "forms.css",
    "handover.css",
    "notices.css",
    "orientation.css",
    "paths.css",
    "pickers.css",
    "questions.css",
    "receipts.css",
    "registers.css",
    "rows.css",
    "search.css",
    "talk.css",
)
#: Scripts that are served, each with what it imports. A page loads site.js; the others are fetched where or when they are wanted.
BUNDLES = ("site.js", "edit.js", "palette.js", "search.js", "find.js", "talk.js", "templates.js", "event-day.js")
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon",
}
PACKED_ALREADY = {".woff2", ".png", ".webp"}

_SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_LOCAL_ADDRESS = re.compile(r'url\("(?!data:)([^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent. `address` is the name with twelve digits of the content's hash: `site.css?v=0123456789ab`."""

    name: str
    address: str
    content: bytes
    gzipped: bytes | None
    media_type: str
    brotli: bytes | None = None

    def packed(self, accepted: str) -> tuple[bytes, str]:
        """The content as a browser that accepts these encodings should get it, and the encoding's name or ""."""
        for name, content in (("br", self.brotli), ("gzip", self.gzipped)):
            if content is not None and name in accepted:
                return content, name
        return self.content, ""


class Assets:
    """All static files of one start of the program, by name."""

    def __init__(self, files: list[Asset]) -> None:
        self._by_name = {file.name: file for file in files}
        self._urls = {file.name: PREFIX + file.address for file in files}
        #: Changes when any of them does.
        self.version = hashlib.sha256(" ".join(self._urls.values()).encode()).hexdigest()[:12]

    def drawings(self) -> dict[str, str]:
        """Icons that are not in the sprite of every page, as the SVG to put into the page."""
        drawn = {name: dict(_SYMBOL.findall(self._text(f"dist/{name}.svg"))) for name in ("icons", "interface")}
        return {name: drawing for name, drawing in drawn["icons"].items() if name not in drawn["interface"]}

    def _text(self, name: str) -> str:
        found = self.get(name)
        return found.content.decode() if found is not None else ""

    @property
    def css(self) -> Asset:
        return self._by_name["site.css"]

    @property
    def js(self) -> Asset:
        return self._by_name["site.js"]

    @property
    def edit_js(self) -> Asset:
        return self._by_name["edit.js"]

    def url(self, name: str) -> str:
        """The address of a file by its plain name ("site.css", "dist/icons.svg"), or "" when it was not built."""
        return self._urls.get(name, "")

    def get(self, name: str) -> Asset | None:
        """The file of that name: the part of its URL between `/static/` and `?`."""
        return self._by_name.get(name)


def load_assets(static_folder: Path) -> Assets:
    """Everything below `static_folder`, with `css/*.css` joined to `site.css` and `work.css`, and `js/` to `site.js`, `edit.js` and `palette.js`."""
    files = [_asset(name, path.read_bytes(), _brotli(path)) for name, path in _plain_files(static_folder)]
    addresses = {file.name: file.address for file in files}
    css = _style_sheet(static_folder / "css", addresses.get)
    alone, work = _those(static_folder / "css", ALONE), _those(static_folder / "css", WORK)
    scripts = static_folder / "js"
    return Assets(
        [
            *files,
            *(_asset(path.name, _joined([path]).encode()) for path in alone),
            _asset("site.css", css.encode()),
            _asset("work.css", (LAYERS + _joined(work)).encode()),
            *(_asset(name, bundle(scripts / name).encode()) for name in BUNDLES if (scripts / name).is_file()),
        ]
    )


def _plain_files(folder: Path) -> list[tuple[str, Path]]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in MEDIA_TYPES]
    named = [(path.relative_to(folder).as_posix(), path) for path in found]
    return [(name, path) for name, path in named if name.split("/")[0] not in SOURCES]


def _brotli(path: Path) -> bytes | None:
    """What the build has packed already, better than could be done here."""
    packed = path.with_name(path.name + ".br")
    return packed.read_bytes() if packed.is_file() else None


def _asset(name: str, content: bytes, brotli: bytes | None = None) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:12]
    suffix = Path(name).suffix
    return Asset(name, f"{name}?v={digest}", content, _gzipped(suffix, content), MEDIA_TYPES[suffix], brotli)


def _gzipped(suffix: str, content: bytes) -> bytes | None:
    if suffix in PACKED_ALREADY:
        return None
    packed = gzip.compress(content, 9, mtime=0)
    return packed if len(packed) < len(content) else None


def _style_sheet(folder: Path, address_of: Callable[[str], str | None]) -> str:
    """All parts in the order of their names; the layers, named first, decide what wins."""
    parts = [path for path in sorted(folder.glob("*.css")) if path.name not in (*ALONE, *WORK)]
    return LAYERS + _FONT_FACE.sub(lambda face: _face(face.group(), address_of), _joined(parts))


def _those(folder: Path, names: tuple[str, ...]) -> list[Path]:
    return [path for name in names if (path := folder / name).is_file()]


def _joined(parts: list[Path]) -> str:
    text = _COMMENT.sub("", "".join(path.read_text(encoding="utf-8") for path in parts))
    return re.sub(r"\s+", " ", text).strip() + "\n"


def _face(rule: str, address_of: Callable[[str], str | None]) -> str:
    """The rule with hashed addresses, relative to the style sheet's own; nothing when a file of it is missing."""
    names = _LOCAL_ADDRESS.findall(rule)
    if not all(address_of(name) for name in names):
        return ""
    return _LOCAL_ADDRESS.sub(lambda found: f'url("{address_of(found.group(1))}")', rule)
