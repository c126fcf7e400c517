"""The demo holds a proposed change to a template that people talk about, so that the page of proposals is not empty."""

from sqlalchemy import func, select

from tests.paper_coast import Coast
from wiki.demo.remove import remove_demo
from wiki.models import TemplateComment, TemplateProposal


def test_it_works(still_coast: Coast) -> None:
    ada = still_coast.browser("ada")
    assert "1 proposal" in ada.read("/templates").main
    shown = ada.read("/templates/practice")
    assert "We gave up walking the site" in shown.main and "Gia Lucida" in shown.main
    with still_coast.reading() as session:
        made = session.scalars(select(TemplateProposal)).one()
    shown = ada.read(f"/templates/proposals/{made.id}")
    assert "New “Time until it shows”" in shown.main and "has changed since" not in shown.main
    for said in ("I was about to stop too", "Please let it be left empty", "It can be left empty", "I would take it"):
        assert said in shown.main
    assert "Behind “Add more detail”" in shown.main


def test_it_goes_with_the_demo(lone_coast: Coast) -> None:
    with lone_coast.writing() as session:
        remove_demo(session, lone_coast.catalogue, lone_coast.viewer("ada"))
    with lone_coast.reading() as session:
        for table in (TemplateProposal, TemplateComment):
            assert session.scalar(select(func.count()).select_from(table)) == 0
