"""What must hold before a content is stored."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.clock import today
from wiki.errors import Invalid, Problem
from wiki.facts.roles import roles_of
from wiki.i18n import gettext as _
from wiki.i18n import time_zone
from wiki.kinds import Catalogue, Kind
from wiki.kinds.content import Content
from wiki.kinds.offering import why_not_offered
from wiki.models import Page

MAX_BODY_BYTES = 256 * 1024
MAX_FIELDS_BYTES = 1024 * 1024
MAX_TITLE = 300


def check_offered(kind: Kind) -> None:
    """Raises Invalid: no page is made of a kind, or turned into one, that was retired."""
    if kind.retired:
        raise Invalid([Problem("kind", why_not_offered(kind))])


def check(content: Content, viewer: Viewer, space_id: int) -> None:
    """Raises Invalid: no title, too long, or an access level that would shut its own author out of the page."""
    problems = []
    if not content.title.strip():
        problems.append(Problem("title", _("Give the page a title: say what it is.")))
    if len(content.title) > MAX_TITLE:
        problems.append(
            Problem("title", _("The title has more than %(count)s characters. Shorten it.", count=MAX_TITLE))
        )
    size = len(content.body.encode())
    if size > MAX_BODY_BYTES:
        problems.append(
            Problem(
                "body",
                _(
                    "The text has %(size)s KB; a page holds %(most)s KB. Divide it into several pages.",
                    size=size // 1024,
                    most=MAX_BODY_BYTES // 1024,
                ),
            )
        )
    if len(content.canonical()) - size > MAX_FIELDS_BYTES:
        problems.append(Problem("title", _("The fields hold more than this page can. Move some of it to the text.")))
    problems += _locked_out(content, viewer, space_id)
    if problems:
        raise Invalid(problems, content)


def _locked_out(content: Content, viewer: Viewer, space_id: int) -> list[Problem]:
    access = content.fields.get("access", "members")
    if viewer.account_id is None or access not in ("named_orgs", "steward_only"):
        return []
    steward = content.fields.get("steward_org")
    allowed = {steward} if access == "steward_only" else {steward, *content.fields.get("access_orgs", [])}
    if viewer.orgs(space_id) & allowed:
        return []
    return [
        Problem(
            "f.access",
            _("You would not see this page yourself any more. Name your organisation, or choose another level."),
        )
    ]


def check_move(viewer: Viewer, page: Page, content: Content, to: int) -> None:
    """Raises Invalid when the page may not go to space `to`: its mover would not see it there, or its knowledge is another's to open."""
    problems = _locked_out(content, viewer, to)
    steward = content.fields.get("steward_org")
    if steward is not None and viewer.account_id is not None and steward not in viewer.orgs(page.space_id):
        problems.append(
            Problem("space", _("Only people of the organisation that this knowledge belongs to can move it elsewhere."))
        )
    if problems:
        raise Invalid(problems, content)


#: How far a page can be seen, narrowest first.
WIDTH = {"steward_only": 0, "named_orgs": 1, "partnership": 2, "members": 3, "public": 4}


def check_stewardship(viewer: Viewer, space_id: int, before: Content, after: Content) -> None:
    """Raises Invalid when somebody opens up what they may not.

    A page whose knowledge belongs to an organisation is opened further, and its labels and belonging changed, only by
    people who act for that organisation. Any other page is made public by an administrator.
    """
    if viewer.account_id is None:
        return
    steward = before.fields.get("steward_org")
    acts = steward in viewer.orgs(space_id)
    problems = []
    wider = WIDTH[_access(after)] > WIDTH[_access(before)]
    more_orgs = set(after.fields.get("access_orgs", [])) - set(before.fields.get("access_orgs", []))
    if steward is not None and not acts:
        if wider or (more_orgs and _access(after) == "named_orgs"):
            problems.append(
                Problem(
                    "f.access", _("Only people of the organisation that this knowledge belongs to can open it further.")
                )
            )
        if after.fields.get("steward_org") != steward:
            problems.append(
                Problem("f.steward_org", _("Only people of that organisation can give its knowledge away."))
            )
        if after.fields.get("community_labels") != before.fields.get("community_labels"):
            problems.append(
                Problem(
                    "f.community_labels",
                    _("Only people of the organisation that this knowledge belongs to place labels."),
                )
            )
    if steward is None and _access(after) == "public" and _access(before) != "public" and not viewer.admin:
        problems.append(Problem("f.access", _("Only an administrator makes a page public. Ask one of them.")))
    if problems:
        raise Invalid(problems, after)


def _access(content: Content) -> str:
    level = str(content.fields.get("access", "members"))
    return level if level in WIDTH else "members"


def check_own_words(
    session: Session, catalogue: Catalogue, kind: Kind, viewer: Viewer, page: Page, before: Content, after: Content
) -> None:
    """Raises Invalid when a value that belongs to one organisation is written by somebody who does not act for it.

    Coordinators may enter what an organisation said (domain rule: for partners without users).
    """
    if viewer.account_id is None or "coordinator" in viewer.roles(page.space_id):
        return
    mine = viewer.orgs(page.space_id)
    problems = [
        Problem(f"f.{name}", _("Only people of that organisation can write this. Ask them, or leave it out."))
        for name, orgs in changed_own_words(kind, page.id, before, after)
        if not orgs & mine
    ]
    if problems:
        raise Invalid(problems, after)


def changed_own_words(kind: Kind, page_id: int, before: Content, after: Content) -> list[tuple[str, frozenset[int]]]:
    """(field, organisations) for each value changed that only people of one of these organisations may write."""
    changed: list[tuple[str, frozenset[int]]] = []
    for field in kind.fields:
        old, new = before.fields.get(field.key), after.fields.get(field.key)
        if field.type != "rows":
            if field.own_words and old != new and kind.key == "organisation":
                changed.append((field.key, frozenset({page_id})))
            continue
        changed += [(field.key, orgs) for orgs in _changed_row_owners(field, old or [], new or [])]
    return changed


def _changed_row_owners(field: Any, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> set[frozenset[int]]:
    """For each row with another word of an organisation: those whose word it is. What several were promised, each may speak of."""
    before = {row["id"]: row for row in old}
    after = {row["id"]: row for row in new}
    owners: set[frozenset[int]] = set()
    for column in field.columns:
        owner_column = column.own_words or field.own_words
        if not owner_column:
            continue
        for row_id in before.keys() | after.keys():
            was, now = before.get(row_id, {}), after.get(row_id, {})
            if _word(column, was) != _word(column, now):
                named = was.get(owner_column) or now.get(owner_column)
                orgs = named if isinstance(named, list) else [named]
                owners.add(frozenset(org for org in orgs if isinstance(org, int)))
    return owners - {frozenset()}


def _word(column: Any, row: Mapping[str, Any]) -> Any:
    """What a row says in a column; what a new row begins with is nobody's word."""
    said = row.get(column.key)
    return None if column.default and said == column.default else said


def who_is(session: Session, viewer: Viewer, found: Found, fields: Mapping[str, Any]) -> Callable[[str], bool]:
    """Answers the `who` words of a transition for this viewer and page; `fields` is the page's content."""
    page = found.page
    roles = viewer.roles(page.space_id)

    def is_who(word: str) -> bool:
        if word == "member":
            return found.may("edit")
        if word == "owner":
            return is_owner(session, viewer, page)
        if word == "other_member":
            return found.may("edit") and page.created_by != viewer.person_id
        if word == "admin":
            return viewer.admin
        if word in ("manager", "successor", "subject"):
            return viewer.person_id is not None and viewer.person_id == fields.get(_FIELD_OF.get(word, word))
        return word in roles

    return is_who


_FIELD_OF = {"subject": "person"}


def is_owner(session: Session, viewer: Viewer, page: Page) -> bool:
    """Whether the viewer keeps the page right: named as a person, or holding the role that is named."""
    if viewer.person_id is None or page.owner_id is None:
        return False
    if page.owner_id == viewer.person_id:
        return True
    if getattr(page, "owner_kind", "role") != "role":  # a reading knows, and asks no more
        return False
    held = select(Page.id).where(Page.id == page.owner_id, Page.id.in_(roles_of(viewer.person_id, today(time_zone()))))
    return session.execute(held).first() is not None
