"""The thanks that the demo's people said: under `later` of the pages on which they stand."""

from collections.abc import Iterable, Mapping
from datetime import time

from sqlalchemy.orm import Session

from wiki.demo.days import moment
from wiki.demo.read import DemoPage
from wiki.demo.stored import Place
from wiki.models import Account, Page, Thanks

#: When people say thank you.
SAID = time(16, 20)


def add_thanks(
    session: Session,
    pages: Iterable[DemoPage],
    made: Mapping[str, Page],
    accounts: Mapping[str, Account],
    place: Place,
    time_zone: str,
) -> None:
    """Store them as if they had been said on their days."""
    for page in pages:
        for said in page.later.get("thanks", ()):
            account = accounts.get(said["by"])
            session.add(
                Thanks(
                    page_id=made[page.id].id,
                    account_id=account.id if account else None,
                    by_id=made[said["by"]].id,
                    by_name=made[said["by"]].title,
                    org_id=made[said["org"]].id,
                    to_id=made[said["to"]].id if "to" in said else None,
                    reason=said["why"],
                    time=moment(said["on"], SAID, place.day0, time_zone),
                )
            )
    session.flush()
