"""What is measured: a site behind its real server, or the same site called within this process."""

import http.client
import io
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit
from wsgiref.types import WSGIApplication

import psutil

ROOT = Path(__file__).parents[2]
WIKI = (sys.executable, "-c", "from wiki.cli import main; main()", "serve", "--workers", "1", "--port")
FLOOR = (sys.executable, "-m", "tests.bench.floor")
#: Seconds within which a server must answer.
PATIENCE = 60
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Answer(tuple[int, dict[str, str], bytes]):
    """Status, headers by lower-case name (of several cookies the last), body."""

    __slots__ = ()

    @property
    def status(self) -> int:
        return self[0]

    @property
    def headers(self) -> dict[str, str]:
        return self[1]

    @property
    def text(self) -> str:
        return self[2].decode()


class Target(Protocol):
    """A site. `cpu` is the processor time, in seconds, that it has used so far."""

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer: ...
    def cpu(self) -> float: ...


class Served:
    """A server in processes of its own, asked over loopback on one connection that stays open."""

    def __init__(self, command: Iterable[str], environment: dict[str, str]) -> None:
        self.port = _free_port()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the server)
        started = time.monotonic()
        self._process = psutil.Popen(
            [*command, str(self.port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=self._said
        )
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        #: Seconds, by the clock, until the first page came.
        self.started_in = self._wait(started)

    def _wait(self, started: float) -> float:
        while time.monotonic() - started < PATIENCE:
            if self._process.poll() is not None:
                self._said.seek(0)
                raise RuntimeError(f"the server did not start: {self._said.read().decode()[-2000:]}")
            try:
                self.send("GET", "/sign-in", {}, b"")
            except OSError:
                self._connection.close()
                time.sleep(0.01)
                continue
            return time.monotonic() - started
        raise RuntimeError("the server did not answer")

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        try:
            self._connection.request(method, path, body or None, headers)
            answer = self._connection.getresponse()
        except http.client.RemoteDisconnected:  # it waited too long for its turn
            if method != "GET":
                raise
            self._connection.close()
            self._connection.request(method, path, body or None, headers)
            answer = self._connection.getresponse()
        content = answer.read()
        return Answer((answer.status, {name.lower(): value for name, value in answer.getheaders()}, content))

    def processes(self) -> list[psutil.Process]:
        return [self._process, *self._process.children(recursive=True)]

    def cpu(self) -> float:
        return sum(_cpu_of(process) for process in self.processes())

    def worker_memory(self) -> float:
        """Megabytes of memory that the largest process of the server holds: the one that answers."""
        return max(float(process.memory_info().rss) for process in self.processes()) / 2**20

    def stop(self) -> None:
        self._connection.close()
        processes = self.processes()
        self._process.terminate()
        _gone, left = psutil.wait_procs(processes, timeout=10)
        for process in left:
            process.kill()
        self._said.close()


def _cpu_of(process: psutil.Process) -> float:
    """Linux counts in nanoseconds for those who look at its threads; elsewhere the clock has coarser ticks."""
    try:
        threads = Path(f"/proc/{process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9
    except (OSError, ValueError):
        times = process.cpu_times()
        return float(times.user + times.system)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


class Called:
    """An application called in this process: quick, good for profiles, without the costs of a server."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(path)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": headers.get("Content-Type", ""),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **{"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()},
        }
        got: list[Any] = []
        parts_of_body = self._app(environ, lambda status, headers, error=None: got.extend((status, headers)))  # type: ignore[arg-type]
        content = b"".join(parts_of_body)
        close: Callable[[], None] | None = getattr(parts_of_body, "close", None)
        if close:
            close()
        return Answer((int(got[0][:3]), {name.lower(): value for name, value in got[1]}, content))

    def cpu(self) -> float:
        return time.process_time()


class Visitor:
    """Somebody with a browser that keeps a cookie."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.headers = {
            "Accept-Language": "en-CA,en;q=0.8",
            "User-Agent": "Mozilla/5.0 (bench)",
            "Accept": "text/html,*/*",
        }

    def get(self, path: str, **headers: str) -> Answer:
        return self._keep(self.target.send("GET", path, {**self.headers, **headers}, b""))

    def post(self, path: str, form: list[tuple[str, str]]) -> Answer:
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
        return self._keep(self.target.send("POST", path, headers, urlencode(form).encode()))

    def sign_in(self, email: str, password: str) -> None:
        found = _CSRF.search(self.get("/sign-in").text)
        assert found, "the form to sign in has no token"
        form = [("csrf_token", found[1]), ("email", email), ("password", password)]
        answer = self.post("/sign-in", form)
        assert answer.status == 303, f"signing in gave {answer.status}"

    def _keep(self, answer: Answer) -> Answer:
        cookie = answer.headers.get("set-cookie")
        if cookie:
            self.headers["Cookie"] = cookie.partition(";")[0]
        return answer
