"""What an entry of the event log says, in the words of its reader. A verb without words is shown as it is stored."""

from collections.abc import Mapping
from typing import Any, Final

from wiki.i18n import N_
from wiki.i18n import gettext as _
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
#: What stands beside it, in this order; numbers that only programs know by name stay as they are stored.
DETAILS: Final[Mapping[str, str]] = {
    "title": N_("Title"),
    "name": N_("Name"),
    "was": N_("Before"),
    "to": N_("Now"),
    "role": N_("Role"),
    "note": N_("Note"),
    "reason": N_("Reason"),
    "language": N_("Language"),
    "pages": N_("Pages"),
    "people": N_("People"),
    "month": N_("Month"),
    "version": N_("Version"),
    "due": N_("By"),
    "size": N_("Bytes"),
    "pieces": N_("Pieces"),
}


def words_of(verb: str) -> str:
    return _(WORDS[verb]) if verb in WORDS else verb


def details_of(detail: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """(label, value), those with words first."""
    told = {key: value for key, value in detail.items() if key != "told"}  # that is for the program alone
    if told.get("role") in ROLE_NAMES:
        told["role"] = _(ROLE_NAMES[told["role"]])
    known = [(_(label), told[key]) for key, label in DETAILS.items() if key in told]
    return known + [(key, value) for key, value in told.items() if key not in DETAILS]
