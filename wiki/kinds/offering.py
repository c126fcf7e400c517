"""What people are told where no new pages of a kind are made; whether they are, `Catalogue.offers` says."""

from wiki.i18n import gettext as _
from wiki.kinds.definition import Kind


def why_not_offered(kind: Kind) -> str:
    """Why no new pages are made of a retired kind."""
    name = _(kind.label)
    if kind.dropped:
        return _("No new pages are made with the template “%(kind)s”: it no longer comes with the program.", kind=name)
    return _("No new pages are made with the template “%(kind)s” any more.", kind=name)
