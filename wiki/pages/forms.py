"""Reads what people send, by the kind of the page; everything that is wrong at once, nothing lost."""

from collections.abc import Mapping
from typing import Any

from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds.carrying_forms import carried_form
from wiki.kinds.catalogue import Catalogue
from wiki.kinds.content import Content
from wiki.kinds.definition import Field, Kind
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import BadValue, Form, Namer, Resolver, form_texts, joined
from wiki.kinds.types.tables import new_row_id
from wiki.kinds.types.texts import storable
from wiki.pages.row_commands import apply_row_command
from wiki.text import normal, tidy

TITLE_LENGTH = 300
BODY_BYTES = 256 * 1024


def read_form(catalogue: Catalogue, kind: Kind, form: Form, resolver: Resolver, old: Content | None = None) -> Content:
    """The content that a form holds. A field none of whose inputs is in the form keeps its value in `old`.

    Raises Invalid with all problems; its `readable` is the Content of everything that could be read.
    """
    form = carried_form(kind, form)
    content = Content(title=tidy(storable(form.get("title") or "")), body=_body(form, old))
    problems = _title_problems(content.title) + _body_problems(content.body) + _tree_problems(form)
    for field in kind.every_field:
        name = input_name(field)
        if not TYPES[field.type].sent(form, name):
            value = old.fields.get(field.key) if old else None
        else:
            value = _read(field, name, form, resolver, problems)
            if field.type == "multi" and old is not None:
                value = _in_the_old_order(value, old.fields.get(field.key))
        if value is not None:
            content.fields[field.key] = value
    _unique_rows(kind, content)
    if problems:
        raise Invalid(problems, content)
    return content


def _in_the_old_order(value: Any, before: Any) -> Any:
    """Boxes are sent in the order in which they stand; the same choices as before are no change, whatever their order."""
    return before if value and before and sorted(value) == sorted(before) else value


def read_json(
    catalogue: Catalogue,
    kind: Kind,
    title: Any,
    body: Any,
    fields: Mapping[str, Any],
    resolver: Resolver,
    old: Content | None = None,
) -> Content:
    """The content that a program sent: values as docs/kinds.md stores them; references may be titles.

    A field that is not named keeps its value in `old`; None empties it. Keys that the kind lacks are refused, unless
    they come back as `old` had them. Raises Invalid with all problems.
    """
    if not isinstance(title, str) or not isinstance(body, str):
        raise Invalid([Problem("title", _("Title and body are texts."))])
    content = Content(title=tidy(storable(title)), body=normal(storable(body)))
    before = dict(old.fields) if old else {}
    problems = _title_problems(content.title) + _body_problems(content.body)
    content.fields = {key: value for key, value in before.items() if key not in fields}
    for key, given in fields.items():
        field = kind.field(key)
        if key in before and before[key] == given:
            content.fields[key] = given
        elif field is None:
            problems.append(Problem(f"f.{key:.60}", _("This kind of page has no field “%(key)s”.", key=key[:60])))
        elif (value := _read_json(field, _without_unknown(field, given, before), resolver, problems)) is not None:
            content.fields[key] = value
    _same_rows(kind, content, problems)
    if problems:
        raise Invalid(problems, content)
    return keep_unknown(old, content, kind) if old else content


def form_values(catalogue: Catalogue, kind: Kind, content: Content, namer: Namer) -> dict[str, str | list[str]]:
    """Input names and what stands in them, title and body too; reading them gives the same content."""
    texts: dict[str, str | list[str]] = {"title": content.title, "body": content.body}
    for field in kind.every_field:
        if field.key in content.fields:
            suffixes = TYPES[field.type].to_form(field, content.fields[field.key], namer)
            texts |= form_texts(input_name(field), suffixes)
    return texts


def empty_form(kind: Kind) -> dict[str, str | list[str]]:
    """One input, with nothing in it, for every field: what a form holds in which everything was emptied."""
    return {joined(input_name(field), TYPES[field.type].parts[-1]): "" for field in kind.every_field}


def keep_unknown(old: Content, new: Content, kind: Kind) -> Content:
    """`new` with the values of `old` that its form could not show: fields and columns of an earlier version of the kind."""
    fields = dict(new.fields)
    for key, value in old.fields.items():
        if kind.field(key) is None:
            fields.setdefault(key, value)
    for field in kind.every_field:
        if field.row_type and field.key in fields:
            before = {row["id"]: row for row in old.rows(field.key)}
            fields[field.key] = [_unknown_cells(field, before.get(row["id"], {})) | row for row in fields[field.key]]
    return Content(new.title, new.body, fields)


def input_name(field: Field) -> str:
    """The name that the inputs of a field begin with."""
    return f"r.{field.key}" if field.row_type else f"f.{field.key}"


def _body(form: Form, old: Content | None) -> str:
    if "body" not in form:
        return old.body if old else ""
    return normal(storable(form.get("body") or ""))


def _title_problems(title: str) -> list[Problem]:
    if not title:
        return [Problem("title", _("Give the page a title."), "title")]
    if len(title) > TITLE_LENGTH:
        message = _("Keep the title to %(most)s characters; this is %(count)s.", most=TITLE_LENGTH, count=len(title))
        return [Problem("title", message, "title")]
    return []


def _body_problems(body: str) -> list[Problem]:
    if len(body.encode()) > BODY_BYTES:
        message = _("The text is over %(most)s KB; move some of it to a page of its own.", most=BODY_BYTES // 1024)
        return [Problem("body", message, "body")]
    return []


def _tree_problems(form: Form) -> list[Problem]:
    """Texts of the rich text editor that could not be read: the others have become Markdown before."""
    message = _("What the rich text editor sent could not be read. Look at the text below, and save it again.")
    left = [
        name for name in form if name == "body.tree" or name.endswith(".tree") and (form.get(name) or "")[:1] in "{["
    ]
    return [Problem(name.removesuffix(".tree"), message) for name in left]


def _read(field: Field, name: str, form: Form, resolver: Resolver, problems: list[Problem]) -> Any:
    try:
        return TYPES[field.type].read_form(field, form, name, resolver)
    except BadValue as problem:
        problems += _problems(field, name, problem)
        return getattr(problem, "readable", None)


def _read_json(field: Field, given: Any, resolver: Resolver, problems: list[Problem]) -> Any:
    try:
        return TYPES[field.type].from_json(field, given, resolver)
    except BadValue as problem:
        problems += _problems(field, input_name(field), problem)
        return getattr(problem, "readable", None)


def _problems(field: Field, name: str, problem: BadValue) -> list[Problem]:
    """One problem for each bad part, beside its own input, with a label that says where it is."""
    found = []
    for one in problem.each():
        full = joined(name, one.part) if one.part else f"f.{field.key}"
        said = _("%(label)s: %(problem)s", label=_where(field, one.part), problem=one.message)
        found.append(Problem(full, said, full, one.message))
    return found


def _where(field: Field, part: str) -> str:
    """The label of a field; of a cell, also the row and the column."""
    n, _dot, rest = part.partition(".")
    column = field.row_type.column(rest.partition(".")[0]) if field.row_type else None
    if not field.row_type or not n.isdigit():
        return _(field.label)
    if column is None:
        return _("%(table)s, row %(n)s", table=_(field.label), n=int(n) + 1)
    return _("%(table)s, row %(n)s, %(column)s", table=_(field.label), n=int(n) + 1, column=_(column.label))


def _tables(kind: Kind) -> list[Field]:
    return [field for field in kind.every_field if field.row_type]


def _unique_rows(kind: Kind, content: Content) -> None:
    """A row's id is its own on the whole page: a form that repeats one in another table gets a new one there."""
    taken: set[str] = set()
    for field in _tables(kind):
        for row in content.rows(field.key):
            if row["id"] in taken:
                row["id"] = new_row_id(taken)
            taken.add(row["id"])


def _same_rows(kind: Kind, content: Content, problems: list[Problem]) -> None:
    taken: set[str] = set()
    for field in _tables(kind):
        for n, row in enumerate(content.rows(field.key)):
            if row["id"] in taken:
                message = _("Two rows of this page have the id “%(id)s”. Give one of them another.", id=row["id"])
                problems.append(Problem(f"r.{field.key}.{n}.id", message))
            taken.add(row["id"])


def _unknown_cells(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    known = {"id", *(column.key for column in field.columns)}
    return {key: value for key, value in row.items() if key not in known}


def _without_unknown(field: Field, given: Any, before: Mapping[str, Any]) -> Any:
    """Rows without the cells of an earlier version that come back unchanged; they are put back afterwards."""
    if not field.row_type or not isinstance(given, list):
        return given
    old = {row["id"]: _unknown_cells(field, row) for row in before.get(field.key) or []}
    return [_known_cells(row, old.get(str(row.get("id")), {})) if isinstance(row, dict) else row for row in given]


def _known_cells(row: Mapping[str, Any], unknown: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in unknown or unknown[key] != value}


__all__ = ["apply_row_command", "empty_form", "form_values", "input_name", "keep_unknown", "read_form", "read_json"]
