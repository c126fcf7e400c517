"""Choices from a list, one or several, with words of one's own where the field admits them."""

import re
from typing import Any, ClassVar

from wiki.i18n import gettext as _
from wiki.kinds.definition import Column
from wiki.kinds.types.base import BadValue, FieldType, Form, Indexed, Namer, Resolver
from wiki.kinds.types.texts import a_string, storable
from wiki.text import tidy

WORD_LENGTH = 60
MOST_WORDS = 50
_BETWEEN_WORDS = re.compile(r"[,\r\n]")


class Choice(FieldType):
    """One of the field's choices, by its key."""

    extras: frozenset[str] = frozenset({"choices", "choices_from", "choices_were"})

    def read_text(self, field: Column, text: str, resolver: Resolver) -> str | None:
        key = text.strip()
        return _known_choice(field, key) if key else None

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> str | None:
        return self.read_text(field, a_string(value), resolver)

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        return {"": value}

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return choice_label(field, value)

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(text=value, number=float(value) if value.isdecimal() else None)]


class Multi(FieldType):
    """Several choices, in the order of the definition; then other words, if the field is free, as they were given."""

    extras: frozenset[str] = frozenset({"choices", "choices_from", "choices_were", "free"})
    parts: ClassVar[tuple[str, ...]] = ("", "free")

    def read_form(self, field: Column, form: Form, name: str, resolver: Resolver) -> list[str] | None:
        words = (
            [word for text in form.getlist(f"{name}.free") for word in _BETWEEN_WORDS.split(text)] if field.free else []
        )
        return self._read(field, [*form.getlist(name), *words])

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> list[str] | None:
        if value is None:
            return None
        if not isinstance(value, list):
            raise BadValue(_("Give a list of choices."))
        words = [a_string(one) for one in value]
        if any("," in word for word in words):
            raise BadValue(_("Give each word by itself, without a comma."))
        return self._read(field, words)

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        if not field.free:
            return {"": list(value)}
        chosen = [one for one in value if one in field.choices]
        return {"": chosen, "free": "\n".join(one for one in value if one not in field.choices)}

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return ", ".join(choice_label(field, one) for one in value)

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(text=one) for one in value]

    def _read(self, field: Column, words: list[str]) -> list[str] | None:
        read = [self._one(field, tidy(storable(word))) for word in words if word.strip()]
        found = list(dict.fromkeys(word for word in read if word))
        if len(found) > MOST_WORDS:
            raise BadValue(_("Keep to %(most)s words or fewer.", most=MOST_WORDS))
        chosen = [key for key in (*field.choices, *field.former_choices) if key in found]
        return chosen + [word for word in found if word not in chosen] or None

    def _one(self, field: Column, word: str) -> str:
        if not field.free:
            return _known_choice(field, word)
        if len(word) > WORD_LENGTH:
            raise BadValue(_("Keep each word to %(most)s characters.", most=WORD_LENGTH), "free")
        return _as_choice(field, word) or word


def choice_label(field: Column, key: str) -> str:
    """What people read for a key; a key that the definition no longer has is called as it was, or shown as it is."""
    label = field.choices.get(key) or field.former_choices.get(key)
    return _(label) if label else key


def _known_choice(field: Column, key: str) -> str:
    """The key, if the field has it, or had it in an earlier version; a list of the settings that is not at hand admits any word."""
    open_list = bool(field.choices_from) and not field.choices
    if key not in field.choices and key not in field.former_choices and not (open_list and len(key) <= WORD_LENGTH):
        known = ", ".join(choice_label(field, one) for one in field.choices)
        raise BadValue(
            _("“%(word)s” is not a choice here. Choose one of: %(known)s.", word=key[:WORD_LENGTH], known=known)
        )
    return key


def _as_choice(field: Column, word: str) -> str | None:
    """The choice that somebody wrote as a free word, by key or label."""
    said = word.casefold()
    return next((key for key in field.choices if said in (key.casefold(), choice_label(field, key).casefold())), None)
