"""Makes static/dist: the typeface and the icons, out of the npm packages that frontend/package-lock.json names."""

import hashlib
import re
import shutil
from pathlib import Path

from frontend import fonts, node

ICON = re.compile(r"""^\s*icon\s*=\s*["']([a-z0-9-]+)["']""", re.MULTILINE)
INPUTS = ("package-lock.json", "build.mjs", "assets.py", "fonts.py", "OFL.txt")


def build(root: Path) -> None:
    """Bring static/dist up to date; quick when nothing has changed. Raises node.FrontendError."""
    frontend, dist = root / "frontend", root / "static" / "dist"
    icons = icon_names(root)
    stamp, digest = frontend / "node_modules" / ".holdfast", digest_of(frontend, icons)
    if stamp.is_file() and stamp.read_text() == digest and is_complete(dist):
        return
    tools = node.find()
    tools.install(frontend)
    shutil.rmtree(dist, ignore_errors=True)
    (dist / "fonts").mkdir(parents=True)
    unknown = tools.run("build.mjs", str(dist / "icons.svg"), *icons, folder=frontend).split()
    fonts.cut_all(frontend / "node_modules" / "@bcgov" / "bc-sans" / "fonts", dist / "fonts")
    shutil.copyfile(frontend / "OFL.txt", dist / "fonts" / "OFL.txt")
    if unknown:
        raise node.FrontendError(f"lucide has no icon of this name: {', '.join(unknown)}")
    stamp.write_text(digest)


def icon_names(root: Path) -> list[str]:
    """The icons of the interface (frontend/icons.txt) and of the page templates."""
    listed = (root / "frontend" / "icons.txt").read_text(encoding="utf-8").splitlines()
    names = {line.strip() for line in listed if line.strip() and not line.startswith("#")}
    for file in sorted((root / "page_templates").rglob("*.toml")):
        names.update(ICON.findall(file.read_text(encoding="utf-8")))
    return sorted(names)


def digest_of(frontend: Path, icons: list[str]) -> str:
    """Changes when anything does that static/dist is made from."""
    digest = hashlib.sha256(" ".join(icons).encode())
    for name in INPUTS:
        digest.update((frontend / name).read_bytes())
    return digest.hexdigest()


def is_complete(dist: Path) -> bool:
    made = (dist / "icons.svg", dist / "fonts" / "OFL.txt", *(dist / "fonts" / name for name in fonts.SLICES))
    return all(file.is_file() for file in made)
