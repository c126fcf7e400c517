"""Raw HTML in Markdown: which names are HTML at all. `Dear <name>` is a gap to fill in, not a tag, and must stay visible."""

import re

_ALLOWED = """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub
    summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """
_DROPPED = """
    address applet area article aside audio base basefont big blink body button canvas center data datalist dialog dir
    embed fieldset font footer form frame frameset head header hgroup html iframe label legend link main map marquee
    math menu meta meter nav nobr noembed noframes noscript object optgroup option output param picture plaintext
    progress script search select slot source style svg template textarea title track video xmp
    circle defs ellipse g line path polygon polyline rect symbol text tspan use
    """
ALLOWED = frozenset(_ALLOWED.split())
KNOWN = ALLOWED | frozenset(_DROPPED.split())
_TAG = re.compile(r"<(?=/?([a-zA-Z][a-zA-Z0-9:_-]*))")


def show_unknown(html: str) -> str:
    """The HTML with tags of unknown names turned into text."""
    return _TAG.sub(lambda found: "<" if found[1].lower() in KNOWN else "&lt;", html)
