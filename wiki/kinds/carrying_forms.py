"""What was typed into a form of an earlier version of a kind, under the names of a later one: drafts, and forms that stood open."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wiki.kinds.definition import Column, Kind
from wiki.kinds.types.base import Form


class Typed:
    """The texts of a form by the names of its inputs."""

    def __init__(self, texts: Mapping[str, list[str]]) -> None:
        self.texts = texts

    def get(self, key: str, /) -> str | None:
        return next(iter(self.texts.get(key, [])), None)

    def getlist(self, key: str, /) -> list[str]:
        return self.texts.get(key, [])

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)


def carried_form(kind: Kind, form: Form) -> Form:
    """The form as this version of the kind names its inputs; the same object if nothing has another name."""
    if not _renames(kind):
        return form
    return Typed(carried_texts(kind, {name: form.getlist(name) for name in form}))


def carried_texts(kind: Kind, texts: Mapping[str, Any]) -> dict[str, Any]:
    """The same for texts by input name. What has another name goes there unless the form has inputs of that name."""
    if not _renames(kind):
        return dict(texts)
    sent = {name.split(".")[1] for name in texts if name.startswith(("f.", "r."))}
    fields = _new_keys(kind.fields, sent)
    found: dict[str, Any] = {}
    for name, said in texts.items():
        new = _named(kind, fields, name, texts)
        column = _column(kind, new)
        found[new] = _chosen(column, said) if column is not None and column.choices_were else said
    return found


def _renames(kind: Kind) -> bool:
    return any(one.was or one.choices_were for field in kind.fields for one in (field, *field.columns))


def _new_keys(columns: Sequence[Column], sent: set[str]) -> dict[str, str]:
    """Old key -> new key, of those that were sent under the old one only."""
    known = {one.key for one in columns}
    found: dict[str, str] = {}
    for one in columns:
        old = next((was for was in one.was if was in sent and was not in known), None)
        if old is not None and one.key not in sent:
            found[old] = one.key
    return found


def _named(kind: Kind, fields: Mapping[str, str], name: str, texts: Mapping[str, Any]) -> str:
    """`f.old.from` is `f.new.from`, `r.table.3.old` is `r.table.3.new`."""
    sort, *rest = name.split(".")
    if sort not in ("f", "r") or not rest:
        return name
    key = fields.get(rest[0], rest[0])
    table = kind.field(key)
    if sort == "r" and len(rest) > 2 and table is not None and table.columns:
        row = f"r.{rest[0]}.{rest[1]}."
        sent = {other.removeprefix(row).split(".")[0] for other in texts if other.startswith(row)}
        rest[2] = _new_keys(table.columns, sent).get(rest[2], rest[2])
    return ".".join([sort, key, *rest[1:]])


def _column(kind: Kind, name: str) -> Column | None:
    """The field or column whose choices an input of that name holds."""
    match name.split("."):
        case ["f", key]:
            return kind.field(key)
        case ["r", key, _n, column] if (table := kind.field(key)) is not None:
            return next((one for one in table.columns if one.key == column), None)
    return None


def _chosen(column: Column, said: Any) -> Any:
    if isinstance(said, str):
        return said if said in column.choices else column.choices_were.get(said, said)
    return [one if one in column.choices else column.choices_were.get(one, one) for one in said]
