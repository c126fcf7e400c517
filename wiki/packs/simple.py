"""A kind changed by a form, for somebody who has never seen TOML: names, help, choices, order, fields added and taken away.

The text of the definition is changed in place; whatever the form does not speak of, comments too, stays as it was written.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from wiki.kinds.build import KEY
from wiki.packs.types import CHOOSING, SIMPLE
from wiki.text import slugify, tidy

#: What a kind says of itself that the form asks for.
ABOUT = ("label", "plural", "intent", "purpose", "group", "icon")
_KEYED = re.compile(r"^\s*([a-z][a-z0-9_]{0,58})\s*=\s*(.*)$")


class NotToml(Exception):
    """The definition cannot be read, so that no form can change it; the check says where it is wrong."""


def changed_by(text: str, form: Mapping[str, str]) -> str:
    """The definition with what the form says, and what its button asks for done. Raises NotToml."""
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise NotToml from error
    for key in ABOUT:
        if f"k.{key}" in form:
            _set(document, key, tidy(form[f"k.{key}"]))
    if "k.label" in form:
        _retire(document, bool(form.get("k.retired")))
    fields = document.get("fields")
    if not isinstance(fields, AoT):
        fields = tomlkit.aot()
        document["fields"] = fields
    initial = _initial(document)
    for n, one in enumerate(fields):
        _change(one, n, form, initial)
    _command(document, fields, form)
    return tomlkit.dumps(document)


def _retire(document: Any, retired: bool) -> None:
    if retired and not document.get("retired"):
        document["retired"] = True
    elif not retired:
        document.pop("retired", None)


def _initial(document: Any) -> str:
    states = document.get("states") or [{}]
    return str(states[0].get("key", ""))


def _change(field: Table, n: int, form: Mapping[str, str], initial: str) -> None:
    if f"f{n}.label" not in form:
        return
    _set(field, "label", tidy(form[f"f{n}.label"]))
    _set(field, "help", tidy(form.get(f"f{n}.help", "")))
    _set(field, "form", "short" if form.get(f"f{n}.short") else "more")
    needed = bool(form.get(f"f{n}.needed"))
    if needed != is_needed(field, initial):
        _need(field, initial, needed)
    if f"f{n}.choices" in form:
        _choose(field, form[f"f{n}.choices"])


def is_needed(field: Mapping[str, Any], initial: str) -> bool:
    """Whether the field is needed to leave the first state."""
    said = field.get("required_to_leave", False)
    return bool(said) if isinstance(said, bool) else initial in said


def _need(field: Table, initial: str, needed: bool) -> None:
    said = field.get("required_to_leave", False)
    others = [] if isinstance(said, bool) else [str(one) for one in said if one != initial]
    if others:
        field["required_to_leave"] = [initial, *others] if needed else others
    elif needed:
        field["required_to_leave"] = True
    else:
        field.pop("required_to_leave", None)


def _choose(field: Table, text: str) -> None:
    """Each line is a choice: "Label", or "key = Label" for one that has its key already."""
    before = dict(field.get("choices") or {})
    found = tomlkit.inline_table()
    for line in text.splitlines():
        if not line.strip():
            continue
        keyed = _KEYED.match(line)
        label = tidy(keyed[2] if keyed else line)
        known = [key for key, said in before.items() if said == label]
        key = keyed[1] if keyed else known[0] if known else key_of(label, found)
        if label:
            found[key] = label
    if dict(found) != before or list(found) != list(before):
        field["choices"] = found


def choice_lines(field: Mapping[str, Any]) -> str:
    return "\n".join(f"{key} = {label}" for key, label in (field.get("choices") or {}).items())


def _set(table: Any, key: str, value: str) -> None:
    """Only what differs is written, so that the rest of the text stays as it is."""
    if value == str(table.get(key, "")):
        return
    if value:
        table[key] = value
    elif key in table:
        del table[key]


def _command(document: Any, fields: AoT, form: Mapping[str, str]) -> None:
    verb, _dash, number = form.get("do", "").partition("-")
    n = int(number) if number.isdecimal() and len(number) < 5 else -1
    if verb == "up" and 0 < n < len(fields):
        _swap(fields, n, n - 1)
    elif verb == "down" and 0 <= n < len(fields) - 1:
        _swap(fields, n, n + 1)
    elif verb == "remove" and 0 <= n < len(fields):
        _forget(document, str(fields[n].get("key")))
        fields.pop(n)
    elif verb == "add":
        _add(fields, form)


def _forget(document: Any, key: str) -> None:
    """A field that goes is no column, order or filter of the list of such pages any more."""
    register = document.get("register") or {}
    for name in ("columns", "sort", "filters"):
        if name in register and any(one.lstrip("-") == key for one in register[name]):
            register[name] = [one for one in register[name] if one.lstrip("-") != key]


def _swap(fields: AoT, one: int, other: int) -> None:
    items = [tomlkit.parse(tomlkit.dumps(_alone(each)))["fields"][0] for each in fields]
    items[one], items[other] = items[other], items[one]
    while len(fields):
        fields.pop(0)
    for each in items:
        fields.append(each)


def _alone(field: Any) -> Any:
    document = tomlkit.document()
    array = tomlkit.aot()
    array.append(field)
    document["fields"] = array
    return document


def _add(fields: AoT, form: Mapping[str, str]) -> None:
    label, type_ = tidy(form.get("new.label", "")), form.get("new.type", "text")
    if not label or type_ not in SIMPLE:
        return
    taken = {str(one.get("key")): one for one in fields}
    field = tomlkit.table()
    field["key"] = key_of(label, taken)
    field["label"] = label
    field["type"] = type_
    field["form"] = "more"
    if help_text := tidy(form.get("new.help", "")):
        field["help"] = help_text
    if type_ in CHOOSING:
        field["choices"] = tomlkit.inline_table()
        _choose(field, form.get("new.choices", ""))
    field.add(tomlkit.nl())
    fields.append(field)


def key_of(label: str, taken: Any) -> str:
    """A key that is made of the label, and that nothing in `taken` has."""
    made = slugify(label).replace("-", "_")[:50].strip("_")
    made = made if KEY.fullmatch(made) else f"field_{made}".strip("_")
    made = made if KEY.fullmatch(made) else "field"
    key, count = made, 1
    while key in taken:
        count += 1
        key = f"{made}_{count}"
    return key


def is_toml(text: str) -> bool:
    """Whether the definition can be read at all."""
    try:
        tomlkit.parse(text)
    except TOMLKitError:
        return False
    return True


def key_in(text: str) -> str:
    """The key that a definition says; "" for one that cannot be read."""
    try:
        return str(tomlkit.parse(text).get("key", ""))
    except TOMLKitError:
        return ""


def shown(text: str) -> dict[str, Any]:
    """What the form shows of a definition. Raises NotToml."""
    try:
        document = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise NotToml from error
    fields = document.get("fields")
    initial = _initial(document)
    return {
        "key": str(document.get("key", "")),
        "about": {key: str(document.get(key, "")) for key in ABOUT},
        "retired": bool(document.get("retired")),
        "fields": list(_shown(fields if isinstance(fields, list) else [], initial)),
    }


def shown_or_none(text: str) -> dict[str, Any] | None:
    """The same; None for a definition that cannot be read."""
    try:
        return shown(text)
    except NotToml:
        return None


def _shown(fields: list[Any], initial: str) -> Iterator[dict[str, Any]]:
    for one in fields:
        if isinstance(one, dict):
            yield {
                "key": str(one.get("key", "")),
                "label": str(one.get("label", "")),
                "type": str(one.get("type", "")),
                "help": str(one.get("help", "")),
                "short": one.get("form", "more") == "short",
                "needed": is_needed(one, initial),
                "choices": choice_lines(one) if one.get("type") in CHOOSING and not one.get("choices_from") else None,
            }
