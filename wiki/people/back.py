"""Where to go after signing in: only ever to a place on this site."""

import re

_OWN = re.compile(r"/(?:[^/\s\\][^\s\\]*)?")
_DOTS = re.compile(r"/\.{1,2}(?:/|$)|//|%2e|%2f|%5c|%0|%1|%7f", re.IGNORECASE)
_WRITING = re.compile(r"/[^/]+/new|/[^/]+/[^/]+/edit")
LONGEST = 2000
#: Where nobody wants to come back to.
_DOORSTEPS = ("/sign-in", "/sign-out", "/setup", "/reset", "/invitation")


def own_path(wished: str, *, doorsteps: bool = False) -> str:
    """`wished` if it is a plain path on this site, with its query; else "/". Pages of signing in only with `doorsteps`.

    What browsers read differently than people is refused too: backslashes, blanks, dots and slashes in disguise.
    """
    path = wished.partition("#")[0]
    if len(path) > LONGEST or not path.isprintable() or not _OWN.fullmatch(path):
        return "/"
    place = path.partition("?")[0]
    if _DOTS.search(place) or (place.startswith(_DOORSTEPS) and not doorsteps):
        return "/"
    return path


def takes_text_back(path: str) -> bool:
    """Whether the address shows a form again with text that was sent to it. Nothing else is ever sent on after
    signing in, so that a stranger's form cannot be carried in with it."""
    return _WRITING.fullmatch(path.partition("?")[0]) is not None
