"""What is pasted or dropped into the rich text editor: text of Word and of the web, addresses, pictures with their words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.test_files import PIXEL
from tests.browser.until import until
from tests.browser.writer import Writer

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style></head><body lang=EN-CA>
<h1 style='mso-x:1'>From Word</h1><p class=MsoNormal style='line-height:115%'>Some <b style='mso-bidi-font-weight:normal'>bold</b>
<span style='color:red'>words</span><o:p></o:p></p><ul><li>one</li><li>two</li></ul><script>alert(1)</script></body></html>"""


@pytest.fixture
def writer(site: Site, page_of: Callable[..., Page]) -> Writer:
    site.coast.page("hal", "paper-coast", "lesson", "The pier", {}, body="The pier\n")
    page = page_of(site, "hal", rich=True)
    page.goto(f"{site.address}/paper-coast/the-pier/edit")
    found = Writer(page)
    found.go_in()
    return found


def test_it_works(writer: Writer) -> None:
    writer.press("Enter")
    writer.paste({"text/html": WORD, "text/plain": "From Word"})
    expect(writer.text.locator("li").last).to_have_text("two")
    writer.type(" thing")
    assert writer.markdown() == "The pier\n\n## From Word\n\nSome **bold** words\n\n- one\n- two thing\n"


def test_plain_text_stays_plain_when_that_is_wished(writer: Writer) -> None:
    """By the keys, with what is in the clipboard; a paste by a menu is what `writer.paste` is."""
    writer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for text, keys, wanted in (
        ("- **is** old", "Control+Shift+V", "The pier- **is** old"),
        ("\n- one\n- **two**\n", "Control+V", "The pier- **is** old\none\ntwo"),
    ):
        writer.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        writer.press(keys)
        expect(writer.text).to_have_text(wanted, use_inner_text=True)
    assert writer.markdown() == "The pier- \\*\\*is\\*\\* old\n\n- one\n- **two**\n"


def test_only_the_one_paste_is_plain(writer: Writer) -> None:
    """Also when the keys are let go elsewhere: the editor itself waits for some pastes in a field of its own."""
    keys = writer.page.keyboard
    writer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    writer.page.evaluate("navigator.clipboard.writeText(' is old')")
    for key in ("Control", "Shift", "V"):
        keys.down(key)
    expect(writer.text).to_have_text("The pier is old")
    writer.page.locator("#title").focus()
    for key in ("V", "Shift", "Control"):
        keys.up(key)
    writer.text.focus()
    writer.paste({"text/plain": "\n- one\n- **two**\n"})
    expect(writer.text.locator("li strong")).to_have_text("two")


def test_an_address_pasted_over_words_makes_them_a_link(writer: Writer) -> None:
    writer.press("Shift+Control+ArrowLeft")
    until(writer.page, "getSelection().toString() === 'pier'")
    writer.paste({"text/plain": "https://example.org/pier"})
    assert writer.markdown() == "The [pier](https://example.org/pier)\n"


def test_a_pasted_picture_asks_for_its_words(writer: Writer, axe: Callable[[Page], list[str]]) -> None:
    writer.press("Enter")
    writer.paste(files=[("pier.png", "image/png", PIXEL)])
    dialog = writer.page.get_by_role("dialog", name="What is to be seen?")
    expect(dialog.get_by_role("img")).to_have_count(0)  # its words are still missing
    writer.press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert axe(writer.page) == []
    dialog.get_by_label("In a few words").fill("A wooden pier")
    writer.press("Enter")
    expect(writer.text.get_by_role("img", name="A wooden pier")).to_be_visible()
    writer.text.get_by_role("button", name="Picture: A wooden pier").click()
    dialog.get_by_label("Only decoration").check()
    dialog.get_by_role("button", name="Keep").click()
    expect(writer.text.get_by_role("button", name="Picture: Decoration")).to_be_visible()
    assert writer.markdown() == "The pier\n\n![](files/pier.png)\n"


def test_a_page_that_is_not_there_yet_has_no_files(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "hal", rich=True)
    page.goto(f"{site.address}/paper-coast/new?kind=lesson")
    Writer(page).paste(files=[("pier.png", "image/png", PIXEL)])
    expect(page.locator(".editor-told")).to_contain_text("once the page has been created")
