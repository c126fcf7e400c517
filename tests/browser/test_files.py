"""Files: chosen on the page of files, dropped or pasted into the text, shown, and taken off again."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.site import Site

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
PICTURE: FilePayload = {"name": "pier.png", "mimeType": "image/png", "buffer": PIXEL}
LETTER: FilePayload = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear partners"}

PASTE = """(field) => {
  const data = new DataTransfer();
  data.items.add(new File(["high water"], "tides.txt", { type: "text/plain" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_it_works(site: Site, page_of: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = page_of(site, "hal")
    page.goto(site.url("P39", "/files"))
    page.get_by_label("Add files").set_input_files([PICTURE, LETTER])
    page.get_by_role("button", name="Attach").click()
    table = page.get_by_role("region", name="Files")
    expect(table.get_by_role("rowheader")).to_have_text(["letter.txt", "pier.png"])
    assert axe(page) == []
    with page.expect_download() as download:
        table.get_by_role("link", name="letter.txt").click()
    assert Path(download.value.path()).read_bytes() == b"Dear partners"
    page.get_by_role("button", name="Take off letter.txt").click()
    expect(table.get_by_role("rowheader")).to_have_text(["pier.png"])


def test_a_pasted_file_is_linked_and_a_picture_is_shown(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "hal")
    page.goto(site.url("P39", "/files"))
    page.get_by_label("Add files").set_input_files(PICTURE)
    page.get_by_role("button", name="Attach").click()
    page.goto(site.url("P39", "/edit"))
    body = page.locator("#body")
    body.fill("![The pier](files/pier.png)\n\n")
    body.press("Control+End")
    body.evaluate(PASTE)
    expect(page.locator(".uploads")).to_contain_text("tides.txt is attached")
    page.get_by_role("button", name="Save page").click()
    picture = page.get_by_role("img", name="The pier")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.naturalWidth") == 1
    expect(page.locator("main .prose").get_by_role("link", name="tides.txt")).to_be_visible()
