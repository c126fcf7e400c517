"""Which of some accounts may read a page, or know of a space: asked before anybody is told of a question about it."""

from collections.abc import Collection

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from wiki.models import Account, Membership, Page, Space
from wiki.quick_access import readable_pages


def who_may_read(session: Session, space_id: int, page: Page | None, accounts: Collection[int]) -> set[int]:
    """Those of `accounts` that are open and may read the page; if there is none, that have a role in the space."""
    if not accounts:
        return set()
    open_accounts = select(Account.id).where(Account.id.in_(sorted(accounts)), Account.active)
    if page is not None:
        reading = open_accounts.join(Page, Page.id == page.id).where(readable_pages(Account.id))
        return set(session.scalars(reading))
    member = exists().where(Membership.account_id == Account.id, Membership.space_id == space_id)
    opened = exists().where(Space.id == space_id, Space.default_role != "none")
    return set(session.scalars(open_accounts.where(or_(member, opened))))
