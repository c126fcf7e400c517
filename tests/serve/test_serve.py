"""`wiki serve` finds a port, keeps the demo's password, and refuses to start what cannot run."""

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from wiki import config, serve
from wiki.config import Settings
from wiki.db import Database
from wiki.errors import Unavailable


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return config.load({}, instance=str(tmp_path / "instance"))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_it_works(settings: Settings) -> None:
    serve.prepare(settings)
    assert (settings.folder / "wiki.db").is_file()


def test_nobody_else_on_the_machine_looks_into_the_instance_folder(settings: Settings) -> None:
    serve.prepare(settings)
    assert stat.S_IMODE(settings.folder.stat().st_mode) == 0o700


def test_a_port_that_is_taken_is_not_free(taken: int) -> None:
    assert not serve.is_free("127.0.0.1", taken)
    assert serve.free_port("127.0.0.1", taken) > taken


def test_serving_on_a_port_that_is_taken_says_so(tmp_path: Path, taken: int) -> None:
    settings = config.load({}, instance=str(tmp_path), port=taken)
    with pytest.raises(Unavailable, match=rf"{taken}.*--port"):
        serve.serve(settings, print)


def test_a_newer_database_is_not_served(settings: Settings) -> None:
    serve.prepare(settings)
    database = Database(settings.database_url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(Unavailable, match="newer"):
        serve.prepare(settings)


def test_the_password_of_the_demo_is_made_once_and_only_its_owner_reads_it(settings: Settings) -> None:
    password = serve.kept_password(settings)
    assert len(password) >= 12
    assert serve.kept_password(settings) == password
    assert stat.S_IMODE((settings.folder / "demo-password").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("wiki.example", "http://wiki.example:8000"),
    ],
)
def test_the_address_is_one_to_click_on(tmp_path: Path, host: str, address: str) -> None:
    assert serve.address(config.load({}, instance=str(tmp_path), host=host)) == address
