"""The space "People and organisations", and the page that stands for a person in it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.content import Content
from wiki.models import Account, Page, Space
from wiki.pages import actions as pages
from wiki.pages.links import DIRECTORY
from wiki.pages.storing import content_of, current_revision
from wiki.spaces.actions import add_space, set_member

PERSON = "person"


def directory(session: Session, viewer: Viewer) -> Space:
    """The built-in space of people and organisations, made when it is first needed. Everybody signed in reads it."""
    found = session.scalars(select(Space).where(Space.slug == DIRECTORY)).one_or_none()
    if found is not None:
        return found
    return add_space(
        session,
        viewer,
        _("People and organisations"),
        slug=DIRECTORY,
        default_role="reader",
        description=_("Who takes part, and for whom they act."),
    )


def make_person_page(session: Session, catalogue: Catalogue, viewer: Viewer, account: Account) -> Page:
    """The page of a new account's person, which its person keeps right. Administrators look after all these pages."""
    kind = catalogue[PERSON]
    by = viewer if viewer.name else Viewer(account_id=None, person_id=None, name=account.name)
    where = directory(session, by)
    if account.is_admin:
        set_member(session, by, where, account, "coordinator")
    fields = {"name": account.name} if kind.field("name") is not None else {}
    page = pages.create_page(session, catalogue, by, where, kind, Content(title=account.name, fields=fields))
    account.person_id = page.id
    session.flush()
    content = content_of(current_revision(session, page))
    content.fields["owner"] = page.id
    pages.save_page(session, catalogue, by, page, content, page.number, _("Kept right by its own person"))
    return page


def rename_person_page(session: Session, catalogue: Catalogue, viewer: Viewer, account: Account) -> None:
    """Let the person's page carry the account's name, as a revision of its own."""
    page = session.get(Page, account.person_id) if account.person_id is not None else None
    if page is None or page.deleted_at is not None or page.kind not in catalogue:
        return
    content = content_of(current_revision(session, page))
    fields = dict(content.fields)
    if catalogue[page.kind].field("name") is not None:
        fields["name"] = account.name
    renamed = Content(title=account.name, body=content.body, fields=fields)
    pages.save_page(session, catalogue, viewer, page, renamed, page.number, _("Changed the name"))
