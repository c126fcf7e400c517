"""What to do when a tool that a test needs is not on the machine."""

import os
from typing import NoReturn

import pytest


def missing(what: str, remedy: str = "`make test` sets it up") -> NoReturn:
    """Skip the test; under `make test`, which sets up everything, fail it, so that nobody trusts tests that never ran."""
    message = f"{what} is missing; {remedy}"
    if os.environ.get("HOLDFAST_TEST_REQUIRE"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
