"""What the tests of letters share."""

import pytest

from tests.letters.months import Clock


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, put on a day: calendar.on(5) is the fifth of October 2026."""
    return Clock(monkeypatch)
