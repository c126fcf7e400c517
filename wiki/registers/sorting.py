"""Sorting pages here, by the reader's language or by what was worked out. What has no value comes last both ways."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from wiki.i18n import sort_key
from wiki.registers.entries import Entry
from wiki.registers.ordering import Order

T = TypeVar("T")


def in_order(items: Sequence[T], order: Order, parts_of: Callable[[T], Sequence[Any]]) -> list[T]:
    """The items by one sort key; what it leaves equal stays as it was. `parts_of` gives the key's values, None for missing."""
    keyed = [(parts_of(item), item) for item in items]
    count = len(keyed[0][0]) if keyed else 0
    for n in reversed(range(count)):
        filled = [one for one in keyed if one[0][n] is not None]
        missing = [one for one in keyed if one[0][n] is None]
        filled.sort(key=lambda one, n=n: comparable(one[0][n]), reverse=order.down)  # type: ignore[misc]
        keyed = filled + missing
    return [item for _parts, item in keyed]


def comparable(value: Any) -> Any:
    """Words by the rules of the language, behind numbers where both occur."""
    if isinstance(value, str):
        return (1, sort_key(value))
    return (0, float(value)) if isinstance(value, int | float) else (0, value)


def value_parts(order: Order, sort: Sequence[Order]) -> Callable[[Entry], Sequence[Any]]:
    """How to get an order's values from an entry that was loaded with the parts of all of `sort`."""
    if not order.parts:
        return lambda entry: (_sort_value(entry, order.key),)
    first = sum(len(one.parts) for one in sort[: sort.index(order)])
    return lambda entry: entry.sort[first : first + len(order.parts)]


def _sort_value(entry: Entry, key: str) -> Any:
    value = entry.values.get(key)
    return (value.sort if value.sort is not None else value.text or None) if value is not None else None
