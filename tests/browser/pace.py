"""Slower hands, slower answers: what a busy machine does to a test, on purpose.

Somebody who clicks late finds on the page what came meanwhile; answers that come late find a page that was clicked. A
test must pass in both, so try one that is new with

    make test ARGS=tests/browser/test_new.py HOLDFAST_TEST_SLOW_HANDS=300
    make test ARGS=tests/browser/test_new.py HOLDFAST_TEST_LATE_ANSWERS=700
"""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

#: How many milliseconds the browser waits before each thing that a test does in it.
HANDS = "HOLDFAST_TEST_SLOW_HANDS"

#: How many milliseconds scripts wait, and answers that scripts have asked for; pages and style sheets come at once.
ANSWERS = "HOLDFAST_TEST_LATE_ANSWERS"

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def milliseconds(name: str) -> int:
    return int(os.environ.get(name) or 0)


def answering_late(app: Application) -> Application:
    """The application, whose scripts and answers to scripts come late when ANSWERS says so."""
    late = milliseconds(ANSWERS) / 1000

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("HTTP_SEC_FETCH_DEST") in ("empty", "script"):
            time.sleep(late)
        return app(environ, start_response)

    return answer if late else app
