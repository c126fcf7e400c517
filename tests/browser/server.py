"""A site that a browser can visit: the application behind a real socket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import make_server

from tests.browser import pace


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address (http://127.0.0.1:PORT, no slash at the end) at which the application answers meanwhile."""
    server = make_server("127.0.0.1", 0, pace.answering_late(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
