"""Whatever stands in a query string, the answer is a list or a refusal, never a failure."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.world import World

KEYS = (
    *("title", "question", "state", "space", "owner", "themes", "freshness", "still_stands", "promises", "decided_on"),
    *("created.from", "created.until", "decided_on.from", "review_due.until", "sort", "page", "limit", "archived"),
    *("show", "approvers", "touches_commitments", "affects", "actions", "access", "summary", "f.page", "weather", ""),
)
ODD = (
    *("\x00", "a\x00b", "\ufffd", "%", "_", "\\", "'", '"; DROP TABLE page', "-", "--", ".", "#", "1#", "a/b#c", "/"),
    *(
        "9999-12-31",
        "0001-01-01",
        "-1",
        "9" * 400,
        "1e999",
        "NaN",
        "²",
        "𝟙",
        "title,-title," * 50,
        "x" * 5000,
        "((",
        "(a/b)",
    ),
)


def test_it_works(lone_world: World) -> None:
    assert failures(lone_world, "/registers/kind/decision", 2) == []


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_the_file_answers_too(world: World) -> None:
    """On the other database, and in the other way to answer."""
    assert failures(world, "/registers/kind/decision.csv", 3) == []


def failures(world: World, address: str, step: int) -> list[tuple[str, str, int]]:
    """The questions that are neither answered nor refused. Not inspected, because there are hundreds; one in `step`, such that
    each word is asked of keys of every type and each key about words of every sort."""
    world.page("ada", "commons", "decision", "Boat", {"question": "Which?"}, state="accepted")
    client = world.browser("ada")
    return [
        (key, odd, status)
        for n, key in enumerate(KEYS)
        for odd in ODD[n % step :: step]
        if (status := FlaskClient.open(client, f"{address}?{quote(key)}={quote(odd)}").status_code)
        not in (200, 302, 400, 404, 422)
    ]


def test_many_parameters_are_answered_too(lone_world: World) -> None:
    client = lone_world.browser("ada")
    many = "&".join(f"themes=t{n}" for n in range(500)) + "".join(f"&k{n}=1" for n in range(200))
    assert client.get(f"/registers/kind/decision?{many}").status_code == 200
    assert client.get("/registers/kind/decision?title=%ff%fe&themes=%80").status_code == 200
