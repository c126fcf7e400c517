"""Editing loses nothing: the form of every page, sent back untouched, is no change."""

import pytest

from tests.client import Browser
from tests.demo.conftest import Pages
from tests.paper_coast import SLUGS, Coast

#: People who see less than others, and pages on which that matters: fields for some eyes only, pages that they may not open.
LESS = [
    *(("ada", name) for name in ("U2", "P06", "P10", "P26", "P27", "P29")),
    *(("dan", name) for name in ("U1", "U2", "P01", "P27", "P32")),
    *(("gia", name) for name in ("U5", "P27", "P36")),
]


@pytest.fixture(scope="module")
def browsers(still_coast: Coast) -> dict[str, Browser]:
    return {who: still_coast.browser(who) for who in ("hal", "ada", "dan", "gia")}


def test_it_works(still_coast: Coast, browsers: dict[str, Browser]) -> None:
    address = still_coast.url("P24", "/edit")
    form = browsers["hal"].read(address).form(address)
    assert form.values["r.actions.0.id"]
    assert "f.outcome" not in form.values, "what is locked stands beside the form"
    assert "Nothing was changed, so nothing was saved." in browsers["hal"].send(form).html


@pytest.mark.parametrize(("who", "name"), [*(("hal", name) for name in SLUGS), *LESS])
def test_a_form_sent_untouched_changes_nothing(
    still_coast: Coast, browsers: dict[str, Browser], who: str, name: str
) -> None:
    before, address = still_coast.named(name), still_coast.url(name, "/edit")
    form = browsers[who].read(address).form(address)
    sent = browsers[who].post(form.action, data=form.filled({}))
    assert sent.status_code == 303, browsers[who].send(form, status=303)
    after = still_coast.named(name)
    assert (before.number, before.changed_at) == (after.number, after.changed_at)


def test_these_are_all_the_kinds(still_coast: Coast, pages: Pages) -> None:
    assert {pages[name].kind for name in SLUGS} == set(still_coast.catalogue)
    assert len(still_coast.catalogue) == 25
