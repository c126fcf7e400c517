"""A reason that keeps a day holds for the days for which it was given: whichever way it is saved, another day needs it again."""

from typing import Any

import pytest

from tests.api.programs import program, statuses
from tests.api.test_openapi import check, description
from tests.cases import entered, ministry_page, plainly_entered, send, stored
from tests.events.gathering import DAY, change, event
from tests.events.test_day import society
from tests.moments import Moments, moments
from tests.world import World
from wiki.models import Page

__all__ = ["moments"]

WARNED = "This day does not suit everybody"
WHY = "They asked for it"
OTHER = "2026-12-15"


def kept(world: World, **fields: Any) -> tuple[Page, str]:
    """An event in the quiet time of its host, kept with a reason on its own page."""
    page = event(world, hosts=[society(world).id], **fields)
    url = f"/paper-coast/{page.slug}"
    assert send(entered(world, "ada"), f"{url}/day", {"why": WHY}).status_code == 303
    return page, url


def is_kept(world: World, url: str) -> bool:
    """What the page, the form and the API say of it, which is the same."""
    ada = entered(world, "ada")
    main = ada.read(url).main
    asked = {"space": "paper-coast", "page": url.rpartition("/")[2]}
    form = send(plainly_entered(world, "ada"), "/events/day", asked).json
    told = program(world, "ada").call("GET", f"/pages{url}/day").json
    assert form is not None and told is not None and len(told["clashes"]) == len(form["clashes"]) == 1
    assert (WARNED in main) is not told["kept"] and form["kept"] is told["kept"]
    assert (f"reason was: “{WHY}”" in main) is bool(form["earlier"]) is (not told["kept"])
    assert f'value="{WHY}"' in ada.get(f"{url}/day").text  # offered
    assert ("Why this date is kept" in entered(world, "ben").read(url).main) is told["kept"]
    assert told["reason"] == WHY
    return bool(told["kept"])


def days(first: str, last: str | None = None) -> dict[str, Any]:
    return {"from": first, "until": last}


def test_it_works(world: World, moments: Moments) -> None:
    page, url = kept(world)
    assert is_kept(world, url)
    assert stored(world, page.slug).fields["dates_kept_for"] == days(DAY, DAY)
    change(world, page, dates=days(OTHER))
    assert not is_kept(world, url)
    assert "For Dec 8, 2026 the reason was: “They asked for it”" in entered(world, "ada").read(url).main
    assert "For Dec 8, 2026 the reason was" in entered(world, "ada").read(f"{url}/day").main
    assert send(entered(world, "ada"), f"{url}/day", {"why": WHY}).status_code == 303  # the same words, for this day
    assert is_kept(world, url)
    change(world, page, dates=days(DAY))
    assert not is_kept(world, url)


def newest(world: World, url: str) -> int:
    told = program(world, "ada").call("GET", f"/pages{url}").get_json()
    return int(told["revision"])


def by_form(world: World, url: str, **given: str) -> None:
    values = {"base": str(newest(world, url)), "title": "Knots", "do": "save", **given}
    assert send(entered(world, "ada"), f"{url}/edit", values).status_code == 303


def by_api(world: World, url: str, **given: Any) -> None:
    base = newest(world, url)
    answer = program(world, "ada").call("PUT", f"/pages{url}", {"base": base, "fields": given})
    assert answer.status_code == 200, answer.text


def test_form_and_api_behave_alike(lone_world: World, moments: Moments) -> None:
    """The form as it is sent without scripts: every input that the page has, the old reason among them."""
    _page, url = kept(lone_world)
    whole = {"f.dates.from": OTHER, "f.dates.until": "", "f.dates_kept": WHY}
    by_form(lone_world, url, **whole, **{"f.dates_kept_for.from": DAY, "f.dates_kept_for.until": DAY})
    assert not is_kept(lone_world, url)
    by_form(lone_world, url, **whole, **{"f.dates_kept_for.from": OTHER, "f.dates_kept_for.until": ""})
    assert is_kept(lone_world, url)
    by_api(lone_world, url, dates=days("2026-12-16"))
    assert not is_kept(lone_world, url)
    by_api(lone_world, url, dates=days("2026-12-16"), dates_kept_for=days("2026-12-16"))
    assert is_kept(lone_world, url)


def test_a_reason_written_with_a_day_is_for_that_day(lone_world: World, moments: Moments) -> None:
    page, url = kept(lone_world)
    by_form(lone_world, url, **{"f.dates.from": OTHER, "f.dates.until": "", "f.dates_kept": "They asked again"})
    assert WARNED not in entered(lone_world, "ada").read(url).main
    by_api(lone_world, url, dates=days("2026-12-17"), dates_kept=WHY)
    assert is_kept(lone_world, url)
    by_form(lone_world, url, **{"f.dates_kept": ""})
    assert not {"dates_kept", "dates_kept_for"} & set(stored(lone_world, page.slug).fields)
    with_reason = event(lone_world, title="Sails", hosts=page_hosts(lone_world, page), dates_kept=WHY)
    assert is_kept(lone_world, f"/paper-coast/{with_reason.slug}")  # as an import makes it


def page_hosts(world: World, page: Page) -> list[int]:
    return list(stored(world, page.slug).fields["hosts"])


@pytest.mark.parametrize(
    ("after", "holds"),
    [(days(DAY, "2026-12-09"), True), (days("2026-12-09"), True), (days(DAY, "2026-12-11"), False)],
)
def test_days_among_those_that_are_kept_are_kept(
    lone_world: World, moments: Moments, after: dict[str, Any], holds: bool
) -> None:
    page, url = kept(lone_world, dates=days(DAY, "2026-12-10"))
    change(lone_world, page, dates=after)
    assert is_kept(lone_world, url) is holds


def test_the_day_that_was_kept_is_kept_when_it_comes_back(lone_world: World, moments: Moments) -> None:
    page, url = kept(lone_world)
    change(lone_world, page, dates=days(OTHER))
    change(lone_world, page, dates=days(DAY))
    assert is_kept(lone_world, url)


def test_a_reason_does_not_answer_for_who_is_named_later(lone_world: World, moments: Moments) -> None:
    page, url = kept(lone_world)
    hosts = page_hosts(lone_world, page)
    free = lone_world.page("ada", "paper-coast", "organisation", "Open Society")
    change(lone_world, page, hosts=[*hosts, free.id])
    assert is_kept(lone_world, url)
    quiet = {"quiet_periods": [{"id": "q1", "from": DAY, "until": DAY}]}
    other = lone_world.page("ada", "paper-coast", "organisation", "Harbour Choir", quiet)
    change(lone_world, page, hosts=[*hosts, free.id], contributing_orgs=[other.id])
    main = entered(lone_world, "ada").read(url).main
    assert WARNED in main and "Harbour Choir: quiet" in main and f"Earlier the reason was: “{WHY}”" in main
    assert send(entered(lone_world, "ada"), f"{url}/day", {"why": WHY}).status_code == 303
    assert WARNED not in entered(lone_world, "ada").read(url).main


def test_of_two_who_save_at_once_one_moves_the_day_and_the_other_keeps_it(lone_world: World, moments: Moments) -> None:
    """A reason that was written in sight of one day is for that day, whatever was saved meanwhile."""
    page = event(lone_world, hosts=[society(lone_world).id])
    url = f"/paper-coast/{page.slug}"
    change(lone_world, page, dates=days(OTHER))
    seen = {"f.dates.from": DAY, "f.dates.until": DAY}
    form = {"base": "1", "title": "Knots", "do": "save", "f.dates_kept": WHY, **seen}
    assert send(entered(lone_world, "ada"), f"{url}/edit", form).status_code == 303
    fields = stored(lone_world, page.slug).fields
    assert (fields["dates"], fields["dates_kept_for"]) == (days(OTHER), days(DAY, DAY))
    assert not is_kept(lone_world, url)


def test_programs_keep_a_day_with_the_same_rights(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, hosts=[society(lone_world).id])
    url, path = f"/pages/paper-coast/{page.slug}/day", "/api/v1/pages/{space}/{slug}/day"
    whole, ada = description(program(lone_world, "ada")), program(lone_world, "ada")
    for method, body, status in (
        ("GET", None, 200),
        ("PUT", {"why": " "}, 422),
        ("PUT", {}, 422),
        ("PUT", {"why": WHY}, 200),
    ):
        answer = ada.call(method, url, body)
        assert answer.status_code == status, answer.text
        check(whole, path, method, status, answer.json)
    told = answer.json
    assert told is not None and told["kept"] is True and told["reason_for"] == days(DAY, DAY)
    assert told["later"] == "2026-12-21" and told["clashes"][0]["organisation"] == "Reef Society"
    everybody = {"visitor": 401, "zoe": 404, "dan": 200, "ben": 403, "ada": 200}
    assert statuses(lone_world, "GET", url) == everybody
    assert statuses(lone_world, "PUT", url, {"why": "Because"}) == everybody


def test_a_program_learns_nothing_of_who_is_hidden_from_it(lone_world: World, moments: Moments) -> None:
    hidden = society(lone_world, access="named_orgs", access_orgs=[lone_world.org("ministry")])
    page = event(lone_world, hosts=[hidden.id])
    url = f"/pages/paper-coast/{page.slug}/day"
    assert len(program(lone_world, "ada").call("GET", url).get_json()["clashes"]) == 1
    answer = program(lone_world, "dan").call("GET", url)
    assert answer.get_json()["clashes"] == [] and "Reef" not in answer.text and answer.get_json()["later"] is None
    closed = ministry_page(lone_world, "event", "Sails", fields={"dates": days(DAY)}, state="open")
    assert statuses(lone_world, "GET", f"/pages/paper-coast/{closed.slug}/day") == {
        "visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 200
    }  # fmt: skip
