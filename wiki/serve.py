"""`wiki serve`: a production server in front of the site, on a machine of its own or on somebody's desk."""

import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from wiki import config, memory, migrate, worker
from wiki.app import create_app
from wiki.chores import chores, makers
from wiki.config import PREFIX, Settings
from wiki.db import Database
from wiki.errors import Unavailable
from wiki.i18n import gettext as _
from wiki.packs.keeping import keep_in
from wiki.web.state import Site

#: How long a process may finish the requests that it works on, in seconds, when the program is stopped.
GRACE = 10
#: Requests that one process works on at a time. More do not help: they would wait for the same processor.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
PORTS_TO_TRY = 50


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Bring the database up to date and answer requests until somebody stops the program.

    `say` is told the address, once requests are taken. Raises ConfigError, CatalogueError or Unavailable when the site
    cannot start.
    """
    if not is_free(settings.host, settings.port):
        raise Unavailable(
            _(
                "Port %(port)s on %(host)s is taken by another program; choose one with --port.",
                port=settings.port,
                host=settings.host,
            )
        )
    memory.be_sparing()
    prepare(settings)
    hand_over(settings)
    granian = server("wiki.serve:application", settings.host, settings.port, settings.workers)
    granian.on_startup(threading.Thread(target=announce, args=(settings, say), daemon=True).start)
    granian.serve()


def announce(settings: Settings, say: Callable[[str], None]) -> None:
    """Say the address as soon as somebody answers there, so that nobody clicks on it too early."""
    where = urlsplit(address(settings))
    while True:
        time.sleep(0.1)
        try:
            socket.create_connection((where.hostname, where.port), timeout=1).close()
        except OSError:
            continue
        return say(address(settings))


def server(target: str, host: str, port: int, workers: int) -> AbstractServer[Any]:
    """The server of WSGI applications; `target` names a function without arguments that makes one."""
    return Granian(
        target,
        factory=True,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=THREADS,
        interface=Interfaces.WSGI,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
    )


def prepare(settings: Settings) -> None:
    """Migrate, and find mistakes in settings and page templates here, once, and not in every process that serves."""
    config.make_folder(settings)
    database = Database(settings.database_url)
    migrate.upgrade(database)
    site: Site = create_app(settings).extensions["holdfast"]
    keep_in(database, site.library)
    database.close()


def application() -> Flask:
    """What each process of the server makes for itself: the site, and somebody to carry its mail."""
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, signal.SIG_DFL)  # until the server listens to them; the parent's handlers mean nothing here
    settings = config.load()
    app = create_app(settings)
    site: Site = app.extensions["holdfast"]
    chore_list = chores(site.database, settings, site.library)
    worker.start(site.database, settings, chore_list, makers(settings, site.library))
    memory.settle()
    return app


def hand_over(settings: Settings) -> None:
    """Let the processes that serve, which read the environment, have what was said on the command line."""
    os.environ[PREFIX + "INSTANCE"] = settings.instance
    is_default = settings.base_url == config.default("base_url")
    os.environ[PREFIX + "BASE_URL"] = address(settings) if is_default else settings.base_url


def address(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def is_free(host: str, port: int) -> bool:
    """Whether a server could take the port: nobody listens on it, and it may be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError:
        return False
    return True


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that is free. Raises Unavailable when there is none near it."""
    ports = range(wanted, wanted + PORTS_TO_TRY)
    for port in ports:
        if is_free(host, port):
            return port
    raise Unavailable(_("All ports from %(first)s to %(last)s are taken.", first=ports[0], last=ports[-1]))


def kept_password(settings: Settings) -> str:
    """The password of the demo's people: made the first time, kept in instance/demo-password to be shown again."""
    place = settings.folder / "demo-password"
    config.make_folder(settings)
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text("utf-8").strip()
    password = secrets.token_urlsafe(12)
    with os.fdopen(descriptor, "w") as file:
        file.write(password + "\n")
    return password
