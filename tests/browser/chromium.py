"""Finds a Chromium for the tests, and installs one where there is none: python -m tests.browser.chromium

Looks for $CHROMIUM, then for a browser on PATH, then for one that Playwright has downloaded. Installs Playwright's, or
where that cannot be downloaded or lacks libraries, Debian's.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser import pace

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Root cannot use the sandbox; the rest keeps the browser from talking to anybody but this machine.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

#: Playwright's own Node needs libatomic, which the smallest installations of Debian lack.
PACKAGES = ("chromium", "fonts-dejavu-core", "libatomic1")
DEBIAN = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES])


def find() -> str | None:
    """The path of a browser on this machine; None lets Playwright take its own, if it has one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Raises playwright's Error when there is no browser that starts."""
    return playwright.chromium.launch(executable_path=find(), args=list(FLAGS), slow_mo=pace.milliseconds(pace.HANDS))


def works() -> bool:
    """Whether a browser starts; tried in a process of its own, because Playwright itself may lack a library."""
    return succeeds([sys.executable, "-m", "tests.browser.chromium", "try"], quietly=True)


def install() -> bool:
    """Make `works` true if that can be done; quick when it is already."""
    if works():
        return True
    print("Installing a browser for the tests …", flush=True)
    succeeds([sys.executable, "-m", "playwright", "install", "chromium"], quietly=True)
    return works() or (all(succeeds([*privilege(), *step]) for step in DEBIAN) and works())


def privilege() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "--non-interactive", "--"]


def succeeds(command: list[str], quietly: bool = False) -> bool:
    """Run a command; what it says is not shown, but for its complaints unless `quietly`."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    complaints = subprocess.DEVNULL if quietly else None
    try:
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=complaints, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0


def main() -> None:
    if sys.argv[1:] == ["try"]:
        with sync_playwright() as playwright:
            launch(playwright).close()
    elif not install():
        print(
            "No browser could be installed, so the tests in tests/browser will fail. Install Chromium or Google Chrome,\n"
            "or name one that you have: export CHROMIUM=/path/to/chromium",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
