"""Rich text and its Markdown: nothing changes unasked, nothing is lost on the way, and without the editor there is the text area."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.site import Site
from tests.browser.writer import Writer
from wiki.pages.storing import content_of, current_revision

PageOf = Callable[..., Page]

BODY = """Setext heading
==============

* star list
* with *odd*   marks_and_ __bold__

> [!tip] Mind   the tide
> in spring

1) one
2) two

| a|b |
|--|:-:|
| [[Words we use\\|words]] | `x\\|y` |

<details><summary>More</summary>

inside

</details>

[ref]: https://example.org

The pier is old.
It was built by hand.


"""


def body_of(site: Site, slug: str = "the-pier") -> str:
    with site.coast.reading() as session:
        page = site.coast.found("hal", "paper-coast", slug).page
        return content_of(current_revision(session, session.merge(page, load=False))).body


@pytest.fixture
def opened(site: Site, page_of: PageOf) -> Page:
    site.coast.page("hal", "paper-coast", "meeting", "The pier", {"time": "9:00"}, body=BODY)
    page = page_of(site, "hal", rich=True)
    page.goto(f"{site.address}/paper-coast/the-pier/edit")
    return page


def test_it_works(site: Site, opened: Page) -> None:
    before = body_of(site)
    writer = Writer(opened)
    expect(writer.text.locator(".callout")).to_be_visible()
    expect(writer.text.locator(".island-label")).to_have_text(["HTML", "HTML", "Addresses of links"])
    assert "body.tree" not in writer.sent()
    opened.locator("#title").fill("The old pier")
    writer.save()
    assert body_of(site) == before
    opened.goto(f"{site.address}/paper-coast/the-pier/edit")
    writer = Writer(opened)
    writer.text.get_by_text("The pier is old.").dblclick(position={"x": 45, "y": 10})
    writer.press("Home")
    writer.type("Listen: ")
    assert "body.tree" in writer.sent() and "body" not in writer.sent()
    writer.save()
    changed = [
        (old, new) for old, new in zip(before.splitlines(), body_of(site).splitlines(), strict=True) if old != new
    ]
    assert changed == [("The pier is old.", "Listen: The pier is old.")]


def test_the_source_is_one_switch_away_and_the_choice_is_remembered(site: Site, opened: Page) -> None:
    before = body_of(site)
    writer = Writer(opened)
    assert writer.markdown() == before
    source = opened.locator("#body")
    source.fill(before + "\nMore **words**.\n")
    writer.back_to_rich()
    expect(writer.text.locator("strong").last).to_have_text("words")
    assert writer.markdown() == before + "\nMore **words**.\n"
    opened.goto(site.url("P39", "/edit"))
    expect(source).to_be_visible()
    expect(opened.get_by_role("button", name="Write with formatting")).to_be_visible()


def test_drafts_and_the_preview_show_what_was_written(opened: Page) -> None:
    writer = Writer(opened)
    writer.go_in()
    writer.type(" **Today**")
    opened.get_by_role("button", name="Preview").click()
    expect(opened.locator("[data-preview-here] strong").last).to_have_text("Today")
    expect(opened.locator("[data-form-status]")).to_contain_text("Draft saved")
    opened.goto(opened.url.partition("?")[0])
    expect(opened.locator("main")).to_contain_text("Today")


def test_what_is_typed_before_the_editor_has_come_is_kept(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "hal", rich=True)
    held: list[Route] = []
    page.route("**/dist/editor.js*", lambda route: held.append(route))
    page.goto(f"{site.address}/paper-coast/new?kind=lesson")
    area = page.locator("#body")
    area.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nTyped at once")
    assert held
    held[0].continue_()
    writer = Writer(page)
    writer.type(", and on")
    expect(writer.text).to_be_focused()
    expect(writer.text.locator("p")).to_have_text("Typed at once, and on")


@pytest.mark.parametrize("lost", ["**/dist/editor.js*", "**/editor/tree"])
def test_without_the_editor_there_is_the_text_area(site: Site, page_of: PageOf, lost: str) -> None:
    page = page_of(site, "hal", rich=True)
    page.route(lost, lambda route: route.abort("connectionrefused"))
    page.goto(site.url("P39", "/edit"))
    expect(page.get_by_role("button", name="Write with formatting")).to_be_visible()
    page.locator("#body").fill("Plain as ever")
    page.get_by_role("button", name="Save page").click()
    expect(page.locator("main .prose").first).to_contain_text("Plain as ever")


def test_a_text_that_cannot_be_held_opens_as_source_and_says_why(site: Site, page_of: PageOf) -> None:
    site.coast.page("hal", "paper-coast", "lesson", "Far too long", {}, body="line\n" * 25_000)
    page = page_of(site, "hal", rich=True)
    page.goto(f"{site.address}/paper-coast/far-too-long/edit")
    expect(page.locator(".editor-told")).to_contain_text("too long for the rich editor")
    expect(page.locator("#body")).to_be_visible()
