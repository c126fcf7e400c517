"""What static/dist is made from, and whether it is up to date: python -m frontend.inputs tells by its exit code."""

import hashlib
import re
import sys
from pathlib import Path

#: icon("name"), once(ui, "icon", "name") and icon_name="name" in templates and code, icon = "name" in page templates
ICON = re.compile(r"""\bicon(?:\(\s*|["'],\s*|_name\s*=\s*|\s*=\s*)["']([a-z0-9-]+)["']""")
#: The editor's buttons have a sprite of their own, which reading pages never load.
EDITOR_ICON = re.compile(r"""\bdrawn\(\s*["']([a-z0-9-]+)["']""")
EDITOR_PARTS = "wiki/templates/parts/editor.html"
FILES = ("package-lock.json", "build.mjs", "bundle.mjs", "assets.py", "fonts.py", "OFL.txt")


def icon_names(root: Path) -> list[str]:
    """The icons that page templates, interface and code name plainly, and those of frontend/icons.txt."""
    listed = (root / "frontend" / "icons.txt").read_text(encoding="utf-8").splitlines()
    names = {line.strip() for line in listed if line.strip() and not line.startswith("#")}
    for folder, ending in (("page_templates", "*.toml"), ("wiki", "*.html"), ("wiki", "*.py")):
        for file in (root / folder).rglob(ending):
            names.update(ICON.findall(file.read_text(encoding="utf-8")))
    return sorted(names)


def editor_icon_names(root: Path) -> list[str]:
    """The icons of the editor's tools."""
    return sorted(set(EDITOR_ICON.findall((root / EDITOR_PARTS).read_text(encoding="utf-8"))))


def digest(root: Path) -> str:
    """Changes when anything does that static/dist is made from."""
    made_from = hashlib.sha256(" ".join([*icon_names(root), "/", *editor_icon_names(root)]).encode())
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
