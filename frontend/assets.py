"""Makes static/dist: the typeface, the icons and the editor, out of the npm packages that frontend/package-lock.json names."""

import shutil
from pathlib import Path

from frontend import fonts, inputs, node


def build(root: Path) -> None:
    """Bring static/dist up to date; quick when nothing has changed. Raises node.FrontendError."""
    if inputs.is_up_to_date(root):
        return
    frontend, dist = root / "frontend", root / "static" / "dist"
    tools = node.find()
    tools.install(frontend)
    shutil.rmtree(dist, ignore_errors=True)
    (dist / "fonts").mkdir(parents=True)
    sprites = {
        "icons": inputs.icon_names(root),
        "interface": inputs.interface_icon_names(root),
        "editor": inputs.editor_icon_names(root),
    }
    unknown = [
        name
        for sprite, names in sprites.items()
        for name in tools.run("build.mjs", str(dist / f"{sprite}.svg"), *names, folder=frontend).split()
    ]
    tools.run("bundle.mjs", str(dist / "editor.js"), folder=frontend)
    fonts.cut_all(frontend / "node_modules" / "@bcgov" / "bc-sans" / "fonts", dist / "fonts")
    shutil.copyfile(frontend / "OFL.txt", dist / "fonts" / "OFL.txt")
    if unknown:
        raise node.FrontendError(f"lucide has no icon of this name: {', '.join(sorted(set(unknown)))}")
    inputs.stamp(root).write_text(inputs.digest(root))
