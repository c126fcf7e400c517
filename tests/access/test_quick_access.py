"""The condition that is compiled once must be the condition that is made anew for each viewer."""

from sqlalchemy import String, bindparam, select

from tests.world import World
from wiki.access import visible_pages
from wiki.models import ACCESS_LEVELS, Page
from wiki.prepared import IdList, Prepared
from wiki.quick_access import readable_pages

WHO = ("hal", "ada", "ben", "dan", "zoe", "ivy", "visitor")
ONCE = Prepared(select(Page.id).where(readable_pages()))


def make_pages(world: World) -> None:
    orgs = {key: world.org(key) for key in ("keel", "ministry", "council")}
    for level in ACCESS_LEVELS:
        for steward in (None, "council"):
            for space in ("paper-coast", "commons", "directory"):
                for named in orgs if level == "named_orgs" else ("ministry",):
                    fields = {"access": level, "access_orgs": [orgs[named]]}
                    fields |= {"steward_org": orgs[steward]} if steward else {}
                    world.page("founder", space, "article", f"{level} {steward} {space} {named}", fields)


def test_it_works(world: World) -> None:
    make_pages(world)
    seen = set()
    for who in WHO:
        viewer = world.viewer(who)
        with world.reading() as session:
            anew = set(session.scalars(select(Page.id).where(visible_pages(viewer))))
            once = {row.id for row in ONCE(session, account_id=viewer.account_id)}
        assert once == anew, who
        seen.add(len(anew))
    assert len(seen) > 3, "the pages do not tell the viewers apart"


def test_several_ids_come_as_one_text(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    among = Prepared(select(Page.title).where(Page.id.op("IN")(IdList(bindparam("ids", type_=String)))))
    with world.reading() as session:
        assert [row.title for row in among(session, ids=f"[{page.id}, 999999]")] == ["Tides"]
        assert among(session, ids="[]") == []
