"""From the tables of a TOML file to the parts of a kind. What is wrong with one part alone is noted here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wiki.kinds import shape
from wiki.kinds.definition import (
    Column,
    Computed,
    Field,
    Kind,
    Prompt,
    Question,
    Register,
    Replaces,
    RowType,
    State,
    Transition,
    Watches,
)
from wiki.kinds.holding import Holds
from wiki.kinds.problems import Place, Problems
from wiki.kinds.shape import shaped
from wiki.kinds.types import TYPES

KEY = re.compile(r"[a-z][a-z0-9_]{0,58}")
UNSAID = "?"  # stands for a needed text that is missing, so that the other checks can go on

#: Lists of the settings that choices may come from, by name: word -> label.
Lists = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Builder:
    """What building needs everywhere: where mistakes go, the lists of the settings, the shared row types."""

    problems: Problems
    lists: Lists
    rows: Mapping[str, RowType]

    def kind(
        self, data: Mapping[str, Any], place: Place, prompts: Sequence[Prompt], envelope: tuple[Field, ...]
    ) -> Kind:
        read = shaped(data, shape.KIND, shape.KIND_NEEDS, place, self.problems)
        key = read.get("key") or UNSAID
        for text in ("label", "plural", "icon", "group", "intent", "purpose"):
            read[text] = read.get(text) or UNSAID
        read |= {
            "key": key,
            "version": read.get("version", 1),
            "states": self.states(read.get("states", ()), place),
            "computed": self.computed(read.get("computed", ()), place),
            "questions": self.questions(read.get("questions", ()), place),
            "register": self.register(read.get("register"), place),
            "replaces": self._replaces(read.get("replaces"), place),
            "watches": self._watches(read.get("watches"), place),
        }
        read["fields"] = self.fields(read.get("fields", ()), place, key, read["states"][0].key)
        return Kind(prompts=tuple(prompts), envelope=envelope, place=place, **read)

    def envelope(self, data: Mapping[str, Any], place: Place) -> tuple[Field, ...]:
        read = shaped(data, shape.ENVELOPE, ("fields",), place, self.problems)
        return self.fields(read.get("fields", ()), place, "envelope")

    def fields(
        self, tables: Sequence[Mapping[str, Any]], place: Place, owner: str, initial: str = ""
    ) -> tuple[Field, ...]:
        """Raises nothing: a field without key or type is noted and left out."""
        found = []
        for n, data in enumerate(tables):
            here = place.inside("fields", n)
            read = shaped(data, shape.FIELD, shape.WRITTEN_NEEDS, here, self.problems)
            if self._keyed(read, here) and read.get("type"):
                if isinstance(leave := read.get("required_to_leave"), bool):
                    read["required_to_leave"] = (initial,) if leave else ()
                found.append(self._field(read, here, owner))
        return self._unique(found, "field")

    def row_type(self, data: Mapping[str, Any], place: Place) -> RowType | None:
        read = shaped(data, shape.ROW_TYPE, shape.ROW_TYPE_NEEDS, place, self.problems)
        return self._row_type(read, place, read["label"]) if self._keyed(read, place) and read.get("label") else None

    def states(self, tables: Sequence[Mapping[str, Any]], place: Place) -> tuple[State, ...]:
        found = []
        for n, data in enumerate(tables):
            here = place.inside("states", n)
            read = shaped(data, shape.STATE, shape.STATE_NEEDS, here, self.problems)
            if self._keyed(read, here):
                read["label"] = read.get("label") or UNSAID
                read["next"] = self._transitions(read.get("next", ()), here)
                found.append(State(place=here, **read))
        if not found:
            self.problems.add(
                place, "states", "There is no state", "add a [[states]] table; the first one is the initial state"
            )
            found.append(State(key=UNSAID, label=UNSAID, place=place))
        return self._unique(found, "state")

    def computed(self, tables: Sequence[Mapping[str, Any]], place: Place) -> tuple[Computed, ...]:
        found = []
        for n, data in enumerate(tables):
            here = place.inside("computed", n)
            read = shaped(data, shape.COMPUTED, shape.COMPUTED_NEEDS, here, self.problems)
            if self._keyed(read, here):
                read["label"] = read.get("label") or UNSAID
                found.append(Computed(place=here, **read))
        return self._unique(found, "computed value")

    def questions(self, tables: Sequence[Mapping[str, Any]], place: Place) -> tuple[Question, ...]:
        found = []
        for n, data in enumerate(tables):
            here = place.inside("questions", n)
            read = shaped(data, shape.QUESTION, shape.QUESTION_NEEDS, here, self.problems)
            if read.get("key") and read.get("text"):
                found.append(Question(place=here, **read))
        return self._unique(found, "question")

    def register(self, data: Mapping[str, Any] | None, place: Place) -> Register:
        here = place.inside("register")
        return Register(place=here, **shaped(data or {}, shape.REGISTER, (), here, self.problems))

    def _replaces(self, data: Mapping[str, Any] | None, place: Place) -> Replaces | None:
        here = place.inside("replaces")
        read = shaped(data, shape.REPLACES, shape.REPLACES_NEEDS, here, self.problems) if data is not None else {}
        return Replaces(place=here, **read) if read.keys() >= set(shape.REPLACES_NEEDS) else None

    def _watches(self, data: Mapping[str, Any] | None, place: Place) -> Watches | None:
        here = place.inside("watches")
        read = shaped(data, shape.WATCHES, shape.WATCHES_NEEDS, here, self.problems) if data is not None else {}
        return Watches(place=here, **read) if read.keys() >= set(shape.WATCHES_NEEDS) else None

    def _field(self, read: dict[str, Any], place: Place, owner: str) -> Field:
        rows: dict[str, Any] = {
            key: read.pop(key) for key in ("columns", "title", "status", "due", "person", "computed") if key in read
        }
        self._typed(read, place)
        if read["type"] != "rows":
            for key in sorted(shape.ROWS_ONLY & (read.keys() | rows.keys())):
                self.problems.add(place, key, f"“{key}” is for tables", 'remove it, or make the type "rows"')
                read.pop(key, None)
            return Field(place=place, **read)
        if rows.get("columns"):
            if read.get("rows"):
                self.problems.add(
                    place, "rows", "A table has either a row type or its own columns", "remove one of the two"
                )
            return Field(
                place=place,
                row_type=self._row_type({"key": f"{owner}.{read['key']}", **rows}, place, read["label"]),
                **read,
            )
        row_type = self.rows.get(read.get("rows", ""))
        if row_type is None:
            known = ", ".join(self.rows)
            self.problems.add(
                place,
                "rows",
                f"There is no row type “{read.get('rows', '')}”",
                f"name one of {known}, or add [[fields.columns]]",
            )
        return Field(place=place, row_type=row_type, **read)

    def _row_type(self, read: dict[str, Any], place: Place, label: str) -> RowType:
        columns = []
        for n, data in enumerate(read.pop("columns", ())):
            here = place.inside("columns", n)
            column = shaped(data, shape.COLUMN, shape.WRITTEN_NEEDS, here, self.problems)
            if self._keyed(column, here) and column.get("type"):
                self._typed(column, here)
                columns.append(Column(place=here, **column))
        computed = self.computed(read.pop("computed", ()), place)
        title = read.pop("title", "") or (columns[0].key if columns else "")
        read["label"] = label
        return RowType(columns=self._unique(columns, "column"), title=title, computed=computed, place=place, **read)

    def _transitions(self, tables: Sequence[Mapping[str, Any]], place: Place) -> tuple[Transition, ...]:
        found = []
        for n, data in enumerate(tables):
            here = place.inside("next", n)
            read = shaped(data, shape.TRANSITION, shape.TRANSITION_NEEDS, here, self.problems)
            if read.get("to"):
                found.append(Transition(place=here, **{"who": (), **read}))
        return tuple(found)

    def _typed(self, read: dict[str, Any], place: Place) -> None:
        """What depends on the type: which keys it may have, and choices that the settings give."""
        read["label"] = read.get("label") or UNSAID
        self._holding(read, place)
        if read["type"] not in TYPES:
            known = ", ".join(TYPES)
            self.problems.add(place, "type", f"There is no type “{read['type']}”", f"use one of {known}")
            return
        for key in sorted((shape.TYPE_KEYS - TYPES[read["type"]].extras) & read.keys()):
            self.problems.add(place, key, f"“{key}” means nothing for the type {read['type']}", "remove it")
        self._from_list(read, place)

    def _holding(self, read: dict[str, Any], place: Place) -> None:
        found = []
        for n, data in enumerate(read.pop("holds", ())):
            here = place.inside("holds", n)
            said = shaped(data, shape.HOLDING, shape.HOLDING_NEEDS, here, self.problems)
            if said.get("what"):
                found.append(Holds(place=here, **said))
        read["holds"] = tuple(found)

    def _from_list(self, read: dict[str, Any], place: Place) -> None:
        name = read.get("choices_from")
        if not name:
            return
        if read.get("choices"):
            self.problems.add(place, "choices_from", "Choices come from one place", "remove choices or choices_from")
        if self.lists and name not in self.lists:
            known = ", ".join(self.lists)
            self.problems.add(
                place, "choices_from", f"There is no list “{name}” in the settings", f"use one of {known}"
            )
        read["choices"] = dict(self.lists.get(name, {}))

    def _keyed(self, read: Mapping[str, Any], place: Place) -> bool:
        key = read.get("key", "")
        if key and not KEY.fullmatch(key):
            mend = "use lower-case letters, digits and underscores, a letter first"
            self.problems.add(place, "key", f"“{key}” cannot be a key", mend)
            return False
        return bool(key)

    def _unique(self, found: list[Any], what: str) -> tuple[Any, ...]:
        kept: dict[str, Any] = {}
        for one in found:
            if one.key in kept:
                self.problems.add(
                    one.place, "key", f"There is another {what} “{one.key}”", "give one of them another key"
                )
            kept.setdefault(one.key, one)
        return tuple(kept.values())
