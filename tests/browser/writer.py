"""The rich text editor as somebody uses it, on a page that is open in the browser."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.until import until

PASTE = """([selector, items, files]) => {
  const data = new DataTransfer();
  for (const [type, text] of Object.entries(items)) data.setData(type, text);
  for (const [name, type, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
BODY = ".body-editor .ProseMirror"


class Writer:
    """`text` is the text box; keys go where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frame = page.locator(".body-editor .editor")
        self.text = page.locator(BODY)
        expect(self.text).to_be_visible()

    def go_in(self, at_end: bool = True) -> None:
        """The focus is in the text, and the browser has told the editor so."""
        self.text.focus()
        until(self.page, "document.querySelector('.ProseMirror-focused') && document.getSelection().rangeCount")
        self.press("ArrowRight", "ArrowRight")
        self.press("Control+End" if at_end else "Control+Home")

    def type(self, *lines: str) -> None:
        """Lines, with Enter after each but the last."""
        for number, line in enumerate(lines):
            if number:
                self.press("Enter")
            self.page.keyboard.type(line)

    def press(self, *keys: str) -> None:
        """Keys, one after the other; before the next the browser has told the editor where the caret is."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.evaluate("new Promise(requestAnimationFrame)")

    def tool(self, name: str) -> Locator:
        return self.frame.get_by_role("toolbar").get_by_role("button", name=name, exact=True)

    def menu(self, button: str, line: str) -> None:
        self.tool(button).click()
        self.frame.get_by_role("menuitem", name=re.compile(f"^{re.escape(line)}")).click()

    @property
    def suggestions(self) -> Locator:
        return self.frame.locator(".editor-list [role=option]")

    def choose(self, typed: str, wanted: str) -> None:
        """Type what opens a list, wait for the line that is wanted, take it with Enter."""
        self.page.keyboard.type(typed)
        expect(self.suggestions.first).to_contain_text(wanted)
        self.press("Enter")
        expect(self.suggestions).to_have_count(0)

    def paste(self, items: dict[str, str] | None = None, files: list[tuple[str, str, bytes]] | None = None) -> None:
        sent = [[name, kind, list(content)] for name, kind, content in files or []]
        self.page.evaluate(PASTE, [BODY, items or {}, sent])

    def markdown(self) -> str:
        """The text as Markdown, by the switch to the source."""
        self.menu("More", "Markdown source")
        source = self.page.locator("#body")
        expect(source).to_be_visible()
        return source.input_value()

    def back_to_rich(self) -> None:
        self.page.get_by_role("button", name="Write with formatting").click()
        expect(self.text).to_be_visible()

    def sent(self) -> dict[str, Any]:
        """What the form would send now."""
        found: dict[str, Any] = self.page.evaluate(
            "Object.fromEntries(new FormData(document.querySelector('#edit-form')))"
        )
        return found

    def save(self, button: str = "Save page") -> None:
        self.page.get_by_role("button", name=button).click()
        expect(self.page.locator(BODY)).to_have_count(0)
