"""After signing in people come back to a place on this site, and to nowhere else."""

from urllib.parse import urljoin, urlsplit

import pytest

from wiki.people.back import own_path, takes_text_back

OWN = "https://wiki.example"

ELSEWHERE = [
    "https://evil.example",
    "http://evil.example/",
    "HTTPS://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://evil.example",
    "mailto:a@evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "//evil.example\\@wiki.example",
    "https://wiki.example@evil.example",
    "https://wiki.example.evil.example",
    "//wiki.example:pass@evil.example",
    "/x/..//evil.example",
    "/.//evil.example",
    "/./\\evil.example",
    "/%2e/%2fevil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "/%0d%0aLocation: https://evil.example",
    "/a//evil.example",
    "?next=https://evil.example",
    "#https://evil.example",
    "evil.example",
    "@evil.example",
    "\x00//evil.example",
    "/\u2028/evil.example",
    "",
    ".",
    "..",
    "/" + "x" * 3000,
]


def test_it_works() -> None:
    assert own_path("/paper-coast/tides/edit?draft=no") == "/paper-coast/tides/edit?draft=no"


@pytest.mark.parametrize("wished", ELSEWHERE)
def test_an_address_elsewhere_becomes_the_home_page(wished: str) -> None:
    assert own_path(wished) == "/"


@pytest.mark.parametrize(
    "wished", ["/", "/a", "/a/b?x=1&y=2", "/a/b#part", "/café/潮汐", "/search?q=https://x.example"]
)
def test_an_address_here_stays_here(wished: str) -> None:
    kept = own_path(wished)
    assert kept == wished.partition("#")[0]
    assert urlsplit(urljoin(OWN, kept)).netloc == "wiki.example"


@pytest.mark.parametrize("wished", ["/sign-in", "/sign-out", "/reset/abc", "/invitation/abc", "/sign-in?next=/x"])
def test_nobody_comes_back_to_the_doorstep(wished: str) -> None:
    assert own_path(wished) == "/"


def test_text_comes_back_only_to_forms_that_show_it_again() -> None:
    assert takes_text_back("/paper-coast/tides/edit")
    assert takes_text_back("/paper-coast/new?kind=lesson")
    for other in ("/admin/accounts/2/administrator", "/account/password", "/paper-coast/members", "/spaces/new/edit/x"):
        assert not takes_text_back(other)
