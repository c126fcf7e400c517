"""Accessibility as far as a machine can judge it: axe-core, on a page that is open in the browser."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.required import missing

SCRIPT = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe finds wrong with the page, or with a part of it, one line for each place: "rule: what is wrong: selector"."""
    if not SCRIPT.is_file():
        missing("axe-core", "`make assets` fetches it")
    # Evaluated through the debugger, so that the page may forbid foreign scripts as strictly as it likes; once a page.
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    report: dict[str, Any] = page.evaluate(
        "([within, tags]) => axe.run(within, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        [within, TAGS],
    )
    return [
        f"{found['id']}: {found['help']}: {' '.join(map(str, place['target']))}"
        for found in report["violations"]
        for place in found["nodes"]
    ]
