"""Flask's sealed cookie, with its seal looked at once for each cookie and not at each request."""

from functools import lru_cache
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

#: Cookies whose content is kept; one is some hundred bytes.
KEPT = 512
#: Only such values are kept: nobody can change them in what the next request gets.
PLAIN = (str, int, bool, type(None))


class KeptCookies(SecureCookieSessionInterface):
    """What a cookie says is worth as much at its thousandth request as at its first; only its age is asked each time."""

    def __init__(self, app: Flask) -> None:
        sealing = super().get_signing_serializer(app)
        assert sealing is not None, "the site has no secret key"
        self._sealing = sealing
        signer = sealing.make_signer(self.salt)
        assert isinstance(signer, TimestampSigner)
        self._clock = signer
        self._most_seconds = app.permanent_session_lifetime.total_seconds()
        self._kept = lru_cache(KEPT)(self._opened)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        return self._sealing

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        return self.session_class(self.content(request.cookies.get(self.get_cookie_name(app), "")))

    def content(self, text: str) -> dict[str, Any]:
        """What the cookie says; nothing if its seal is broken or it is too old."""
        if not text:
            return {}
        said, sealed_at = self._kept(text)
        if not 0 <= self._clock.get_timestamp() - sealed_at <= self._most_seconds:
            return {}
        if all(isinstance(value, PLAIN) for value in said.values()):
            return dict(said)
        return self._opened(text)[0]

    def _opened(self, text: str) -> tuple[dict[str, Any], int]:
        try:
            said, sealed_at = self._sealing.loads(text, return_timestamp=True)
        except BadSignature:
            return {}, 0
        return said, int(sealed_at.timestamp())
