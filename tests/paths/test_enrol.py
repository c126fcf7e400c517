"""Putting people on a path: oneself, somebody, an organisation, and by giving a role."""

import pytest

from tests.cases import act, complaint, entered
from tests.paper_coast import Coast
from tests.paths.walking import PATH, arrive, save, told, walk_of
from wiki.kinds import Content
from wiki.models import Enrolment, Page
from wiki.pages import actions as pages


def test_it_works(coast: Coast) -> None:
    """Somebody starts a path: it is theirs, with a buddy of their own organisation, due in as many days as it says."""
    ben = entered(coast, "ben")
    form = ben.read(f"{PATH}/path").form(f"{PATH}/path")
    assert "Ivy Constantia" in form.values["buddy"]
    page = ben.send(form)
    assert page.heading == "First fourteen days"
    assert "0 of 8 steps" in page.main
    assert "You do not have to know everything" in page.main, "the opening is read first"
    walk = walk_of(coast, "ivy", "ben")
    assert (walk.buddy.name, walk.due.isoformat() if walk.due else "", walk.status(walk.started)) == (
        "Ivy Constantia",
        "2026-12-05",
        "on_time",
    )
    assert told(coast, "ivy") == ["path_buddy"]
    assert told(coast, "ben") == []
    again = ben.post(f"{PATH}/path", data={"csrf_token": ben.read(f"{PATH}/enrol").form().values["csrf_token"]})
    assert again.status_code == 422
    assert "on this path already" in again.text


@pytest.mark.parametrize(
    ("who", "buddy", "status"),
    [("hal", "", 303), ("ivy", "", 303), ("ben", "Ben Optima", 303), ("ben", "", 403), ("dan", "", 403)],
)
def test_coordinators_representatives_and_a_colleague_who_walks_along_may_enrol_somebody(
    lone_coast: Coast, who: str, buddy: str, status: int
) -> None:
    arrive(lone_coast, "noor", "Noor Garamond")
    client = entered(lone_coast, who)
    data = client.read(f"{PATH}/enrol").form().filled({"person": "Noor Garamond", "buddy": buddy})
    assert client.post(f"{PATH}/enrol", data=data).status_code == status
    if status == 303:
        walk = walk_of(lone_coast, "hal", "noor")
        assert walk.buddy.name == (buddy or "Ivy Constantia")
        assert walk.org.name.startswith("Example Province Ministry")
        assert told(lone_coast, "noor") == ["path_begun"]


def test_what_cannot_be_is_said_beside_its_field(lone_coast: Coast) -> None:
    hal = entered(lone_coast, "hal")
    form = hal.read(f"{PATH}/enrol").form()
    assert complaint(hal.send(form, {"person": ""}, 422), "person").endswith("Problem: Say who.")
    page = hal.send(form, {"person": "Ben Optima", "started": "2026-12-01", "due": "2026-11-30"}, 422)
    assert "before it begins" in complaint(page, "due")
    assert "Somebody else" in complaint(hal.send(form, {"person": "Ben Optima", "buddy": "Ben Optima"}, 422), "buddy")
    assert "already" in complaint(hal.send(form, {"person": "Ada Verdana"}, 422), "person")


def test_giving_somebody_a_role_that_names_a_path_puts_them_on_it_in_the_same_request(coast: Coast) -> None:
    noor = arrive(coast, "noor", "Noor Garamond")
    ben = coast.named("U2").id
    rows = [{"id": "ho2", "person": ben, "from": "2025-10-07"}, {"id": "ho3", "person": noor, "from": "2026-11-21"}]
    save(coast, "ivy", "P32", holders=rows)
    walk = walk_of(coast, "noor", "noor")
    assert walk.mine
    assert walk.buddy.name == "Ivy Constantia"
    assert told(coast, "noor") == ["path_begun"]
    with coast.reading() as session:
        assert session.query(Enrolment).filter_by(person_id=ben).count() == 0, "who held it before is not new"
        assert session.get_one(Enrolment, walk.id).role_id == coast.named("P32").id
    save(coast, "ivy", "P32", holders=rows, purpose="Another word")
    assert told(coast, "noor") == ["path_begun"], "only once"
    assert "Continue your path" in entered(coast, "noor").read("/").main


def test_a_role_that_comes_into_use_and_a_new_one_put_their_holders_on_the_path(lone_coast: Coast) -> None:
    noor, rosa = arrive(lone_coast, "noor", "Noor Garamond"), arrive(lone_coast, "rosa", "Rosa Bodoni", "O4")
    space, kind, hal = lone_coast.space("paper-coast"), lone_coast.catalogue["role"], lone_coast.viewer("hal")

    def make(person: int, state: str) -> Page:
        fields = {"reading_path": lone_coast.named("P35").id, "holders": [{"id": "h1", "person": person}]}
        with lone_coast.writing() as session:
            content = Content(f"Role of {person}", "", fields)
            return pages.create_page(session, lone_coast.catalogue, hal, space, kind, content, state=state)

    make(rosa, "in_use")
    assert walk_of(lone_coast, "hal", "rosa").buddy.name == "Gia Lucida", "who speaks for her organisation"
    draft = make(noor, "draft")
    with lone_coast.reading() as session:
        assert session.query(Enrolment).filter_by(person_id=noor).count() == 0
    save_state(lone_coast, draft, "agreed")
    assert walk_of(lone_coast, "hal", "noor").mine is False


def save_state(coast: Coast, page: Page, to: str) -> None:
    fields = {
        "kind": "other",
        "org": coast.named("O1").id,
        "purpose": "To try",
        "responsibilities": [{"id": "r1", "task": "Try"}],
        "time_share": 10,
        "competencies": [{"id": f"c{n}", "behaviour": f"b0{n}"} for n in (1, 2, 3)],
    }
    hal = coast.viewer("hal")
    with coast.writing() as session:
        now = session.get_one(Page, page.id)
        before = pages.content_at(session, now, now.number)
        pages.save_page(
            session, coast.catalogue, hal, now, Content(before.title, "", before.fields | fields), now.number
        )
    act(coast, "hal", "paper-coast", page.slug, "edit", lambda s, f: pages.change_state(s, coast.catalogue, hal, f, to))


def test_a_whole_organisation_is_put_on_a_path_for_partners_each_with_their_own_progress(coast: Coast) -> None:
    rosa = arrive(coast, "rosa", "Rosa Bodoni", "O4")
    save(coast, "hal", "P35", for_partner_orgs="yes")
    hal = entered(coast, "hal")
    page = hal.read(f"{PATH}/enrol")
    form = page.form(having="org")
    people = hal.send(form, {"org": "Open Current Society"})
    assert "Rosa Bodoni" in people.main
    assert "Gia Lucida" in people.main
    assert "0 of 2 have finished" in people.main
    later = arrive(coast, "otto", "Otto Futura", "O4")
    hal.send(form, {"org": "Open Current Society"})
    with coast.reading() as session:
        there = {one.person_id for one in session.query(Enrolment).filter_by(org_id=coast.named("O4").id)}
    assert there == {rosa, later, coast.named("U7").id}
    assert "already" in complaint(hal.send(form, {"org": "Open Current Society"}, 422), "org")
    gia = entered(coast, "gia")
    assert "Rosa Bodoni" in gia.read(f"{PATH}/path/people").main
    assert "Ada" not in gia.read(f"{PATH}/path/people").main


def test_only_a_current_path_takes_people(lone_coast: Coast) -> None:
    client = entered(lone_coast, "hal")
    form = client.read(f"{PATH}/enrol").form()
    with lone_coast.writing() as session:
        page = session.get_one(Page, lone_coast.named("P35").id)
        page.state = "retired"
    assert "Only a path that is current" in client.send(form, {"person": "Ben Optima"}, 422).main
    assert "Start this path" not in client.read(PATH).main
