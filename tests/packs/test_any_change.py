"""Whatever is changed in a template: every value is still somewhere, and what is asked of people is exactly what has no place."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.kinds import Content
from wiki.kinds.carrying import carried
from wiki.kinds.catalogue import Catalogue, History
from wiki.kinds.definition import Column, Field, Kind, RowType, State
from wiki.packs.behind import asked, needs_of

KEYS = [f"k{n}" for n in range(6)]
WORDS = ["red", "green", "blue", "grey"]
TYPES = ("text", "md", "choice", "multi", "number", "rows")


def choices(draw: st.DrawFn, before: Column | None) -> dict[str, Any]:
    """Some words; of those that the field had before, some may be called otherwise."""
    kept = draw(st.lists(st.sampled_from(WORDS), unique=True, min_size=1))
    lost = [word for word in (before.choices if before else {}) if word not in kept]
    were = {word: draw(st.sampled_from(kept)) for word in lost if draw(st.booleans())}
    return {"choices": {word: word.title() for word in kept}, "choices_were": were}


def columns(draw: st.DrawFn, cls: type[Any], before: dict[str, Column], types: tuple[str, ...]) -> list[Any]:
    found = []
    free = [key for key in before]
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=4)):
        type_ = draw(st.sampled_from(types))
        others = [one for one in free if one != key]
        was = (draw(st.sampled_from(others)),) if others and key not in before and draw(st.booleans()) else ()
        source = before.get(was[0] if was else key)
        more: dict[str, Any] = {"was": was}
        if type_ in ("choice", "multi"):
            more |= choices(draw, source)
        if type_ == "rows":
            inner = {one.key: one for one in source.columns} if isinstance(source, Field) else {}
            held = columns(draw, Column, inner, TYPES[:-1])
            more["row_type"] = RowType(key=f"kind.{key}", label="Rows", columns=tuple(held))
        found.append(cls(key=key, label=key, type=type_, **more))
    return found


@st.composite
def versions(draw: st.DrawFn) -> list[Kind]:
    """A kind and what became of it, version by version."""
    made: list[Kind] = []
    for number in range(1, draw(st.integers(2, 4)) + 1):
        before: dict[str, Column] = {one.key: one for one in made[-1].fields} if made else {}
        fields = columns(draw, Field, before, TYPES)
        said = {name: name for name in ("label", "plural", "icon", "intent", "purpose")}
        state = State(key="new", label="New")
        made.append(Kind(key="kind", version=number, group="write", states=(state,), fields=tuple(fields), **said))
    return made


def value(draw: st.DrawFn, column: Column) -> Any:
    match column.type:
        case "choice":
            return draw(st.sampled_from(list(column.choices)))
        case "multi":
            return [word for word in column.choices if draw(st.booleans())] or [next(iter(column.choices))]
        case "number":
            return draw(st.integers(0, 99))
        case "rows":
            assert isinstance(column, Field)
            rows = range(draw(st.integers(1, 2)))
            return [{"id": f"r{n}", **{one.key: value(draw, one) for one in column.columns}} for n in rows]
    return draw(st.sampled_from(["Tides", "Boats", "Nets"]))


def leaves(held: Any, kind: Kind) -> Iterator[str]:
    """All that is written, choices by what they are called at last."""
    if isinstance(held, dict):
        for key, one in held.items():
            yield from leaves(one, kind) if key != "id" else [f"id {one}"]
    elif isinstance(held, list):
        for one in held:
            yield from leaves(one, kind)
    else:
        yield str(held)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_value_is_lost_and_the_report_is_exact(data: st.DataObject) -> None:
    kinds = data.draw(versions())
    editions = {("kind", one.version): one for one in kinds}
    first, last = kinds[0], Catalogue({"kind": kinds[-1]}, (), {}, History("m", editions=editions))["kind"]
    content = Content("Title", "", {one.key: value(data.draw, one) for one in first.fields})
    before = content.canonical()
    new = carried(last, content)
    assert content.canonical() == before, "what is carried over is another object"
    renamed = {
        word for one in (*last.fields, *(c for f in last.fields for c in f.columns)) for word in one.choices_were
    }
    old_leaves = Counter(one for one in leaves(content.fields, last) if one not in WORDS)
    assert Counter(one for one in leaves(new.fields, last) if one not in WORDS) == old_leaves
    lost = set(leaves(content.fields, last)) - set(leaves(new.fields, last))
    assert lost <= renamed, "only a choice that was renamed is written otherwise"
    assert carried(last, new).canonical() == new.canonical(), "once is enough"
    needs = needs_of(last, content)
    assert bool(needs.moved) == (new.canonical() != before), "what moves is what differs"
    placed = set()
    for one in asked(last, new):
        holder: Any = new.fields
        if one.row:
            holder = next(row for row in new.fields[one.key] if row["id"] == one.row)
        assert holder[one.column.key if one.row else one.key] == one.value
        placed.add(one.name)
    for key in new.fields.keys() - {one.key for one in last.fields}:
        assert f"a.{key}" in placed, "a value without a field is asked about"
    assert len(placed) == len(list(asked(last, new)))
