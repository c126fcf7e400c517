"""Every kind that is shipped has a register in which every column sorts and every filter works, in few statements."""

from typing import Any

import pytest

from tests.paper_coast import Coast
from tests.registers.reading import file_of, titles
from tests.statements import Statements
from tests.world import World
from wiki import kinds
from wiki.registers.controls import control
from wiki.resources import resource_folder

KINDS = kinds.load([resource_folder("page_templates")])
MOST_STATEMENTS = 6

every_kind = pytest.mark.parametrize("kind", list(KINDS))


def test_it_works(coast: Coast) -> None:
    """On both databases: each kind's register opens with pages in it, and its file says the same."""
    client = coast.browser("hal")
    for kind in KINDS:
        page = client.read(f"/registers/kind/{kind}?space=paper-coast")
        assert titles(page), kind
        lines = file_of(client, kind, space="paper-coast")
        assert [line["Title"] for line in lines][: len(titles(page))] == titles(page)


@every_kind
def test_every_column_sorts_and_loses_nothing(still_coast: Coast, kind: str) -> None:
    client = still_coast.browser("hal")
    whole = {line["url"] for line in file_of(client, kind, show="all")}
    keys = {*KINDS[kind].register.columns, "title", "changed", "created", "space", "freshness", "owner", "partnership"}
    for key in sorted(keys):
        assert {line["url"] for line in file_of(client, kind, show="all", sort=f"-{key}")} == whole, key


@every_kind
def test_every_filter_is_shown_and_takes_what_it_offers(still_coast: Coast, kind: str) -> None:
    client = still_coast.browser("hal")
    page = client.read(f"/registers/kind/{kind}?show=all")
    for key in KINDS[kind].register.filters:
        found = control(KINDS, KINDS[kind], key, {})
        assert found is not None
        if key != "state":
            assert page.by_id(f"{key}.from" if found.type in ("days", "amount") else key) is not None
        for word in found.choices:
            file_of(client, kind, show="all", **{key: word})
        computed = found.column.computed
        if computed is not None and computed.function:
            assert found.type == "choice", f"say in statuses.py what {computed.function} can be"
        if found.type in ("days", "amount"):
            file_of(client, kind, show="all", **{f"{key}.from": "2020-01-01" if found.type == "days" else "1"})


@every_kind
def test_few_statements_make_a_register(lone_world: World, kind: str) -> None:
    """As many for a full screen as for one page, signing in and space included."""
    client = lone_world.browser("ada")
    heard = Statements(lone_world.database)
    sent_for = []
    for count in (1, 12):
        for number in range(count):
            lone_world.page("ada", "paper-coast", kind, f"Page {count}-{number}", references(lone_world, kind))
        for query in ("?show=all", "?space=paper-coast", "?sort=title", "?sort=-changed&limit=5"):
            sent = heard.during(lambda query=query: client.read(f"/registers/kind/{kind}{query}"))
            assert len(sent) <= MOST_STATEMENTS, "\n".join(sent)
            sent_for.append(len(sent))
    assert sent_for[:4] == sent_for[4:]


def references(world: World, kind: str) -> dict[str, Any]:
    """Something in every field that points to one page."""
    keel, ada = world.org("keel"), world.account("ada").person_id
    values = {"person": ada, "people": [ada], "org": keel, "orgs": [keel]}
    short = [one for one in KINDS[kind].fields if one.type in values and not one.visible_to]
    return {one.key: values[one.type] for one in short}
