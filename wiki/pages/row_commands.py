"""The buttons beside rows, for browsers without scripts: add, copy, remove, up, down. They change the form and nothing else."""

import re
from collections.abc import Iterator

from wiki.kinds.types.base import Form
from wiki.kinds.types.tables import row_numbers

_COMMAND = re.compile(r"(add-row|copy-row|remove-row|row-up|row-down):([a-z][a-z0-9_]*)(?::(\d{1,6}))?")


def apply_row_command(form: Form, command: str) -> dict[str, str | list[str]]:
    """The form's texts after `add-row:actions` or `row-up:actions:2`, ready to be shown again.

    Rows are numbered from 0 without gaps; nothing is validated. A command that fits no row changes nothing.
    """
    texts = {key: form.getlist(key) for key in form if key != "do"}
    match = _COMMAND.fullmatch(command)
    if match:
        verb, table, n = match.groups()
        order = _ordered(verb, row_numbers(form, f"r.{table}"), n)
        texts = {**_without_rows(texts, table), **dict(_renumbered(texts, table, order))}
        if verb == "copy-row" and n in order:
            texts[f"r.{table}.{order.index(n) + 1}.id"] = [""]  # a copy is a row of its own
    return {key: values[0] if len(values) == 1 else values for key, values in texts.items()}


def _ordered(verb: str, numbers: list[str], n: str | None) -> list[str]:
    """The old numbers in their new order; "" stands for a new row."""
    if verb == "add-row":
        return [*numbers, ""]
    if n not in numbers:
        return numbers
    at = numbers.index(n)
    if verb == "copy-row":
        return [*numbers[: at + 1], n, *numbers[at + 1 :]]
    rest = [one for one in numbers if one != n]
    if verb == "remove-row":
        return rest
    to = max(at - 1, 0) if verb == "row-up" else at + 1
    return [*rest[:to], n, *rest[to:]]


def _without_rows(texts: dict[str, list[str]], table: str) -> dict[str, list[str]]:
    return {key: values for key, values in texts.items() if not key.startswith(f"r.{table}.")}


def _renumbered(texts: dict[str, list[str]], table: str, order: list[str]) -> Iterator[tuple[str, list[str]]]:
    for new, old in enumerate(order):
        if not old:
            yield f"r.{table}.{new}.id", [""]
        prefix = f"r.{table}.{old}."
        for key, values in texts.items():
            if old and key.startswith(prefix):
                yield f"r.{table}.{new}.{key.removeprefix(prefix)}", values
