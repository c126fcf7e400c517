"""What a note tells of things that its reader may not see: nothing but that there is something."""

import json

import pytest

from tests.client import Browser
from tests.handover.leaving import accept, change, content
from tests.paper_coast import Coast
from wiki.errors import Invalid
from wiki.models import Notice, Outgoing

TOKEN = "Zeppelin landing fees"
SENSITIVE = "explain it away"


def with_secret(coast: Coast) -> int:
    """Ben keeps a page, and an action on it, that only people of the Council and the Municipality may read; Ben is let in."""
    orgs = [coast.named("O2").id, coast.named("O3").id]
    ben, ada, note = coast.named("U2"), coast.named("U1"), coast.named("P27")
    rows = [{"id": "a1", "what": f"{TOKEN} to be sent", "responsible": ben.id, "due": "2026-01-01", "status": "open"}]
    fields = {"access": "named_orgs", "access_orgs": orgs, "owner": ben.id, "review_due": "2026-01-02", "actions": rows}
    page = coast.page("finn", "paper-coast", "meeting", TOKEN, fields)
    items = content(coast, note.id).rows("items")
    more = [
        {"id": "s1", "item": {"page": page.id}, "kind": "page", "what_to_know": "x", "status": "passed_on"},
        {
            "id": "s2",
            "item": {"page": page.id, "row": "a1"},
            "kind": "action",
            "what_to_know": "x",
            "status": "passed_on",
        },
    ]
    change(coast, note.id, "hal", items=[*items, *({**row, "next_owner": ada.id} for row in more)])
    return note.id


def texts(client: Browser, coast: Coast) -> dict[str, str]:
    """Every surface of the note."""
    url = coast.url("P27")
    addresses = [url, f"{url}.md", f"{url}/items", f"{url}/history", "/registers/kind/handover.csv", "/inbox"]
    return {address: client.get(address, follow_redirects=True).text for address in addresses}


def test_it_works(coast: Coast) -> None:
    """Ada may not see the page: neither title nor row, no gap of it; she cannot take it on. Finn may, and sees."""
    note = with_secret(coast)
    ada = coast.browser("ada")
    for address, text in texts(ada, coast).items():
        assert TOKEN not in text, address
    page = ada.get(coast.url("P27", "/items")).text
    assert "Something that you may not see yet" in page
    assert 'id="row-s1"' not in page
    with pytest.raises(Invalid):
        accept(coast, note, "ada", ["s1"])
    with pytest.raises(Invalid):
        accept(coast, note, "ada", ["i1", "s2"])
    assert content(coast, note).rows("items")[0]["status"] == "passed_on"
    assert TOKEN in coast.browser("finn").get(coast.url("P27", "/items")).text
    with coast.reading() as session:
        said = [json.dumps(notice.words) for notice in session.query(Notice)]
        assert not [one for one in (*said, *(mail.text for mail in session.query(Outgoing))) if TOKEN in one]


def test_what_is_to_be_handled_with_care_is_for_three_people(lone_coast: Coast) -> None:
    seen = {
        who: any(SENSITIVE in text for text in texts(lone_coast.browser(who), lone_coast).values())
        for who in ("ben", "ada", "ivy", "hal", "dan")
    }
    assert seen == {"ben": True, "ada": True, "ivy": True, "hal": False, "dan": False}


def test_preparing_shows_only_what_its_reader_may_see(lone_coast: Coast) -> None:
    with_secret(lone_coast)
    shown = lone_coast.browser("ivy").get(lone_coast.url("U2", "/leaving?again=yes")).text
    assert "Joint permit notice" in shown and TOKEN not in shown
    for who, status in (("visitor", 401), ("dan", 403), ("gia", 403), ("ivy", 200), ("ben", 200), ("hal", 200)):
        client = lone_coast.browser(None if who == "visitor" else who)
        assert client.get(lone_coast.url("U2", "/leaving?again=yes")).status_code == status, who
