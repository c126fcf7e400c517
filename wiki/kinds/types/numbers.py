"""Numbers, percentages and money, read with the decimal sign of the language."""

import math
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, ClassVar

from babel import numbers

from wiki import i18n
from wiki.i18n import gettext as _
from wiki.kinds.definition import Column
from wiki.kinds.types.base import BadValue, BadValues, FieldType, Form, Indexed, Namer, Resolver
from wiki.kinds.types.texts import a_string

PLACES = 9
LIMIT = 10**12

_SPACES = re.compile(r"[\s\u00a0\u202f_']+")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


class Number(FieldType):
    """A number, whole if the field says so, within the field's bounds."""

    extras: frozenset[str] = frozenset({"min_value", "max_value", "whole", "unit"})

    def read_text(self, field: Column, text: str, resolver: Resolver) -> int | float | None:
        if not text.strip():
            return None
        return self._held(field, read_number(text))

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> int | float | None:
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BadValue(_("Give a number, such as 12 or 12.5."))
        return self._held(field, Decimal(repr(value)))

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        return {"": write_number(value)}

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        said = i18n.format_number(value)
        return f"{said} {_(field.unit)}" if field.unit else said

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(text=str(value), number=float(value))]

    def _held(self, field: Column, number: Decimal) -> int | float:
        low, high = self.bounds(field)
        if low is not None and number < Decimal(repr(low)):
            raise BadValue(_("Give a number of %(least)s or more.", least=write_number(low)))
        if high is not None and number > Decimal(repr(high)):
            raise BadValue(_("Give a number of %(most)s or less.", most=write_number(high)))
        if abs(number) >= LIMIT:
            raise BadValue(_("That number is too large to keep; use a larger unit."))
        if number == number.to_integral_value():
            return int(number)
        if field.whole:
            raise BadValue(_("Give a whole number."))
        kept = round(float(number), PLACES)
        return int(kept) if kept.is_integer() else kept

    def bounds(self, field: Column) -> tuple[float | None, float | None]:
        return field.min_value, field.max_value


class Percent(Number):
    """A number from 0 to 100; a percent sign behind it does no harm."""

    extras: frozenset[str] = frozenset({"whole"})

    def read_text(self, field: Column, text: str, resolver: Resolver) -> int | float | None:
        return super().read_text(field, text.strip().removesuffix("%"), resolver)

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return _("%(number)s %%", number=i18n.format_number(value))

    def bounds(self, field: Column) -> tuple[float | None, float | None]:
        return 0, 100


class Money(FieldType):
    """An amount and its currency: {"amount": "18000.00", "currency": "CAD"}."""

    parts: ClassVar[tuple[str, ...]] = ("amount", "currency")

    def read_form(self, field: Column, form: Form, name: str, resolver: Resolver) -> dict[str, str] | None:
        amount, currency = (form.get(f"{name}.{part}") or "" for part in self.parts)
        return self._read(amount, currency) if amount.strip() else None

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> dict[str, str] | None:
        if value is None or value == {}:
            return None
        if not isinstance(value, dict) or set(value) - set(self.parts):
            raise BadValue(_('Give an amount and a currency, such as {"amount": "18000.00", "currency": "CAD"}.'))
        amount = a_string(value.get("amount"))
        if not _PLAIN.fullmatch(amount):
            raise BadValue(_("Write the amount as digits, such as 18000.00."), "amount")
        return self._kept(Decimal(amount), a_string(value.get("currency")))

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        return {"amount": value["amount"].replace(".", _signs()[0]), "currency": value["currency"]}

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return numbers.format_currency(Decimal(value["amount"]), value["currency"], locale=i18n.locale())

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(text=value["currency"], number=float(value["amount"]))]

    def _read(self, amount: str, currency: str) -> dict[str, str]:
        try:
            number = read_number(amount)
        except BadValue as problem:
            raise BadValue(problem.message, "amount") from None
        return self._kept(number, currency)

    def _kept(self, amount: Decimal, currency: str) -> dict[str, str]:
        problems = []
        code = currency.strip().upper()
        if code not in numbers.list_currencies():
            problems.append(BadValue(_("Choose the currency by its three letters, such as CAD or EUR."), "currency"))
        places = numbers.get_currency_precision(code) if not problems else 2
        if abs(amount) >= LIMIT:
            problems.append(BadValue(_("That amount is too large to keep."), "amount"))
        elif amount != round(amount, places):
            message = _("Give at most %(places)s decimal places for this currency.", places=places)
            problems.append(BadValue(message, "amount"))
        if problems:
            raise BadValues(problems)
        return {"amount": f"{abs(amount) if amount == 0 else amount:.{places}f}", "currency": code}


def read_number(text: str) -> Decimal:
    """What people mean by "1,200.5" in English, "1 200,5" in French, "1.200,5" in German. Raises BadValue."""
    decimal, group = _signs()
    bare = _SPACES.sub("", text).replace("\u2212", "-")
    if group in bare and group != decimal:
        bare = _without_groups(bare, group)
    if decimal != ".":
        bare = bare.replace(decimal, ".")
    try:
        if not _PLAIN.fullmatch(bare):
            raise InvalidOperation
        return Decimal(bare)
    except InvalidOperation:
        example = write_number(1234.5)
        raise BadValue(_("Write a number with digits only, such as %(example)s.", example=example)) from None


def write_number(number: int | float) -> str:
    """The number without groups and without an exponent, with the language's decimal sign."""
    return format(Decimal(repr(number)), "f").replace(".", _signs()[0])


def _without_groups(text: str, group: str) -> str:
    """Groups of three lose their signs; a full stop that groups nothing is meant as the decimal sign."""
    if re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(group)}\d{{3}})+(\D\d*)?", text):
        return text.replace(group, "")
    return text


def _signs() -> tuple[str, str]:
    return _locale_signs(i18n.language())


@lru_cache
def _locale_signs(language: str) -> tuple[str, str]:
    locale = i18n.locale()
    return numbers.get_decimal_symbol(locale), numbers.get_group_symbol(locale)
