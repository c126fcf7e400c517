"""The demo behind an address, and a quick way into it."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.cases import entered
from tests.paper_coast import Coast


@dataclass(frozen=True)
class Site:
    """Paper Coast and where it answers."""

    coast: Coast
    address: str

    def url(self, name: str, rest: str = "") -> str:
        """The address of a page of the demo, by its id: P24, U4, O2."""
        return self.address + self.coast.url(name, rest)


def enter(page: Page, site: Site, who: str) -> None:
    """Sign somebody in without the form; "visitor" is nobody."""
    let_in(page.context, site, who)


def let_in(window: BrowserContext, site: Site, who: str) -> None:
    """The same for all pages of a window."""
    if who == "visitor":
        return
    name = site.coast.app.config["SESSION_COOKIE_NAME"]
    cookie = entered(site.coast, who).get_cookie(name)
    assert cookie is not None
    window.add_cookies([{"name": name, "value": cookie.value, "url": site.address}])
