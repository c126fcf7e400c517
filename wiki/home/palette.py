"""What the palette offers before a word is typed: pages at hand, what can be written, where one can go."""

from collections.abc import Iterable, Sequence
from typing import Any

from wiki.access import SpaceInfo, Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.own.queries import Kept
from wiki.text import url_part

Item = dict[str, Any]


def groups(
    catalogue: Catalogue,
    viewer: Viewer,
    spaces: Sequence[SpaceInfo],
    here: str,
    starred: Sequence[Kept],
    seen: Sequence[Kept],
) -> list[dict[str, Any]]:
    """The groups in the order in which they are shown. `here` is the slug of the present space; `brief` groups show when nothing is typed."""
    at_hand = {one.page_id for one in starred}
    found = [
        _group(_("With your star"), (_page(catalogue, one) for one in starred), brief=True),
        _group(_("Seen lately"), (_page(catalogue, one) for one in seen if one.page_id not in at_hand), brief=True),
        _group(_("Places"), _places(viewer), brief=True),
        _group(_("Spaces"), (_item(one.name, f"/{url_part(one.slug)}", icon="folder") for one in spaces)),
        _group(_("Write"), _writing(catalogue, spaces, here)),
        _group(_("Registers"), _registers(catalogue, spaces, here)),
        _group(_("Colours"), _colours()),
    ]
    return [group for group in found if group["items"]]


def _group(label: str, items: Iterable[Item], brief: bool = False) -> dict[str, Any]:
    return {"label": label, "items": list(items), "brief": brief}


def _item(title: str, url: str, hint: str = "", icon: str = "", words: str = "") -> Item:
    """`words` are found too, but not shown."""
    return {"title": title, "url": url, "hint": hint, "icon": icon, "words": words}


def _page(catalogue: Catalogue, page: Kept) -> Item:
    kind = catalogue.get(page.kind)
    return _item(page.title, page.url, _(kind.label) if kind else "", kind.icon if kind else "file-text", page.space)


def _places(viewer: Viewer) -> list[Item]:
    places = [
        _item(_("Home"), "/", icon="house"),
        _item(_("Search page"), "/search", icon="search"),
        _item(_("All registers"), "/registers", icon="table"),
        _item(_("All spaces"), "/spaces", icon="folder"),
    ]
    if viewer.signed_in:
        places += [
            _item(_("Ask a question"), "/questions/new", icon="circle-help"),
            _item(_("Questions"), "/questions", icon="messages-square"),
        ]
        places.append(_item(_("My account"), "/account", icon="settings"))
    if viewer.admin:
        places.append(_item(_("Administration"), "/admin", icon="shield"))
    return [*places, _item(_("Help"), "/help", icon="info")]


def _writing(catalogue: Catalogue, spaces: Sequence[SpaceInfo], here: str) -> list[Item]:
    """A new page of each kind, in the present space if one may write there, else in the first where one may."""
    writable = [space for space in spaces if space.may("create")]
    space = next((one for one in writable if one.slug == here), writable[0] if writable else None)
    if space is None:
        return []
    hint = _("in %(space)s", space=space.name)
    return [
        _item(
            _("New: %(kind)s", kind=_(kind.label)),
            f"/{url_part(space.slug)}/new?kind={kind.key}",
            hint,
            "plus",
            f"{_(kind.intent)} {_('write add')}",
        )
        for kind in catalogue.offered
    ]


def _registers(catalogue: Catalogue, spaces: Sequence[SpaceInfo], here: str) -> list[Item]:
    space = next((one for one in spaces if one.slug == here), None)
    behind = f"?space={url_part(space.slug)}" if space else ""
    hint = _("register of %(space)s", space=space.name) if space else _("register")
    return [
        _item(_(kind.plural), f"/registers/kind/{kind.key}{behind}", hint, kind.icon, _(kind.label))
        for kind in catalogue.values()
    ]


def _colours() -> list[Item]:
    named = {"": _("Colours of the system"), "light": _("Light colours"), "dark": _("Dark colours")}
    return [
        {**_item(title, "/appearance", icon="sun-moon", words=_("theme mode appearance")), "theme": theme}
        for theme, title in named.items()
    ]
