"""Backups that somebody has rewritten, seal and all: what the program must refuse for other reasons than damage."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect

from wiki import migrate
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


def as_of_schema(version: str, content: Members, manifest: dict[str, Any]) -> None:
    """Take out of a backup's tables what came after a migration."""
    manifest["schema"] = version
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate.upgrade_on(connection, version)
        tables = inspect(connection)
        known = {name: {one["name"] for one in tables.get_columns(name)} for name in tables.get_table_names()}
    engine.dispose()
    for name in [name for name in content if name.startswith("tables/")]:
        table = name.removeprefix("tables/").removesuffix(".jsonl")
        if table not in known:
            del content[name], manifest["members"][name]
            continue
        rows = [json.loads(line) for line in content[name].splitlines()]
        kept = [{key: value for key, value in row.items() if key in known[table]} for row in rows]
        content[name] = b"".join(json.dumps(row).encode() + b"\n" for row in kept)
