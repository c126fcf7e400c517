"""The scenarios of docs/access.md, under the same names, asked of the two gates: the list and the single page."""

import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.access import test_knowing
from tests.access.gates import EVERYBODY, named, opens
from tests.world import FOUNDER, PEOPLE, World
from wiki.access import editable_pages, page_by_id, page_for, space_for, titles_of, visible_pages, visible_spaces
from wiki.errors import Forbidden, Gone, HoldfastError, Invalid, NotFound, SignInNeeded
from wiki.models import Page
from wiki.pages import actions as pages
from wiki.people import actions as people
from wiki.people import queries
from wiki.spaces import actions as spaces

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"


def seen_by(world: World, page: Page) -> set[str]:
    """Who sees the page. Every gate has to say the same: list, address, id and title."""
    with world.reading() as session:
        space = next(s.slug for s in map(world.space, ("paper-coast", "commons", "directory")) if s.id == page.space_id)
        seen = set()
        for who in EVERYBODY:
            viewer = world.viewer(who)
            in_list = session.scalars(select(Page.id).where(visible_pages(viewer), Page.id == page.id)).all() == [
                page.id
            ]
            answers = {
                in_list,
                opens(partial(page_for, session, viewer, space, page.slug, "view")),
                opens(partial(page_by_id, session, viewer, page.id, "view")),
                page.id in titles_of(session, viewer, {page.id}),
            }
            assert len(answers) == 1, f"{who}: the gates do not agree about {page.title}"
            if in_list:
                seen.add(who)
    return seen


def refusal(world: World, who: str, space: str, slug: str, verb: str) -> type[HoldfastError] | None:
    """What page_for raises, or None when it lets pass. The list of editable pages has to agree with "edit"."""
    with world.reading() as session:
        viewer = world.viewer(who)
        error: type[HoldfastError] | None = None
        try:
            page_for(session, viewer, space, slug, verb)
        except HoldfastError as raised:
            error = type(raised)
        if verb == "edit":
            found = session.scalars(select(Page.id).where(Page.slug == slug, editable_pages(viewer))).all()
            assert bool(found) == (error is None)
    return error


def space_refusal(world: World, who: str, space: str, verb: str = "view") -> type[HoldfastError] | None:
    with world.reading() as session:
        try:
            space_for(session, world.viewer(who), space, verb)
        except HoldfastError as raised:
            return type(raised)
    return None


def give(world: World, who: str, space: str, role: str, org: str | None = None) -> None:
    with world.writing() as session:
        account = queries.account_by_email(session, world.email(who))
        assert account is not None
        spaces.set_member(session, FOUNDER, world.space(space), account, role, world.org(org) if org else None)


def take(world: World, who: str, space: str, role: str | None = None) -> None:
    with world.writing() as session:
        account = queries.account_by_email(session, world.email(who))
        assert account is not None
        spaces.remove_member(session, FOUNDER, world.space(space), account, role)


COAST = {"hal", "ada", "ben", "dan"}
SIGNED_IN = set(PEOPLE)


def test_it_works(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    assert seen_by(world, page) == COAST


def test_every_scenario_has_a_test_and_every_test_a_scenario() -> None:
    headings = re.findall(r"^## (.+)$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    scenarios = {"test_" + re.sub(r"\W+", "_", heading.replace("'s", "s")).strip("_").lower() for heading in headings}
    tests = {name for name in (*globals(), *vars(test_knowing)) if name.startswith("test_")} - {"test_knowing"}
    assert tests - {"test_it_works", "test_every_scenario_has_a_test_and_every_test_a_scenario"} == scenarios


def test_a_closed_space_does_not_exist_for_strangers(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    assert seen_by(world, page) == COAST
    assert {who: space_refusal(world, who, "paper-coast") for who in EVERYBODY} == {
        **dict.fromkeys(COAST),
        "zoe": NotFound,
        "ivy": NotFound,
        "visitor": SignInNeeded,
    }
    with world.reading() as session:
        assert [space.slug for space in visible_spaces(session, world.viewer("zoe"))] == ["commons", "directory"]
        assert visible_spaces(session, world.viewer("visitor")) == []


def test_an_open_space_is_read_and_written_by_everybody_who_is_signed_in(world: World) -> None:
    page = world.page("zoe", "commons", "article", "Tides")
    assert seen_by(world, page) == SIGNED_IN
    assert {who: refusal(world, who, "commons", page.slug, "edit") for who in EVERYBODY} == {
        **dict.fromkeys(SIGNED_IN),
        "visitor": SignInNeeded,
    }


def test_a_space_that_allows_reading_is_not_written_by_everybody(world: World) -> None:
    assert refusal(world, "zoe", "directory", "ada-verdana", "view") is None
    assert refusal(world, "zoe", "directory", "ada-verdana", "edit") is Forbidden
    give(world, "zoe", "directory", "member")
    assert refusal(world, "zoe", "directory", "ada-verdana", "edit") is None


def test_everybody_keeps_their_own_page_right(world: World) -> None:
    for verb in ("edit", "attach"):
        assert refusal(world, "zoe", "directory", "zoe-rockwell", verb) is None
        assert refusal(world, "zoe", "directory", "ada-verdana", verb) is Forbidden
    for verb in ("move", "archive", "delete", "change_kind"):
        assert refusal(world, "zoe", "directory", "zoe-rockwell", verb) is Forbidden
    client = world.browser("zoe")
    page = client.read("/directory/zoe-rockwell/edit")
    client.send(page.form(having="body"), {"body": "Ask me about stones."})
    assert "Ask me about stones." in client.read("/directory/zoe-rockwell").main
    assert refusal(world, "ivy", "directory", "zoe-rockwell", "delete") is None


def test_a_reader_reads_and_does_not_write(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    assert [refusal(world, "ben", "paper-coast", page.slug, verb) for verb in ("view", "history")] == [None, None]
    for verb in ("edit", "move", "archive", "attach", "change_kind", "set_access", "delete"):
        assert refusal(world, "ben", "paper-coast", page.slug, verb) is Forbidden
    assert space_refusal(world, "ben", "paper-coast", "create") is Forbidden


def test_a_member_writes_but_does_not_delete(world: World) -> None:
    page = world.page("hal", "paper-coast", "article", "Tides")
    for verb in ("view", "history", "edit", "move", "archive", "attach"):
        assert refusal(world, "ada", "paper-coast", page.slug, verb) is None
    assert refusal(world, "ada", "paper-coast", page.slug, "delete") is Forbidden
    assert space_refusal(world, "ada", "paper-coast", "create") is None
    assert space_refusal(world, "ada", "paper-coast", "manage") is Forbidden


def test_a_coordinator_looks_after_the_space_and_reads_no_more_than_a_member(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    assert refusal(world, "hal", "paper-coast", page.slug, "delete") is None
    assert space_refusal(world, "hal", "paper-coast", "manage") is None
    hidden = world.page("dan", "paper-coast", "article", "Ours", named(world, "council"))
    assert refusal(world, "hal", "paper-coast", hidden.slug, "view") is NotFound


def test_a_page_for_the_partnership_is_for_those_with_a_role_in_the_space(world: World) -> None:
    page = world.page("ada", "commons", "article", "Tides", {"access": "partnership"})
    assert seen_by(world, page) == set()
    give(world, "zoe", "commons", "reader")
    assert seen_by(world, page) == {"zoe"}


def test_a_page_for_named_organisations_is_for_people_who_act_for_them(world: World) -> None:
    council = world.page("dan", "paper-coast", "article", "Ours", named(world, "council"))
    assert seen_by(world, council) == {"dan"}
    both = world.page("dan", "paper-coast", "article", "Shared", named(world, "council", "ministry"))
    assert seen_by(world, both) == {"dan", "ada", "ben"}
    assert refusal(world, "ben", "paper-coast", both.slug, "edit") is Forbidden


def test_a_page_for_the_steward_only_is_for_the_people_of_the_steward(world: World) -> None:
    fields = {"access": "steward_only", "steward_org": world.org("council"), "access_orgs": [world.org("ministry")]}
    assert seen_by(world, world.page("dan", "paper-coast", "article", "Ours", fields)) == {"dan"}


def test_the_stewards_people_always_see_the_stewards_pages(world: World) -> None:
    page = world.page("dan", "paper-coast", "article", "Lent", named(world, "ministry", steward="council"))
    assert seen_by(world, page) == {"ada", "ben", "dan"}


def test_a_public_page_is_read_by_everybody_and_changed_only_by_members(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    page = world.page("founder", "paper-coast", "article", "For all", {"access": "public"})
    assert seen_by(world, page) == set(EVERYBODY)
    edits = {who: refusal(world, who, "paper-coast", page.slug, "edit") for who in EVERYBODY}
    assert edits == {
        "hal": None,
        "ada": None,
        "dan": None,
        "ben": Forbidden,
        "zoe": Forbidden,
        "ivy": Forbidden,
        "visitor": SignInNeeded,
    }
    with world.reading() as session:
        for who in ("zoe", "visitor"):
            found = session.scalars(select(Page.title).where(visible_pages(world.viewer(who)))).all()
            assert "For all" in found
            assert "Tides" not in found
            assert space_for(session, world.viewer(who), "paper-coast", "view").role == "none"


def test_an_administrator_reads_a_closed_space_only_as_its_member(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    assert refusal(world, "ivy", "paper-coast", page.slug, "view") is NotFound
    assert space_refusal(world, "ivy", "paper-coast", "manage") is NotFound
    give(world, "ivy", "paper-coast", "reader")
    assert refusal(world, "ivy", "paper-coast", page.slug, "view") is None
    assert refusal(world, "ivy", "paper-coast", page.slug, "edit") is Forbidden


def test_acting_for_an_organisation_in_one_space_opens_nothing_in_another(world: World) -> None:
    page = world.page("dan", "paper-coast", "article", "Ours", named(world, "council", steward="council"))
    give(world, "zoe", "commons", "steward", "council")
    assert seen_by(world, page) == {"dan"}
    give(world, "zoe", "paper-coast", "reader", "keel")
    assert seen_by(world, page) == {"dan"}


def test_of_several_roles_the_strongest_counts(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    give(world, "ben", "paper-coast", "member", "ministry")
    assert refusal(world, "ben", "paper-coast", page.slug, "edit") is None
    take(world, "ben", "paper-coast", "member")
    assert refusal(world, "ben", "paper-coast", page.slug, "edit") is Forbidden
    open_page = world.page("ada", "commons", "article", "Moon")
    give(world, "zoe", "commons", "reader")
    assert refusal(world, "zoe", "commons", open_page.slug, "edit") is None


def test_a_lost_role_is_lost_at_once(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    take(world, "dan", "paper-coast")
    assert seen_by(world, page) == COAST - {"dan"}
    assert refusal(world, "dan", "paper-coast", page.slug, "view") is NotFound


def test_a_closed_account_sees_nothing(world: World) -> None:
    with world.writing() as session:
        account = queries.account_by_email(session, world.email("dan"))
        assert account is not None
        people.close_account(session, FOUNDER, account)
        now = datetime.now(UTC)
        assert queries.viewer_for_email(session, world.email("dan")) is None
        assert queries.viewer_for_account(session, account.id) is None
        assert queries.viewer_for_login(session, "any", now, now) is None


def test_hidden_and_missing_get_the_same_answer(world: World) -> None:
    page = world.page("dan", "paper-coast", "article", "Ours", named(world, "council"))
    with world.reading() as session:
        for who, error in (("zoe", NotFound), ("ada", NotFound), ("visitor", SignInNeeded)):
            messages = set()
            for slug in (page.slug, "no-such-page"):
                with pytest.raises(error) as refused:
                    page_for(session, world.viewer(who), "paper-coast", slug, "edit")
                assert type(refused.value) is error
                messages.add(str(refused.value))
            assert len(messages) == 1


def test_an_old_address_of_a_hidden_page_leads_nowhere(world: World) -> None:
    page = world.page("dan", "paper-coast", "article", "Ours", named(world, "council"))
    with world.writing() as session:
        found = page_for(session, world.viewer("dan"), "paper-coast", page.slug, "move")
        pages.rename_page(session, world.catalogue, world.viewer("dan"), found, "new-name")
    assert world.found("dan", "paper-coast", "ours").moved_to == "new-name"
    assert refusal(world, "ada", "paper-coast", "ours", "view") is NotFound
    assert refusal(world, "visitor", "paper-coast", "ours", "view") is SignInNeeded


def test_a_deleted_page_leaves_a_note_for_those_who_could_read_it(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    with world.writing() as session:
        pages.delete_page(session, world.viewer("hal"), session.get_one(Page, page.id), "Twice the same")
    assert {who: refusal(world, who, "paper-coast", page.slug, "view") for who in EVERYBODY} == {
        **dict.fromkeys(COAST, Gone),
        "zoe": NotFound,
        "ivy": NotFound,
        "visitor": SignInNeeded,
    }
    with world.reading() as session:
        for who in EVERYBODY:
            assert titles_of(session, world.viewer(who), {page.id}) == {}


def test_a_moved_page_follows_the_rules_of_its_new_space(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    with world.writing() as session:
        ada = world.viewer("ada")
        found = page_for(session, ada, "paper-coast", page.slug, "move")
        pages.move_page(session, world.catalogue, ada, found, space_for(session, ada, "commons", "create"))
    with world.reading() as session:
        moved = session.get_one(Page, page.id)
    assert seen_by(world, moved) == SIGNED_IN
    assert world.found("zoe", "paper-coast", "tides").page.id == page.id


def test_a_register_tells_members_how_much_it_hides_and_nobody_else(world: World) -> None:
    fields = {"access": "named_orgs", "access_orgs": [world.org("council")]}
    world.page("dan", "paper-coast", "lesson", "For the Council", fields)
    world.page("dan", "paper-coast", "lesson", "For all")
    said = "1 page of this kind is not visible to you"
    for who in EVERYBODY:
        client = world.browser(None if who == "visitor" else who)
        for query in ("", "?title=council", "?state=retired"):
            page = client.read(f"/registers/kind/lesson{query}")
            assert (said in page.main) == (who in {"ada", "ben", "hal"}), (who, query)
            assert ("For the Council" in page.main) == (who == "dan" and "state" not in query)
        assert (
            said not in client.read("/registers/kind/lesson?space=directory" if who != "visitor" else "/registers").main
        )


def decided(
    world: World, title: str, who: str, space: str = "paper-coast", state: str = "accepted", **fields: object
) -> Page:
    whole: dict[str, object] = {
        "question": title,
        "outcome": "Yes.",
        "why": "So.",
        "decided_on": "2026-11-20",
        "decided_by": [world.viewer(who).person_id],
        "time_to_collaborate": "yes",
        **fields,
    }
    return world.page(who, space, "decision", title, whole, state=state)


def accept(world: World, who: str, space: str, slug: str) -> None:
    viewer = world.viewer(who)
    with world.writing() as session:
        found = page_for(session, viewer, space, slug, "edit")
        pages.change_state(session, world.catalogue, viewer, found, "accepted")


def state_of(world: World, page: Page) -> str:
    with world.reading() as session:
        return session.get_one(Page, page.id).state


def test_what_is_replaced_goes_with_what_replaces_it(world: World) -> None:
    hidden = decided(world, "Quiet", "dan", **named(world, "council"))
    decided(world, "Anchor", "dan", state="proposed", supersedes=[hidden.id])
    with pytest.raises(Forbidden):
        accept(world, "ada", "paper-coast", "anchor")
    accept(world, "hal", "paper-coast", "anchor")
    assert state_of(world, hidden) == "superseded"
    old = decided(world, "Rope", "ada")
    decided(world, "Chain", "ben", "commons", "proposed", supersedes=[old.id])
    with pytest.raises(Invalid):
        accept(world, "ben", "commons", "chain")
    assert state_of(world, old) == "accepted"


def test_what_took_the_place_of_a_page_is_named_only_to_those_who_may_see_it(world: World) -> None:
    old, alone = decided(world, "Anchor", "dan"), decided(world, "Rope", "dan", state="superseded")
    decided(world, "Quiet", "dan", state="proposed", supersedes=[old.id], **named(world, "council"))
    accept(world, "dan", "paper-coast", "quiet")
    assert "Quiet" in world.browser("dan").read("/paper-coast/anchor").main
    said = "What counts instead is not among the pages that you can see."
    for who in ("ada", "hal"):
        client = world.browser(who)
        assert all(said in client.read(f"/paper-coast/{page.slug}").main for page in (old, alone))
        for address in ("anchor", "anchor/history", "changes"):
            assert "Quiet" not in client.read(f"/paper-coast/{address}").html
        assert "Quiet" not in client.read("/registers/decisions?live=no").html
