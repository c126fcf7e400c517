"""The demo's people were asked to read pages: some have, one has before it changed, one is late."""

from sqlalchemy import literal, select

from tests.paper_coast import DAY0, Coast
from wiki.models import Account, Page, ReadingRequest
from wiki.receipts.progress import of_request
from wiki.receipts.waiting import still_asked


def test_it_works(still_coast: Coast) -> None:
    found = {}
    with still_coast.reading() as session:
        for name in ("P06", "P21"):
            request = session.scalars(
                select(ReadingRequest).where(ReadingRequest.page_id == still_coast.named(name).id)
            ).one()
            ones = of_request(session, request.id, DAY0, "UTC")
            found[name] = {one.name.split()[0].lower(): one.status for one in ones}
    read = "confirmed"
    assert found == {
        "P06": {"ada": "asked", "ben": "overdue", "dan": read, "finn": read, "gia": read, "hal": read, "ivy": read},
        "P21": {"ben": "asked", "dan": "asked", "finn": read, "gia": "changed", "ivy": read},
    }


def test_the_page_asks_whom_it_has_to(still_coast: Coast) -> None:
    with still_coast.reading() as session:
        accounts = session.execute(select(Account.id, Account.name)).all()
        asked = {
            name: {
                who
                for account, who in accounts
                if session.scalar(select(Page.id).where(Page.id == page.id, still_asked(literal(account))))
            }
            for name in ("P06", "P21", "P05")
            for page in [still_coast.named(name)]
        }
    assert asked == {
        "P06": {"Ada Verdana", "Ben Optima"},
        "P21": {"Ben Optima", "Dan Corbel", "Gia Lucida"},
        "P05": set(),
    }
