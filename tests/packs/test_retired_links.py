"""When templates are retired, no page leads anybody to a form that does not open: walked through the whole demo, page by page."""

import re

from tests.client import Browser
from tests.packs.changing import changed, publish
from tests.paper_coast import SLUGS, Coast
from wiki.demo.load import SLUG
from wiki.kinds import Catalogue
from wiki.kinds.check import ALWAYS_OFFERED
from wiki.packs.beginning import BLANK
from wiki.packs.publishing import Definition
from wiki.packs.publishing import publish as store
from wiki.packs.remaining import retired
from wiki.packs.shelf import KIND
from wiki.registers.named.known import REGISTERS
from wiki.web.state import site

BEGINS = re.compile(r'/new\?(?:[^"\s]*&(?:amp;)?)?kind=([a-z_]+)')
#: Ways to a form that makes a page of one kind, other than the form of that kind.
SHORT = {"lesson": "/lesson", "practice": "/adapt"}
#: A kind of which there is no page.
EMPTY = "ode"


def everywhere(kinds: Catalogue) -> list[str]:
    """Addresses of what somebody meets in a day."""
    found = ["/", f"/{SLUG}", "/new", f"/{SLUG}/new", "/search?q=nobodywrotethis", "/search?q=decide", "/palette"]
    found += [f"/registers/{key}" for key in REGISTERS] + [f"/registers/kind/{key}" for key in kinds]
    found += [f"/{SLUG}/pages?kind={key}" for key in ("decision", EMPTY)]
    found += [f"/{SLUG}/{slug}" for slug in SLUGS.values()]
    return found + [f"/{SLUG}/{slug}/edit" for slug in SLUGS.values() if "permit" in slug or "decision" in slug]


def walked(browser: Browser, addresses: list[str]) -> dict[str, str]:
    return {address: browser.get(address, follow_redirects=True).text for address in addresses}


def begun(html: str) -> set[str]:
    """The kinds of which a page offers to begin one."""
    found = set(BEGINS.findall(html))
    return found | {key for key, end in SHORT.items() if re.search(rf'href="/{SLUG}/[^"/]+{end}"', html)}


def test_it_works(lone_coast: Coast) -> None:
    ode = changed(
        BLANK,
        *(
            pair
            for name in ("key", "label", "plural", "intent", "purpose")
            for pair in (f'{name} = ""', f'{name} = "ode"')
        ),
    )
    publish(lone_coast, ode, who="founder", key=EMPTY, sections="")
    evening = lone_coast.page("hal", SLUG, "event", "An evening", {"kind": "training"})
    known = site(lone_coast.app).catalogue
    wanted = [key for key in known if key not in ALWAYS_OFFERED]
    hal = lone_coast.browser("hal")
    some = [
        "/",
        f"/{SLUG}/{evening.slug}",
        f"/registers/kind/{EMPTY}",
        *(lone_coast.url(name) for name in ("P20", "P24", "P31", "P36", "P41")),
    ]
    before = set().union(*(begun(html) for html in walked(hal, some).values()))
    assert before >= {*SHORT, EMPTY, "decision", "meeting", "needs_assessment"}, "else this sees nothing"
    library = site(lone_coast.app).library
    with lone_coast.writing() as session:
        sources = library.sources(session)
        new = [Definition(KIND, key, retired(text), more) for key in wanted for text, more in [sources.texts(key)]]
        assert len(store(session, library, lone_coast.viewer("founder"), new, "Enough of them")) == len(wanted)
    found = walked(hal, [*everywhere(known), f"/{SLUG}/{evening.slug}"])
    offering = {address: begun(html) - ALWAYS_OFFERED for address, html in found.items()}
    assert {address: kinds for address, kinds in offering.items() if kinds} == {}
    why = "No new pages are made with the template"
    assert why in found[f"/registers/kind/{EMPTY}"] and why in found[f"/{SLUG}/pages?kind={EMPTY}"]
    assert why in hal.read(f"{lone_coast.url('P24')}/lesson", 404).main
