"""The databases that tests get are migrated, empty, and each test's own."""

import socket

import pytest
from sqlalchemy import select

from tests.network import NetworkRefused
from wiki import clock, migrate
from wiki.db import Database
from wiki.models import Space


def test_it_works(database: Database) -> None:
    with database.transaction() as session:
        session.add(Space(slug="sea", name="Sea", created_at=clock.now()))
    with database.read() as session:
        assert session.scalars(select(Space.slug)).all() == ["sea"]


def test_the_next_test_finds_nothing_of_the_last(database: Database) -> None:
    with database.read() as session:
        assert session.scalars(select(Space)).all() == []


def test_they_are_migrated(database: Database) -> None:
    assert migrate.is_current(database)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_the_network_is_refused(host: str) -> None:
    with pytest.raises(NetworkRefused):
        socket.create_connection((host, 80), timeout=1)


def test_loopback_is_not_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
