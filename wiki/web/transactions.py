"""One commit a request, in one place. A response of 400 or more stores nothing."""

from flask import Flask, Response, g, request

from wiki.web.state import READING


def setup(app: Flask) -> None:
    app.after_request(_commit)
    app.teardown_request(_close)


def _commit(response: Response) -> Response:
    session = g.get("session")
    if session is not None and request.method not in READING:
        if response.status_code < 400 or g.get("keep_in_spite_of_error"):
            session.commit()
        else:
            session.rollback()
    return response


def _close(error: BaseException | None) -> None:
    session = g.pop("session", None)
    if session is not None:
        session.close()
