"""A register in the text of a page: answered for its reader, kept for nobody."""

from sqlalchemy import select

from tests.page import Page as Fetched
from tests.page import text_of
from tests.paper_coast import Coast
from tests.statements import Statements
from tests.world import World
from wiki.models import Rendering

BLOCK = "Before.\n\n```register\nactions\npartnership = paper-coast\nstatus = overdue\n```\n\nAfter."


def blocks(page: Fetched) -> list[str]:
    return [text_of(one) for one in page.all("section") if "register-block" in one.get("class", "")]


def made(world: World, body: str, title: str = "Start here") -> str:
    page = world.page("hal", "paper-coast", "article", title, body=body)
    return f"/paper-coast/{page.slug}"


def test_it_works(lone_coast: Coast) -> None:
    url = made(lone_coast, BLOCK)
    page = lone_coast.browser("ada").read(url)
    (block,) = blocks(page)
    assert "Draft the letter to the wage fund" in block and "Update the permit how-to to thirty days" in block
    assert "List permit types" not in block
    assert page.links()["Actions"] == "/registers/actions?space=paper-coast&status=overdue"
    assert page.main.index("Before.") < page.main.index("Draft the letter") < page.main.index("After.")


def test_each_reader_finds_in_it_what_they_may_see(world: World, noon: None) -> None:
    rows = [{"id": "a1", "what": "Whisper to the tide", "due": "2026-10-01", "status": "open"}]
    named = {"access": "named_orgs", "access_orgs": [world.org("ministry")], "actions": rows}
    world.page("ada", "paper-coast", "meeting", "Closed circle", named)
    url = made(world, BLOCK)
    for who, sees in (("ada", True), ("dan", False), ("ada", True), ("hal", False)):
        (block,) = blocks(world.browser(who).read(url))
        assert ("Whisper" in block) == sees, who
        assert ("1 is not visible to you." in block) == (not sees), who
    with world.reading() as session:
        assert all("Whisper" not in html for html in session.scalars(select(Rendering.body_html)))


def test_what_cannot_be_understood_is_said_kindly_and_breaks_nothing(lone_coast: Coast) -> None:
    said = "```register\n{}\n```"
    asked = [
        "nothing",
        "",
        "actions\nstatus = sideways",
        "actions\nresponsible = Nobody Known",
        "commitments\nwhat is this",
    ]
    page = lone_coast.browser("ada").read(made(lone_coast, "\n\n".join(said.format(one) for one in asked)))
    told = blocks(page)
    assert len(told) == len(asked)
    assert "There is no register called “nothing”" in told[0]
    assert "“sideways” is not a choice here" in told[2]
    assert "There is no page “Nobody Known”" in told[3]
    assert "“what is this” was not understood." in told[4] and "live promises" in told[4]


def test_a_block_cannot_be_forged_by_text(lone_coast: Coast) -> None:
    body = '`<code class="language-register">actions</code>`\n\n```\n<pre><code class="language-register">actions</code></pre>\n```'
    assert blocks(lone_coast.browser("ada").read(made(lone_coast, body))) == []


def test_a_page_without_blocks_costs_nothing_and_one_with_a_block_little(lone_coast: Coast) -> None:
    plain, one, eight = (made(lone_coast, BLOCK * count, f"Page {count}") for count in (0, 1, 8))
    ada = lone_coast.browser("ada")
    statements = Statements(lone_coast.database)
    for url in (plain, one, eight):
        ada.get(url)
    assert len(statements.during(lambda: ada.get(plain))) <= 4
    assert len(statements.during(lambda: ada.get(one))) <= 4 + 1 + 4
    assert len(statements.during(lambda: ada.get(eight))) <= 4 + 1 + 4 * 6
    assert len(blocks(ada.read(eight))) == 6
