"""People whom a text names: `@Name`, or a link to their page. Who cannot read what is said is told to its author first."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.conversation.rights import who_may_follow
from wiki.kinds import Catalogue
from wiki.models import Account, Page
from wiki.pages.links import find_targets, wanted
from wiki.rendering.wikilinks import wikilinks
from wiki.text import title_key

#: A name has so many words at most; of one text so many names are looked up.
NAME_WORDS, MOST = 5, 50
_AT = re.compile(rf"(?<![\w.@/\[])@(?!\[)([^\W\d_][\w'’.-]*(?:[ \t]+[^\W_][\w'’.-]*){{0,{NAME_WORDS - 1}}})")


@dataclass(frozen=True)
class Named:
    """A text with the names in it as links, the accounts of those who are told, and the names of those who cannot be."""

    text: str
    told: frozenset[int] = frozenset()
    cannot: tuple[str, ...] = ()


def named_in(
    session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, space: str, text: str, field: str = ""
) -> Named:
    """Who is named in a text about the page, or about one field of it."""
    text = _linked(session, viewer, text)
    wants = {wanted(link.target, space) for link in wikilinks(text)[:MOST]}
    ids = {address[0] for address in find_targets(session, wants).values()}
    if not ids:
        return Named(text)
    people = session.execute(
        select(Page.title, Account.id)
        .outerjoin(Account, (Account.person_id == Page.id) & Account.active)
        .where(Page.id.in_(ids), Page.kind == "person", visible_pages(viewer))
    ).all()
    may = who_may_follow(session, catalogue, page, [account for _title, account in people], field)
    cannot = sorted(title for title, account in people if account not in may)
    return Named(text, frozenset(may - {viewer.account_id or 0}), tuple(cannot))


def _linked(session: Session, viewer: Viewer, text: str) -> str:
    """`@Ada Verdana` becomes a link to her page, if there is one person of that name whom the viewer may know of."""
    wishes = list(_AT.finditer(text))[:MOST]
    keys = {title_key(name) for wish in wishes for name in _beginnings(wish[1])}
    if not keys:
        return text
    known = select(Page.title_key).where(Page.kind == "person", Page.title_key.in_(keys), visible_pages(viewer))
    names = set(session.scalars(known))
    pieces, done = [], 0
    for wish in wishes:
        name = next((one for one in _beginnings(wish[1]) if title_key(one) in names), "")
        if name:
            pieces += [text[done : wish.start()], f"[[{name}]]"]
            done = wish.start() + 1 + len(name)
    return "".join(pieces) + text[done:]


def _beginnings(words: str) -> list[str]:
    """The names that the words after an @ may be, longest first; a full stop behind them may end the sentence."""
    found = []
    ends = [match.end() for match in re.finditer(r"\S+", words)]
    for end in reversed(ends):
        found += [words[:end], words[:end].rstrip(".'’-")]
    return list(dict.fromkeys(found))
