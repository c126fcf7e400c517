"""Headers of every answer: what the browser may run, frame, guess and keep."""

from flask import Flask, Response, g, request

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


def setup(app: Flask) -> None:
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    present = {name.lower() for name, _value in headers}
    for name, value in _FIXED.items():
        if name.lower() not in present:
            headers.add(name, value)
    if site().settings.secure:
        headers.add("Strict-Transport-Security", _YEAR)
    if "cache-control" not in present:
        kept = request.method == "GET" and response.status_code in (200, 304)
        headers.add("Cache-Control", "private, no-cache" if kept else "no-store")
        if g.get("viewer") is not None and g.viewer.signed_in and "vary" not in present:
            headers.add("Vary", "Cookie")
    return response
