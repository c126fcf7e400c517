"""A page as Markdown: fields as YAML front matter, rows as tables, the body as it was written."""

from typing import Any

import yaml
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Field, Kind
from wiki.kinds.redact import redact
from wiki.kinds.types import TYPES
from wiki.pages.storing import content_of, current_revision
from wiki.pages.typed import PlainNames

#: Values that are the same in YAML as in our JSON; others are written as people read them.
_PLAIN = {"text", "md", "date", "choice", "number", "percent", "range", "money"}


def page_markdown(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found) -> str:
    """The current text of a page for this viewer, without what they may not see."""
    kind = catalogue[found.page.kind]
    content = redact(kind, content_of(current_revision(session, found.page)), viewer.person_id, found.page.state)
    return content_markdown(kind, content, found.page.state, PlainNames(session, viewer))


def content_markdown(kind: Kind, content: Content, state: str, names: PlainNames) -> str:
    """Front matter, body, then one table for each filled table of the kind."""
    front = {"title": content.title, "kind": kind.key, "state": state, **_front(kind, content, names)}
    matter = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    tables = [_table(field, content.rows(field.key), names) for field in kind.tables if content.rows(field.key)]
    body = content.body.strip("\n")
    return "\n\n".join(part for part in (f"---\n{matter}---", body, *tables) if part) + "\n"


def _front(kind: Kind, content: Content, names: PlainNames) -> dict[str, Any]:
    found = {}
    for field in kind.every_field:
        value = content.fields.get(field.key)
        if value is None or field.type == "rows":
            continue
        found[field.key] = _yaml_value(field, value, names)
    known = {field.key for field in kind.every_field}
    found.update({key: value for key, value in content.fields.items() if key not in known})
    return found


def _yaml_value(field: Field, value: Any, names: PlainNames) -> Any:
    if field.type in _PLAIN:
        return value
    if field.type == "multi":
        return list(value)
    if field.type in ("people", "orgs", "links"):
        return [names.page(one) if isinstance(one, int) else one for one in value]
    return TYPES[field.type].plain(field, value, names)


def _table(field: Field, rows: list[dict[str, Any]], names: PlainNames) -> str:
    columns = [column for column in field.columns if any(column.key in row for row in rows)]
    lines = [
        f"## {_(field.label)}",
        "",
        _line([_(column.label) for column in columns]),
        _line(["---"] * len(columns)),
    ]
    for row in rows:
        lines.append(_line([TYPES[c.type].plain(c, row[c.key], names) if c.key in row else "" for c in columns]))
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    tidy = [cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for cell in cells]
    return "| " + " | ".join(tidy) + " |"
