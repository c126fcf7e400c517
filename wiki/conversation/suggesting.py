"""Changes that somebody suggests: made, read, accepted or declined piece by piece, withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Found, Viewer
from wiki.conversation.pieces import Pieces, pieces_of
from wiki.conversation.rights import check_comment, pages_talked_of, who_may_follow
from wiki.conversation.unseen import is_left
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import N_
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.kinds.redact import hidden_keys, without
from wiki.models import Page, Space, Suggestion
from wiki.notices.telling import tell
from wiki.notices.watching import keepers
from wiki.pages import actions
from wiki.pages.display import mentioned
from wiki.pages.links import AllNames
from wiki.pages.merging import merge_contents
from wiki.pages.storing import content_of, current_revision
from wiki.text import shorten, tidy, url_part

LONGEST_NOTE = 500
#: What became of a suggestion, as its author is told it.
SAID = {"accepted": N_("accepted"), "declined": N_("declined")}


@dataclass(frozen=True)
class SuggestionShown:
    """A suggestion as one reader meets it. `old`: the page was changed since; `clash`: at the same place.

    `for_others`: something is left to decide of parts of the page that this reader does not see.
    """

    suggestion: Suggestion
    pieces: Pieces
    old: bool
    clash: bool
    mine: bool
    may_decide: bool
    for_others: bool = False

    @property
    def left(self) -> list[str]:
        """The keys of the pieces that are not decided."""
        return [piece.key for piece in self.pieces.pieces]

    def is_done_with(self, decided: Collection[str]) -> bool:
        """Whether nothing is left for anybody once these are decided."""
        return len(decided) == len(self.left) and not self.for_others


def suggest(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, content: Content, base: int, note: str
) -> Suggestion:
    """Keep what somebody would make of revision `base`; those who keep the page are told. Raises Invalid if nothing differs."""
    check_comment(session, viewer, found)
    if content.canonical() == actions.content_at(session, found.page, base).canonical():
        raise Invalid([Problem("", _("Nothing was changed, so there is nothing to suggest."))])
    made = Suggestion(
        page_id=found.page.id,
        author_id=viewer.account_id,
        author_name=viewer.name,
        base=base,
        title=content.title,
        body=content.body,
        fields=content.fields,
        note=tidy(note)[:LONGEST_NOTE],
        declined=[],
        made_at=clock.now(),
    )
    session.add(made)
    session.flush()
    eventlog.record(session, viewer, "suggestion.made", page=found.page, suggestion=made.id)
    told = who_may_follow(session, catalogue, found.page, keepers(session, found.page.id))
    link = f"/suggestions/{made.id}"
    tell(session, told, "suggestion", found.page.id, by=viewer.account_id, link=link, group="suggestions")
    return made


def suggestion_for(session: Session, found: Found, number: int) -> Suggestion:
    """One suggestion of the page. Raises NotFound."""
    one = session.get(Suggestion, number)
    if one is None or one.page_id != found.page.id:
        raise NotFound(_("There is no such suggestion on this page."))
    return one


def shown(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, one: Suggestion) -> SuggestionShown:
    """What is left to decide of a suggestion: its way from what stands now, merged with what others changed since.

    Rights are asked of what stands now and of what it began from, never of the suggestion: nobody opens fields with it.
    """
    page, kind = found.page, catalogue[found.page.kind]
    now = content_of(current_revision(session, page))
    base = actions.content_at(session, page, one.base)
    merge = merge_contents(kind, base, Content(one.title, one.body, dict(one.fields)), now)
    hidden = {key for side in (base, now) for key in hidden_keys(kind, side, viewer.person_id, page.state)}
    seen = [without(side, frozenset(hidden)) for side in (now, merge.content)]
    ids = [mentioned(kind, side) for side in seen]
    names = _SeenNames(session, viewer, ids[0][0] | ids[1][0], ids[0][1] | ids[1][1])
    pieces = pieces_of(kind, now, merge.content, names, hidden)
    if one.state != "open":
        pieces = replace(pieces, pieces=[])
    pieces = replace(pieces, pieces=[piece for piece in pieces.pieces if piece.key not in one.declined])
    return SuggestionShown(
        one,
        pieces,
        old=one.base != page.number,
        clash=not merge.clean,
        mine=one.author_id == viewer.account_id,
        may_decide=found.may("edit"),
        for_others=one.state == "open" and is_left(kind, now, merge.content, hidden, one.declined),
    )


class _SeenNames:
    """Names of pages that the reader may know of."""

    def __init__(self, session: Session, viewer: Viewer, pages: set[int], rows: set[tuple[int, str]]) -> None:
        wanted = pages | {page for page, _row in rows}
        known = select(Page.id).where(Page.id.in_(wanted), pages_talked_of(viewer))
        self._seen = set(session.scalars(known)) if wanted else set()
        self._all = AllNames(session, pages, rows)

    def page(self, page_id: int) -> str:
        return self._all.page(page_id) if page_id in self._seen else _("not visible to you")

    def row(self, page_id: int, row_id: str) -> str:
        return self._all.row(page_id, row_id) if page_id in self._seen else _("not visible to you")


def accept(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    one: Suggestion,
    keys: Collection[str],
    answer: str = "",
) -> None:
    """Put the pieces into the page: a revision by whoever accepts, that says who suggested it. Raises Forbidden, Invalid."""
    view = _deciding(session, catalogue, viewer, found, one)
    chosen = _of(view, keys)
    note = _("Suggested by %(name)s", name=one.author_name) + (f": {one.note}" if one.note else "")
    page = found.page
    saved = actions.save_page(
        session, catalogue, viewer, page, view.pieces.taken(chosen), page.number, shorten(note, LONGEST_NOTE)
    )
    one.accepted += len(chosen)
    number = saved.revision.number if saved.revision is not None else page.number
    eventlog.record(
        session, viewer, "suggestion.accepted", page=page, suggestion=one.id, number=number, pieces=len(chosen)
    )
    _close_if_done(session, catalogue, viewer, found, one, answer, view.is_done_with(chosen))


def decline(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    one: Suggestion,
    keys: Collection[str],
    answer: str = "",
) -> None:
    """Leave the pieces as they stand in the page."""
    view = _deciding(session, catalogue, viewer, found, one)
    chosen = _of(view, keys)
    one.declined = [*one.declined, *chosen]
    eventlog.record(session, viewer, "suggestion.declined", page=found.page, suggestion=one.id, pieces=len(chosen))
    _close_if_done(session, catalogue, viewer, found, one, answer, view.is_done_with(chosen))


def _deciding(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, one: Suggestion) -> SuggestionShown:
    if not found.may("edit"):
        raise Forbidden(_("Who may edit the page decides about suggestions."))
    if one.state != "open":
        raise Invalid([Problem("", _("This suggestion was decided already."))])
    actions.hold(session, catalogue, found.page)
    return shown(session, catalogue, viewer, found, one)


def _of(view: SuggestionShown, keys: Collection[str]) -> list[str]:
    """Raises Invalid for pieces that are not there any more: the page was changed meanwhile."""
    if not keys or not set(keys) <= set(view.left):
        raise Invalid([Problem("", _("The page was changed meanwhile. Look at the suggestion again and decide."))])
    return [key for key in view.left if key in set(keys)]


def _close_if_done(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, one: Suggestion, answer: str, done: bool
) -> None:
    one.answer = tidy(answer)[:LONGEST_NOTE] or one.answer
    if done:
        _close(viewer, one, "accepted" if one.accepted else "declined")
        said = N_("accepted in part") if one.accepted and one.declined else SAID[one.state]
        words = {"said": said, "text": one.answer}
        told = who_may_follow(session, catalogue, found.page, [one.author_id])
        link = f"/suggestions/{one.id}"
        tell(
            session,
            told,
            "suggestion_answered",
            found.page.id,
            by=viewer.account_id,
            link=link,
            group=f"suggestion-{one.id}",
            words=words,
        )
    session.flush()


def _close(viewer: Viewer, one: Suggestion, state: str) -> None:
    one.state, one.closed_at, one.closed_by = state, clock.now(), viewer.name


def withdraw(session: Session, viewer: Viewer, found: Found, one: Suggestion) -> None:
    """Its author takes it back."""
    if one.author_id != viewer.account_id:
        raise Forbidden(_("Only who suggested it can take it back."))
    if one.state == "open":
        _close(viewer, one, "withdrawn")
        session.flush()
        eventlog.record(session, viewer, "suggestion.withdrawn", page=found.page, suggestion=one.id)


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion in a list, with its page."""

    suggestion: Suggestion
    title: str
    url: str

    @property
    def href(self) -> str:
        return f"{self.url}/suggestions/{self.suggestion.id}"


def of_page(session: Session, page: Page) -> list[Suggestion]:
    """Open ones first, newest first."""
    mine = select(Suggestion).where(Suggestion.page_id == page.id)
    return list(session.scalars(mine.order_by(Suggestion.state != "open", Suggestion.id.desc())))


def waiting_for(session: Session, viewer: Viewer, most: int = 12) -> list[SuggestionLine]:
    """Open suggestions on pages that the viewer keeps, oldest first."""
    if viewer.person_id is None:
        return []
    rows = session.execute(
        select(Suggestion, Page.title, Space.slug, Page.slug)
        .join(Page, Page.id == Suggestion.page_id)
        .join(Space, Space.id == Page.space_id)
        .where(Suggestion.state == "open", Page.owner_id == viewer.person_id, pages_talked_of(viewer))
        .order_by(Suggestion.id)
        .limit(most)
    )
    return [SuggestionLine(one, title, f"/{url_part(space)}/{url_part(slug)}") for one, title, space, slug in rows]
