"""Every type of page: accessible in both colour schemes, within the narrowest window, without an error, and from this site alone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.browser.conftest import new_window, watched
from tests.browser.site import Site, let_in
from wiki.demo.read import read_pages

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]

P24 = "/paper-coast/d-0009-thirty-working-days"
P06 = "/paper-coast/protocol-on-shared-shoreline-information"
P36 = "/paper-coast/workshop-writing-in-one-wiki"
P41 = "/paper-coast/peer-session-one-page-one-question"
P05 = "/paper-coast/paper-coast-partnership-agreement"

#: A page of the demo for each kind.
KINDS_SHOWN = {page.kind: page.id for page in reversed(read_pages())}

#: What it is -> who looks, and where.
PLACES = {
    "home": ("hal", "/"),
    "home of a visitor": ("visitor", "/"),
    "spaces": ("hal", "/spaces"),
    "new space": ("hal", "/spaces/new"),
    "front of a space": ("ada", "/paper-coast"),
    "changes": ("ada", "/paper-coast/changes"),
    "all pages": ("hal", "/paper-coast/pages"),
    "all pages of a kind": ("hal", "/paper-coast/pages?kind=decision"),
    "no page of that title": ("hal", "/paper-coast/pages?q=zeppelin"),
    "members": ("hal", "/paper-coast/members"),
    "letters": ("hal", "/paper-coast/letters"),
    "letter": ("gia", "/paper-coast/letters/2026-09"),
    "letter to be sent": ("hal", "/paper-coast/letters/2026-10"),
    "form of a letter": ("hal", "/paper-coast/letters/2026-10/edit"),
    "settings of a space": ("hal", "/paper-coast/settings"),
    "import": ("hal", "/paper-coast/import"),
    "chooser": ("hal", "/paper-coast/new"),
    "chooser for what follows": ("hal", "/paper-coast/new?from=paper-coast/steering-circle-spring-record"),
    "form of a new page": ("hal", "/paper-coast/new?kind=decision"),
    "form of a page with rows": ("hal", "/paper-coast/steering-circle-spring-record/edit"),
    "form of a page with questions": ("hal", "/paper-coast/new?kind=evaluation"),
    "page of a reader": ("visitor", "/paper-coast/progress-report-quarter-2"),
    "history": ("hal", f"{P05}/history"),
    "revision": ("hal", f"{P05}/history/3"),
    "restore": ("hal", f"{P05}/history/3/restore"),
    "comparison": ("hal", f"{P05}/compare/2/12"),
    "who wrote what": ("hal", f"{P05}/authors"),
    "state": ("hal", "/paper-coast/d-0010-dashboard-in-turn/state"),
    "still right": ("hal", f"{P24}/confirm"),
    "read and confirmed": ("eva", f"{P06}/acknowledge"),
    "what is asked of a reader": ("ben", P06),
    "own part": ("ben", f"{P06}/acknowledge"),
    "ask to read": ("eva", f"{P06}/acknowledge/new"),
    "who has read it": ("eva", f"{P06}/acknowledge/1"),
    "withdraw a request": ("eva", f"{P06}/acknowledge/1/withdraw"),
    "register of what was read": ("eva", "/registers/receipts"),
    "one's place at an event": ("ada", f"{P41}/sign-up"),
    "who comes to an event": ("hal", f"{P41}/signed-up"),
    "how an event was": ("ada", f"{P36}/feedback"),
    "the day of an event": ("hal", f"{P41}/day"),
    "register of events": ("hal", "/registers/events"),
    "risks": ("hal", "/registers/risks"),
    "grid of risks": ("hal", "/registers/risks?view=grid"),
    "agreements": ("hal", "/registers/agreements"),
    "matrix of agreements": ("hal", "/registers/agreements?view=matrix"),
    "move": ("hal", f"{P24}/move"),
    "another kind": ("hal", f"{P24}/kind"),
    "archive": ("hal", f"{P24}/archive"),
    "delete": ("hal", f"{P24}/delete"),
    "files": ("hal", f"{P24}/files"),
    "registers": ("hal", "/registers"),
    "register": ("hal", "/registers/kind/decision?space=paper-coast"),
    "register of people": ("ada", "/registers/kind/person"),
    "search": ("hal", "/search?q=permit"),
    "search for nothing": ("hal", "/search"),
    "nothing found": ("hal", "/search?q=zeppelin"),
    "search with filters": ("dan", "/search?q=permit&kind=decision&replaced=yes"),
    "help of search": ("visitor", "/help/search"),
    "following a search": ("ada", "/search/follow?q=permit&kind=decision"),
    "saved searches": ("ada", "/account/searches"),
    "questions": ("ada", "/questions"),
    "no question is like that": ("ada", "/questions?q=zeppelin"),
    "question": ("ada", "/questions/1"),
    "asking": ("ada", "/questions/new?space=paper-coast&q=Why"),
    "questions of a page": ("ada", f"{P05}/questions"),
    "following questions": ("ada", "/questions/follow"),
    "inbox": ("hal", "/inbox"),
    "all notices": ("hal", "/inbox?show=all"),
    "nothing told yet": ("hal", "/inbox?topic=letters&show=all"),
    "how one is told": ("hal", "/account/notices"),
    "what one watches": ("hal", "/watching"),
    "watching a space": ("ada", "/watching?space=paper-coast"),
    "watching a page": ("ada", f"{P05}/watch"),
    "account": ("ada", "/account"),
    "colours and keys": ("visitor", "/appearance"),
    "star": ("ada", f"{P24}/star"),
    "accounts": ("hal", "/admin"),
    "new account": ("hal", "/admin/accounts/new"),
    "spaces of the site": ("hal", "/admin/spaces"),
    "events": ("hal", "/admin/events"),
    "mail": ("hal", "/admin/mail"),
    "settings of the site": ("hal", "/admin/settings"),
    "templates": ("hal", "/templates"),
    "template": ("gia", "/templates/practice"),
    "version of a template": ("gia", "/templates/practice/versions/1"),
    "form of a template": ("hal", "/templates/practice/edit"),
    "definition of a template": ("hal", "/templates/practice/edit?view=source"),
    "beginning a template": ("gia", "/templates/new"),
    "new template": ("gia", "/templates/new?from=lesson&label=Site+visit"),
    "proposed change": ("hal", "/templates/proposals/1"),
    "pages behind": ("gia", "/templates/practice/behind"),
    "pack to take out": ("gia", "/templates/export"),
    "pack to bring in": ("hal", "/templates/import"),
    "sign-in": ("visitor", "/sign-in"),
    "sign-out": ("ada", "/sign-out"),
    "forgotten password": ("visitor", "/reset"),
    "help": ("ada", "/help"),
    "accessibility": ("ada", "/help/accessibility"),
    "not found": ("hal", "/paper-coast/atlantis"),
    "not allowed": ("ada", "/admin"),
    "sign in first": ("visitor", "/paper-coast/members"),
}


@pytest.fixture(scope="module")
def windows(browser: Browser, shown: Site) -> Iterator[Callable[[str], BrowserContext]]:
    """windows("hal"): his, the same for all of this file, so that style sheets, scripts and letters come but once."""
    opened: dict[str, BrowserContext] = {}

    def of(who: str) -> BrowserContext:
        if who not in opened:
            opened[who] = new_window(browser, width=1440)
            let_in(opened[who], shown, who)
        return opened[who]

    yield of
    for window in opened.values():
        window.close()


@pytest.fixture
def look(windows: Callable[[str], BrowserContext], axe: Axe, shown: Site) -> Iterator[Callable[[str, str], None]]:
    """look(who, address): open it wide and light, then narrow and dark, and have it judged in both."""
    strange: list[str] = []
    problems: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((shown.address, "data:")):
            strange.append(request.url)

    def both(who: str, address: str) -> None:
        page = watched(windows(who), problems)
        page.on("request", note)
        page.goto(shown.address + address)
        judge(page, axe, 1440)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 640})
        judge(page, axe, 320)
        page.close()

    yield both
    assert strange == []
    assert problems == []


def judge(page: Page, axe: Axe, width: int) -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("place", PLACES)
def test_it_works(look: Callable[[str, str], None], place: str) -> None:
    look(*PLACES[place])


@pytest.mark.parametrize("kind", KINDS_SHOWN)
def test_a_page_of_each_kind_is_good_to_read(look: Callable[[str, str], None], shown: Site, kind: str) -> None:
    look("hal", shown.coast.url(KINDS_SHOWN[kind]))


def test_a_form_that_was_refused_is_good_to_mend(page_of: PageOf, axe: Axe, shown: Site) -> None:
    page = page_of(shown, "hal")
    page.goto(f"{shown.address}/paper-coast/new?kind=meeting")
    page.get_by_label("Date").evaluate("one => { one.type = 'text'; one.value = 'soon'; }")
    page.get_by_role("button", name="Create page").click()
    page.get_by_text("There are 2 problems").wait_for()
    judge(page, axe, 1280)
