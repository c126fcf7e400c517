"""Make the pictures of the mark that cannot be SVG: for the first screen of phones, and for previews of links.

    .venv/bin/python scripts/mark_pictures.py

They are kept in static/img, so this is needed only when the mark changes. It needs what the browser tests need.
"""

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium

FOLDER = Path(__file__).parents[1] / "static" / "img"
MARK = (FOLDER / "mark.svg").read_text("utf-8")

#: Full to the edges: phones cut the corners themselves.
ICON = f"""<style>body{{margin:0;background:#0c6152}} svg{{inline-size:100vw;block-size:100vh;display:block}}</style>{MARK}"""
PREVIEW = f"""<style>
  body {{ margin: 0; inline-size: 1200px; block-size: 630px; background: #0c6152; display: grid; place-items: center }}
  svg {{ inline-size: 300px; block-size: 300px }}
</style>{MARK}"""


def main() -> None:
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for size in (180, 512):
            picture(browser, ICON, f"mark-{size}.png", size, size)
        picture(browser, PREVIEW, "preview.png", 1200, 630)
        browser.close()


def picture(browser: Browser, html: str, name: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(html)
    page.screenshot(path=FOLDER / name)
    page.close()


if __name__ == "__main__":
    main()
