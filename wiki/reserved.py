"""Parts of addresses that the site's own routes use: no space and no page can be called so. A test holds them to the routes."""

SPACES = frozenset(
    """account admin api appearance complete conversations editor events help healthz import inbox invitation language new p palette paths questions questions.atom questions.csv readyz registers reset search setup sign-in sign-out
    spaces static stop-mails styleguide templates watching robots robots.txt favicon site.webmanifest""".split()
)
PAGES = frozenset("new duplicates letters pages related preview draft changes members settings import export".split())
