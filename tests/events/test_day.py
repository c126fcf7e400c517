"""Whether the day in a form suits those whom it names, before anything is saved; with the rights of who asks."""

from typing import Any

import pytest

from tests.cases import count, entered, ministry_page, plain_answers, plainly_entered, send, shown, stored
from tests.events.gathering import DAY, event
from tests.moments import Moments, moments
from tests.world import World
from wiki.models import Page, Revision

__all__ = ["moments"]

QUIET = [{"id": "q1", "from": "2026-12-01", "until": "2026-12-20", "why": "not available"}]


def society(world: World, who: str = "ada", **fields: Any) -> Page:
    return world.page(who, "paper-coast", "organisation", "Reef Society", {"quiet_periods": QUIET, **fields})


def ask(world: World, who: str, **form: str) -> dict[str, Any]:
    """What the form is told."""
    answer = send(plainly_entered(world, who), "/events/day", {"space": "paper-coast", **form})
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    return dict(answer.json)


def test_it_works(world: World, moments: Moments) -> None:
    reef = society(world)
    new = {"f.dates.from": DAY, "f.dates.until": "2026-12-09", "f.hosts": "Reef Society"}
    told = ask(world, "ada", **new)
    assert told["clashes"] == [
        {
            "org": "Reef Society",
            "href": f"/paper-coast/{reef.slug}",
            "text": "quiet from Dec 1, 2026 to Dec 20, 2026 (not available)",
        }
    ]
    assert (told["later"]["from"], told["later"]["until"]) == ("2026-12-21", "2026-12-22")
    assert ask(world, "ada", **{**new, "f.dates.from": "2026-12-21", "f.dates.until": ""})["clashes"] == []
    assert ask(world, "ada", **{**new, "f.hosts": ""})["clashes"] == []


def test_an_event_that_is_there_is_asked_about_with_what_the_form_says(lone_world: World, moments: Moments) -> None:
    reef = society(lone_world)
    page = event(lone_world, hosts=[reef.id])
    said = {"page": page.slug, "f.dates.from": "Dec 8, 2026", "f.dates.until": ""}
    assert len(ask(lone_world, "ada", **said)["clashes"]) == 1  # its hosts are not in the form: they stay
    assert ask(lone_world, "ada", **{**said, "f.dates.from": "8 Jan 2027"})["clashes"] == []
    with_rows = {**said, "f.hosts": "", "r.agenda": "", "r.agenda.0.id": "a1", "r.agenda.0.topic": "Nets"}
    assert ask(lone_world, "ada", **with_rows)["clashes"] == []
    assert len(ask(lone_world, "ada", **{**with_rows, "r.agenda.0.needed_people": "Reef Society"})["clashes"]) == 1


@pytest.mark.parametrize("day", ["", "sometime soon", "2026-13-45", "x" * 4000])
def test_what_cannot_be_read_is_no_clash(lone_world: World, moments: Moments, day: str) -> None:
    society(lone_world)
    told = ask(lone_world, "ada", **{"f.dates.from": day, "f.hosts": "Reef Society\nNobody of that name"})
    assert told == {"clashes": [], "later": None, "kept": False, "earlier": ""}


def test_asking_changes_nothing(lone_world: World, moments: Moments) -> None:
    before = [count(lone_world, table) for table in (Page, Revision)]
    form = {"f.dates.from": DAY, "f.hosts": "A New Society", "stub": "organisation:A New Society", "title": "Knots"}
    assert ask(lone_world, "ada", **form)["clashes"] == []
    assert before == [count(lone_world, table) for table in (Page, Revision)]


def test_only_who_may_write_there_asks(lone_world: World, moments: Moments) -> None:
    society(lone_world)
    form = {"space": "paper-coast", "f.dates.from": DAY, "f.hosts": "Reef Society"}
    assert plain_answers(lone_world, lambda client: send(client, "/events/day", form)) == {
        "visitor": 401, "zoe": 404, "dan": 200, "ben": 403, "ada": 200
    }  # fmt: skip
    fields = {"dates": {"from": DAY, "until": DAY}}
    page = ministry_page(lone_world, "event", "Knots", fields=fields, state="open")
    assert plain_answers(lone_world, lambda client: send(client, "/events/day", {**form, "page": page.slug})) == {
        "visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 200
    }  # fmt: skip
    lesson = lone_world.page("ada", "paper-coast", "lesson", "Tides", {"lesson": "Look"})
    assert send(plainly_entered(lone_world, "ada"), "/events/day", {**form, "page": lesson.slug}).status_code == 404
    assert plainly_entered(lone_world, "ada").post("/events/day", data=form).status_code == 400  # no token


def test_what_an_organisation_says_to_some_is_told_to_no_other(lone_world: World, moments: Moments) -> None:
    """Its page is for the ministry alone: Dan learns nothing of it, not by its name either."""
    society(lone_world, access="named_orgs", access_orgs=[lone_world.org("ministry")])
    form = {"f.dates.from": DAY, "f.hosts": "Reef Society"}
    assert len(ask(lone_world, "ada", **form)["clashes"]) == 1
    assert ask(lone_world, "dan", **form) == ask(lone_world, "dan", **{**form, "f.hosts": "No Such Society"})
    page = event(lone_world, hosts=[lone_world.page("ada", "paper-coast", "organisation", "Open Society").id])
    hidden = {**form, "page": page.slug}
    assert ask(lone_world, "dan", **hidden) == {"clashes": [], "later": None, "kept": False, "earlier": ""}


def test_the_reason_is_saved_with_the_form_and_the_page_shows_it(lone_world: World, moments: Moments) -> None:
    reef = society(lone_world)
    page = event(lone_world, hosts=[reef.id])
    ada, url = entered(lone_world, "ada"), f"/paper-coast/{page.slug}"
    form = ada.read(f"{url}/edit")
    assert [one.get("data-day-suits") for one in form.all("template") if one.get("data-day-suits")] == ["/events/day"]
    assert "event-day.js" in ada.get(f"{url}/edit").text and "event-day.js" not in ada.get(url).text
    values = {"base": "1", "title": "Knots", "f.dates_kept": "They asked for it", "do": "save"}
    assert send(ada, f"{url}/edit", values).status_code == 303
    assert stored(lone_world, page.slug).fields["dates_kept"] == "They asked for it"
    assert "They asked for it" in ada.read(url).main and "does not suit" not in ada.read(url).main
    lesson = lone_world.page("ada", "paper-coast", "lesson", "Tides", {"lesson": "Look"})
    assert "event-day" not in ada.get(f"/paper-coast/{lesson.slug}/edit").text
    assert shown(ada.get("/paper-coast/new?kind=event")).all("template")
