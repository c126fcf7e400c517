"""Letters as mails: announced when they are sent, put into words when the outbox sends them, with the rights of that moment."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from wiki import clock, i18n, mail_texts, outbox
from wiki.access import SpaceInfo, Viewer, visible_spaces
from wiki.config import Settings
from wiki.i18n import N_
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.letters import reading
from wiki.letters.announcing import announce, group_of
from wiki.letters.months import Month, read_month
from wiki.letters.reading import Reading
from wiki.mail_headers import of_list
from wiki.mail_texts import Letter
from wiki.models import Account, Notice, Outgoing, SpaceLetter
from wiki.notices.stop import addresses
from wiki.notices.times import mail_time
from wiki.notices.wishes import Wish, stored_wishes, wishes_of
from wiki.people import queries

MAKER = "letters"
REASON, TOPIC = "letter", "letters"
#: What the list of waiting mails says of them.
SUBJECT = N_("A letter of a space")


def tell_and_mail(
    session: Session, settings: Settings, space: SpaceInfo, month: Month, letter: SpaceLetter, to: Sequence[Account]
) -> None:
    """A notice for each, and a mail when they wish to have letters. The notice itself is not mailed."""
    ids, spoken = [one.id for one in to], {"language": settings.language, "zone": settings.time_zone}
    announce(session, space, month, letter, REASON, ids, **spoken)
    mine = (Notice.reason == REASON) & (Notice.folding == group_of(letter))
    session.execute(update(Notice).where(mine).values(mail_after=None, mailed_at=clock.now()))
    wishes = wishes_of(session, ids)
    for account in to:
        _mail(session, settings, letter, account, wishes[account.id])


def _mail(session: Session, settings: Settings, letter: SpaceLetter, account: Account, wish: Wish) -> None:
    """Nothing for who wants no letters; for others it waits for the time of their digests, and for the end of quiet hours."""
    when = mail_time(wish, wish.channel(TOPIC), clock.now(), settings.time_zone)
    if when is None:
        return
    stored_wishes(session, account.id)  # the key of the address that stops mails
    made_of = {"maker": MAKER, "account": account.id, "letter": letter.id}
    outbox.send_made(session, account.email, SUBJECT, made_of).try_after = when


def make(session: Session, settings: Settings, catalogue: Catalogue, message: Outgoing) -> Letter | None:
    """The letter for its reader as it stands when it is sent; None when there is nothing in it for them any more."""
    made_of = message.made_of or {}
    viewer = queries.viewer_for_account(session, made_of["account"])
    account = session.get(Account, made_of["account"])
    letter = session.get(SpaceLetter, made_of["letter"])
    if viewer is None or account is None or letter is None or letter.sent_at is None:
        return None
    space, month = _space(session, viewer, letter.space_id), read_month(letter.month)
    wish = wishes_of(session, [account.id])[account.id]
    if space is None or month is None or wish.channel(TOPIC) == "never":
        return None
    with i18n.use(account.language or settings.language, settings.time_zone):
        today = clock.today(settings.time_zone)
        span = reading.span_of(catalogue, viewer, space, month, letter, settings.time_zone, today)
        found = reading.read(session, space, span, month, letter, settings.base_url)
        key = stored_wishes(session, account.id).stop_key
        stop = addresses.address(settings, key, TOPIC)
        return _in_words(settings, account, space, found, stop) if found.sections else None


def _space(session: Session, viewer: Viewer, space_id: int) -> SpaceInfo | None:
    """The space, if the reader still takes part in it."""
    return next((one for one in visible_spaces(session, viewer) if one.id == space_id and one.roles), None)


def _in_words(settings: Settings, account: Account, space: SpaceInfo, found: Reading, stop: str) -> Letter:
    told = {
        "name": account.name,
        "subject": _("%(space)s: what %(month)s brought", space=space.name, month=found.month.label),
        "space": space,
        "letter": found,
        "href": f"{settings.base_url}{reading.address(space.slug, found.month)}",
        "stop": stop,
    }
    written = mail_texts.write(settings, "letter", i18n.language(), i18n.time_zone(), **told)
    return Letter(
        written.subject,
        written.text,
        mail_texts.in_html(settings, "letter", language=i18n.language(), **told),
        (of_list(settings, f"letters.{space.slug}"), *addresses.headers(stop)),
    )
