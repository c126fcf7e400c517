"""Headers of every answer: what the browser may run, frame, guess and keep."""

from flask import Flask, Response, g, request

from wiki.config import Settings
from wiki.web.state import site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'"
)
_FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}
_YEAR = "max-age=31536000; includeSubDomains"
#: Pages may be kept, and are asked for every time.
KEPT = "private, no-cache"


def always(settings: Settings) -> dict[str, str]:
    """The headers that no answer goes without."""
    return {**_FIXED, "Strict-Transport-Security": _YEAR} if settings.secure else _FIXED


def setup(app: Flask) -> None:
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    present = {name.lower() for name, _value in headers}
    for name, value in always(site().settings).items():
        if name.lower() not in present:
            headers.add(name, value)
    if "cache-control" not in present:
        kept = request.method == "GET" and response.status_code in (200, 304)
        headers.add("Cache-Control", KEPT if kept else "no-store")
        if g.get("viewer") is not None and g.viewer.signed_in and "vary" not in present:
            headers.add("Vary", "Cookie")
    return response
