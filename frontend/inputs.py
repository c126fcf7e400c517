"""What static/dist is made from, and whether it is up to date: python -m frontend.inputs tells by its exit code."""

import hashlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

#: icon("name"), once(ui, "icon", "name") and icon_name="name" in templates and code, icon = "name" in page templates
ICON = re.compile(r"""\bicon(?:\(\s*|["'],\s*|_name\s*=\s*|\s*=\s*)["']([a-z0-9-]+)["']""")
#: The editor's buttons have a sprite of their own, which reading pages never load.
EDITOR_ICON = re.compile(r"""\bdrawn\(\s*["']([a-z0-9-]+)["']""")
EDITOR_PARTS = "wiki/templates/parts/editor.html"
ON_EVERY_PAGE = ("base.html", "parts/top_bar.html", "parts/space_nav.html", "parts/ui.html", "pages/view.html")
FILES = ("package-lock.json", "build.mjs", "bundle.mjs", "assets.py", "fonts.py", "OFL.txt")


def icon_names(root: Path) -> list[str]:
    """All icons that page templates, interface and code name plainly, and those of frontend/icons.txt."""
    files = [
        *(root / "page_templates").rglob("*.toml"),
        *(root / "wiki").rglob("*.html"),
        *(root / "wiki").rglob("*.py"),
    ]
    return sorted({*_listed(root), *_named_in(files)})


def interface_icon_names(root: Path) -> list[str]:
    """The icons of what every page is made of: the sprite that all load. All others are drawn in the pages that show them."""
    templates = root / "wiki" / "templates"
    return sorted({*_listed(root), *_named_in([templates / name for name in ON_EVERY_PAGE])})


def _listed(root: Path) -> set[str]:
    lines = (root / "frontend" / "icons.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def _named_in(files: Iterable[Path]) -> set[str]:
    return {name for file in files for name in ICON.findall(file.read_text(encoding="utf-8"))}


def editor_icon_names(root: Path) -> list[str]:
    """The icons of the editor's tools."""
    return sorted(set(EDITOR_ICON.findall((root / EDITOR_PARTS).read_text(encoding="utf-8"))))


def digest(root: Path) -> str:
    """Changes when anything does that static/dist is made from."""
    made_from = hashlib.sha256(
        " ".join([*icon_names(root), "/", *interface_icon_names(root), "/", *editor_icon_names(root)]).encode()
    )
    for name in FILES:
        made_from.update((root / "frontend" / name).read_bytes())
    for script in sorted((root / "frontend" / "editor").rglob("*.js")):
        made_from.update(script.read_bytes())
    return made_from.hexdigest()


def stamp(root: Path) -> Path:
    """Holds the digest of what static/dist was made from last; goes when node_modules goes."""
    return root / "frontend" / "node_modules" / ".holdfast"


def is_up_to_date(root: Path) -> bool:
    return stamp(root).is_file() and stamp(root).read_text() == digest(root) and (root / "static" / "dist").is_dir()


if __name__ == "__main__":
    sys.exit(not is_up_to_date(Path(__file__).parent.parent))
