"""The working view and the page of a note: few statements, everybody sees what is theirs to do."""

from tests.paper_coast import Coast
from tests.statements import Statements


def test_it_works(coast: Coast) -> None:
    """A note costs no more statements than any page; what somebody is offered or writes at most sixteen, however long the list."""
    heard = Statements(coast.database)
    hal, client = coast.browser("hal"), coast.browser("ada")
    hal.get(coast.url("P27"))
    assert len(heard.during(lambda: hal.get(coast.url("P27")))) <= 4
    asked = heard.during(lambda: client.get(coast.url("P27", "/items")))
    assert len(asked) <= 16, len(asked)
    ben = coast.browser("ben")
    ben.get(coast.url("P27", "/items"))
    asked = heard.during(lambda: ben.get(coast.url("P27", "/items")))
    assert len(asked) <= 16, len(asked)


def test_each_is_offered_what_is_theirs(lone_coast: Coast) -> None:
    shown = {who: lone_coast.browser(who).get(lone_coast.url("P27")).text for who in ("ben", "ada", "ivy", "dan")}
    assert "Go through the items" in shown["ben"] and "Go through the items" in shown["ivy"]
    assert "Take on 4 things" in shown["ada"]
    assert "All items" in shown["dan"]


def test_a_page_of_another_kind_has_no_items(lone_coast: Coast) -> None:
    assert lone_coast.browser("ben").get(lone_coast.url("P24", "/items")).status_code == 404
    assert lone_coast.browser("ben").get(lone_coast.url("P24", "/leaving")).status_code == 404
