"""Parts of addresses that the site's own routes use: no space and no page can be called so. A test holds them to the routes."""

SPACES = frozenset(
    """account admin api complete help healthz import invitation new p readyz registers reset search setup sign-in sign-out
    spaces static styleguide robots favicon""".split()
)
PAGES = frozenset("new preview draft changes members settings import export".split())
