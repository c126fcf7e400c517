"""Rights of what surrounds the results: files, feeds, suggestions, counts, successors, keepers; and what a page of results costs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

from sqlalchemy import event, select

from tests.cases import entered, plainly_entered
from tests.paper_coast import Coast
from tests.world import World
from wiki.finding.asking import read_question
from wiki.finding.feed import ATOM
from wiki.finding.kept import feed_keys
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision

#: Statements of a page of results: who asks, their spaces, the languages in use, what is found, its filters with their
#: counts, names, contents; and what took the place of replaced pages.
STATEMENTS = 8


def entries(text: str) -> list[str]:
    return [title.text or "" for title in ElementTree.fromstring(text).iter(f"{{{ATOM}}}title")][1:]


def hide(world: World, page_id: int) -> None:
    """Leave a page to the people of its steward, the Council, alone."""
    with world.writing() as session:
        page = session.get_one(Page, page_id)
        old = content_of(current_revision(session, page))
        council = session.scalars(select(Page.id).where(Page.title == "Placeholder Nation Council")).one()
        fields = {**old.fields, "access": "steward_only", "steward_org": council}
        actions.save_page(
            session, world.catalogue, world.viewer("founder"), page, Content(old.title, old.body, fields), page.number
        )


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "SET LOCAL")):
            heard.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    yield heard
    event.remove(world.database.engine, "before_cursor_execute", note)


def test_a_page_of_results_costs_few_statements(coast: Coast) -> None:
    client = entered(coast, "ada")
    for question in (
        "permit",
        "permit&kind=decision&kind=howto",
        "permit&theme=agreements&year=2026&sort=title",
        "permit&replaced=yes",
    ):
        client.read(f"/search?q={question}")
        with counted(coast) as heard:
            client.read(f"/search?q={question}")
        assert len(heard) <= STATEMENTS + ("replaced" in question), (question, len(heard), heard)


def test_a_feed_needs_no_sign_in_and_tells_what_its_maker_may_read(coast: Coast) -> None:
    client = entered(coast, "ada")
    page = client.send(client.read("/search/follow?q=permit").form("/search/feeds?q=permit"), {})
    (address,) = [one.get("value") for one in page.all("input") if one.get("id") == "feed-address"]
    address = address.removeprefix("http://localhost")
    stranger = plainly_entered(coast, "visitor")
    answer = stranger.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    found = entries(answer.text)
    assert any(title.startswith("D-0009") for title in found)
    assert stranger.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    hide(coast, coast.named("P24").id)
    assert [title for title in entries(stranger.get(address).text) if title.startswith("D-0009")] == []
    bent = address.replace("q=permit", "q=notice")
    for other in (
        bent,
        address[:-1] + ("0" if address[-1] != "0" else "1"),
        re.sub("reader=[^&]+", "reader=x", address),
    ):
        assert stranger.get(other).status_code in (401, 404), other
    client.send(client.read("/account/searches").form("/search/feeds/ending"))
    assert stranger.get(address).status_code == 404


def test_the_address_of_a_feed_is_signed_by_the_site(lone_world: World) -> None:
    asked = read_question("q=moon")
    viewer = lone_world.viewer("ben")
    lone_world.do(lambda session: feed_keys.make(session, viewer))
    with lone_world.reading() as session:
        first = feed_keys.address(session, lone_world.settings, viewer, asked)
        other = feed_keys.address(session, lone_world.settings, viewer, read_question("q=sun"))
        assert feed_keys.address(session, lone_world.settings, lone_world.viewer("dan"), asked) is None
    assert first and other and first.rpartition("key=")[2] != other.rpartition("key=")[2]


def test_what_one_may_not_read_is_nowhere(lone_coast: Coast) -> None:
    """A decision that only the Council may read: in no result, count, file, feed, suggestion, name, for others."""
    coast = lone_coast
    newest = coast.named("P24")
    hide(coast, newest.id)
    addresses = (
        "/search?q=permit+notice&replaced=yes&kind=decision",
        "/search?q=thirty+working+days",
        "/search/results.csv?q=permit+notice&replaced=yes",
        "/search/feed.atom?q=permit+notice&replaced=yes",
        "/search/suggestions?q=thirty",
        "/search/suggestions?q=d-0009",
        "/api/v1/search?q=thirty+working&facets=yes&replaced=yes",
    )
    for who, knows in (("dan", True), ("ada", False), ("visitor", False)):
        client = plainly_entered(coast, who)
        told = [address for address in addresses[:4] if newest.title in client.get(address).text]
        assert bool(told) is knows, (who, told)
        if not knows:
            assert [address for address in addresses if newest.title in client.get(address).text] == [], who
    page = entered(coast, "ada").read("/search?q=permit+notice&replaced=yes&kind=decision")
    counts = re.findall(r'value="accepted".*?class="count">(\d+)', page.html)
    assert counts in ([], ["0"])
    assert "Replaced by D-0004" in page.main[page.main.index("D-0001 T") :]


def test_a_keeper_whom_one_may_not_know_is_not_named(lone_coast: Coast) -> None:
    coast = lone_coast
    hal = coast.named("U8")
    hide(coast, hal.id)
    for who, knows in (("dan", True), ("ada", False)):
        client = plainly_entered(coast, who)
        html = client.get("/search?q=permit").text
        assert (hal.title in html) is knows, who
        assert (f'value="{hal.id}"' in html) is knows, who
        assert (">0 results" in client.get(f"/search?q=permit&owner={hal.id}").text) is not knows, who
    assert "not visible to you" in entered(coast, "ada").read(f"/search?q=permit&owner={hal.id}").main
