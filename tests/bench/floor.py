"""The yardstick: a bare Flask application that returns a constant, under the server that the wiki has."""

import os
import sys

from flask import Flask

from wiki import serve


def application(size: int | None = None) -> Flask:
    """`size` (else BENCH_SIZE of the environment) is how many bytes it returns."""
    app = Flask("floor", static_folder=None)
    constant = "x" * (size or int(os.environ["BENCH_SIZE"]))

    @app.get("/<space>/<page>")
    def page(space: str, page: str) -> str:
        return constant

    return app


if __name__ == "__main__":
    serve.server("tests.bench.floor:application", "127.0.0.1", int(sys.argv[1]), workers=1).serve()
