"""A clock that tests move by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from wiki import clock


class Moments:
    """The time as the program sees it: it stands still until `pass_by` moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def pass_by(self, **how_long: float) -> datetime:
        """Let some days, hours, minutes or seconds go by."""
        self.now += timedelta(**how_long)
        return self.now


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Moments:
    hand = Moments()
    monkeypatch.setattr(clock, "_now", lambda: hand.now)
    return hand
