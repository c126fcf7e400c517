"""What an entry of the event log says, in the words of its reader. A verb without words is shown as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from wiki.admin.event_names import Names
from wiki.i18n import N_
from wiki.i18n import gettext as _
from wiki.models import Event
from wiki.spaces.words import ROLE_NAMES

#: What happened, by verb. Who reads the log sees beside it who, when and where.
WORDS: Final[Mapping[str, str]] = {
    # pages
    "page.created": N_("Page begun"),
    "page.saved": N_("Page changed"),
    "page.state": N_("State changed"),
    "page.confirmed": N_("Looked at: still right"),
    "page.renamed": N_("Page renamed"),
    "page.moved": N_("Page moved"),
    "page.kind": N_("Kind of page changed"),
    "page.archived": N_("Page archived"),
    "page.unarchived": N_("Page brought back from the archive"),
    "page.deleted": N_("Page deleted"),
    "page.undeleted": N_("Page brought back"),
    "page.joined": N_("Two pages made one"),
    "pages.imported": N_("Pages imported"),
    "file.attached": N_("File added"),
    "file.removed": N_("File removed"),
    # conversation
    "talk.begun": N_("Conversation begun"),
    "talk.answered": N_("Answered in a conversation"),
    "talk.edited": N_("Comment changed"),
    "talk.removed": N_("Comment removed"),
    "talk.resolved": N_("Conversation resolved"),
    "talk.reopened": N_("Conversation taken up again"),
    "suggestion.made": N_("Change suggested"),
    "suggestion.accepted": N_("Suggestion accepted"),
    "suggestion.declined": N_("Suggestion declined"),
    "suggestion.withdrawn": N_("Suggestion taken back"),
    "thanks.given": N_("Thanks said"),
    "thanks.taken_back": N_("Thanks taken back"),
    "reuse.asked": N_("Asked whether a practice may be used"),
    "reuse.answered": N_("Answered whether a practice may be used"),
    "letter.written": N_("Letter of a month prepared"),
    "letter.sent": N_("Letter of a month sent"),
    # questions
    "question.asked": N_("Question asked"),
    "question.answered": N_("Question answered"),
    "question.answer_changed": N_("Answer changed"),
    "question.settled": N_("Answer accepted"),
    "question.opened": N_("Question shown to more people"),
    "question.reopened": N_("Question taken up again"),
    "question.withdrawn": N_("Question taken back"),
    "question.carried": N_("Question passed on"),
    "question.stayed": N_("Question kept inside"),
    "question.spared": N_("Question answered by what was known"),
    "question.suggested": N_("Answer suggested for a page"),
    "question.written": N_("Answer written into a page"),
    # events, reading, paths, handing over
    "event.signed_up": N_("Signed up for an event"),
    "event.left": N_("Signed off from an event"),
    "event.moved_up": N_("Moved up from a waiting list"),
    "event.written_down": N_("Put on the list of an event"),
    "event.came": N_("Said who came to an event"),
    "event.told": N_("People of an event told"),
    "reading.asked": N_("Asked to read a page"),
    "reading.again": N_("Asked to read a page again"),
    "reading.members": N_("New members asked to read a page"),
    "reading.reminded": N_("Reminded to read a page"),
    "reading.complete": N_("All have read a page"),
    "reading.withdrawn": N_("No longer asked to read a page"),
    "receipt.noted": N_("Read and confirmed"),
    "path.begun": N_("Reading path begun"),
    "path.begun_again": N_("Reading path begun again"),
    "path.changed": N_("Reading path of somebody changed"),
    "path.done": N_("Step of a reading path done"),
    "path.taken_back": N_("Step of a reading path taken back"),
    "path.finished": N_("Reading path finished"),
    "path.ended": N_("Reading path left"),
    "path.late": N_("Day of a reading path passed"),
    "handover.prepared": N_("Handover prepared"),
    # people and spaces
    "member.set": N_("Role given"),
    "member.removed": N_("Role taken"),
    "space.created": N_("Space begun"),
    "space.changed": N_("Settings of a space changed"),
    "account.added": N_("Account made"),
    "account.changed": N_("Account changed"),
    "account.email": N_("Address of an account changed"),
    "account.password": N_("Password changed"),
    "account.invited": N_("Invitation sent"),
    "account.closed": N_("Account closed"),
    "account.reopened": N_("Account opened again"),
    "account.loose_ends": N_("Account closed with loose ends"),
    "admin.granted": N_("Made an administrator"),
    "admin.withdrawn": N_("No longer an administrator"),
    "login.started": N_("Signed in"),
    "login.ended": N_("Signed out"),
    "token.made": N_("API token made"),
    "token.ended": N_("API token ended"),
    "feeds.made": N_("Feed addresses made"),
    "feeds.ended": N_("Feed addresses ended"),
    # templates and the site
    "template.found": N_("Page templates found in the folder"),
    "template.proposed": N_("Change of a page template proposed"),
    "template.accepted": N_("Change of a page template accepted"),
    "template.declined": N_("Change of a page template declined"),
    "template.withdrawn": N_("Proposal for a page template taken back"),
    "template.commented": N_("Commented on a proposal for a page template"),
    "template.uncommented": N_("Comment on a proposal removed"),
    "template.published": N_("Page template changed"),
    "index.made": N_("Index made anew"),
    "demo.loaded": N_("Demo loaded"),
    "demo.removed": N_("Demo removed"),
}
#: What stands beside it, in this order; what only programs know by name stays as it is stored.
DETAILS: Final[Mapping[str, str]] = {
    "account": N_("Account"),
    "accounts": N_("Accounts"),
    "title": N_("Title"),
    "name": N_("Name"),
    "person": N_("Person"),
    "admin": N_("Administrator"),
    "was": N_("Before"),
    "came_from": N_("Before"),
    "to": N_("Now"),
    "role": N_("Role"),
    "org": N_("Organisation"),
    "other": N_("The other page"),
    "by": N_("By whom"),
    "note": N_("Note"),
    "reason": N_("Reason"),
    "why": N_("Reason"),
    "language": N_("Language"),
    "pages": N_("Pages"),
    "people": N_("People"),
    "month": N_("Month"),
    "version": N_("Version"),
    "due": N_("By"),
    "size": N_("Bytes"),
    "digest": N_("Fingerprint"),
    "key": N_("Page template"),
    "keys": N_("Page templates"),
    "pieces": N_("Pieces"),
    "question": N_("Question"),
    "thread": N_("Conversation"),
    "comment": N_("Comment"),
    "proposal": N_("Proposal"),
    "suggestion": N_("Suggestion"),
    "number": N_("Revision"),
    "step": N_("Step"),
    "enrolment": N_("Walk of the path"),
    "some": N_("Only a part"),
    "things": N_("Things left"),
    "status": N_("State"),
    "count": N_("How many"),
    "read": N_("Read by"),
    "weight": N_("Weight"),
    "part": N_("Part"),
    "next": N_("Next look"),
    "allowed": N_("Allowed"),
    "asked": N_("Request"),
    "request": N_("Request"),
    "receipt": N_("Receipt"),
    "signup": N_("Sign-up"),
    "thanks": N_("Thanks"),
    "letter": N_("Letter"),
    "slug": N_("Address"),
    "attached": N_("Files"),
    "outcomes": N_("What came out"),
}
#: So much of a fingerprint tells two files apart.
_FINGERPRINT: Final = 12
#: The same key says something else in some entries.
_SAID_OF: Final[Mapping[tuple[str, str], str]] = {("thanks.given", "to"): N_("To whom")}


@dataclass(frozen=True)
class Detail:
    """What stands beside an entry: `values` are texts, numbers, and what they are the numbers of."""

    label: str
    values: tuple[Any, ...]

    def __str__(self) -> str:
        """In one text, names with their numbers behind them, as in a file."""
        return f"{self.label}: {', '.join(map(str, self.values))}"


def words_of(verb: str) -> str:
    return _(WORDS[verb]) if verb in WORDS else verb


def details_of(event: Event, names: Names) -> list[Detail]:
    """Those with words first. What is empty is left out, and so is what is for the program alone."""
    told = [key for key, one in event.detail.items() if one not in (None, "", []) and key != "told"]
    known = [Detail(_label(event.verb, key), _values(event, key, names)) for key in DETAILS if key in told]
    return known + [Detail(key, _values(event, key, names)) for key in told if key not in DETAILS]


def _label(verb: str, key: str) -> str:
    return _(_SAID_OF.get((verb, key), DETAILS[key]))


def _values(event: Event, key: str, names: Names) -> tuple[Any, ...]:
    return tuple(_worded(key, one) for one in names.of(event, key))


def _worded(key: str, value: Any) -> Any:
    if key == "role" and value in ROLE_NAMES:
        return _(ROLE_NAMES[value])
    if key == "digest":
        return str(value)[:_FINGERPRINT]
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value
