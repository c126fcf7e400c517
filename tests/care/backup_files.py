"""Backups that somebody has rewritten, seal and all: what the program must refuse for other reasons than damage."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wiki.care import sealed

Members = dict[str, bytes]


def members(file: Path) -> Members:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(
    file: Path, place: Path, change: Callable[[Members, dict[str, Any]], None], *, digests: bool = True
) -> Path:
    """A sealed backup with other content. `change` gets the members and the manifest; `digests`: those of the manifest
    are made to fit."""
    content = members(file)
    manifest = json.loads(content.pop(sealed.MANIFEST))
    change(content, manifest)
    if digests:
        for name, data in content.items():
            manifest["members"].setdefault(name, {"count": 1})["sha256"] = hashlib.sha256(data).hexdigest()
    with sealed.writing(place, sealed.Manifest("", "")) as writer:
        for name, data in content.items():
            writer.add(name, iter([data]))
        for key, value in manifest.items():
            if key != "made_at":
                setattr(writer.manifest, key, value)
    return place


def without_column(data: bytes, column: str) -> bytes:
    rows = [json.loads(line) for line in data.splitlines()]
    return b"".join(json.dumps({k: v for k, v in row.items() if k != column}).encode() + b"\n" for row in rows)
