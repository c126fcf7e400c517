"""Changes to templates that people propose: talked about by everybody, accepted or declined by administrators."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.models import Account, TemplateComment, TemplateProposal, TemplateVersion
from wiki.notices.telling import tell
from wiki.packs import beginning
from wiki.packs.library import Library
from wiki.packs.publishing import Definition, differs, problems_of, publish
from wiki.packs.shelf import KIND
from wiki.text import normal, shorten, tidy

OPEN, ACCEPTED, DECLINED, WITHDRAWN = "open", "accepted", "declined", "withdrawn"
LONGEST_WORDS = 2000


def propose(
    session: Session, library: Library, viewer: Viewer, key: str, base: int, text: str, sections: str, why: str
) -> TemplateProposal:
    """Keep a change that somebody proposes; `base` 0 for a template that does not exist yet. Raises Invalid for one without a reason, without a change, or with mistakes."""
    _must_be_signed_in(viewer)
    sources = library.sources(session)
    if base and key not in sources.kinds:
        raise NotFound(_("There is no such template."))
    if not base and (wrong := beginning.problems(sources, key, None)):
        raise Invalid(wrong)
    why = _words("why", why, _("Say why: it is what the others talk about."))
    new = Definition(KIND, key, normal(text).strip() + "\n", normal(sections).strip())
    if not differs(sources, new):
        raise Invalid([Problem("text", _("This says what the template says already."))])
    if found := problems_of(library.shelf(session), [new]):
        raise Invalid([Problem("text", str(one)) for one in found])
    base_text, base_sections = sources.texts(key) if base else ("", "")
    made = TemplateProposal(
        kind=key,
        base=base,
        base_text=base_text,
        base_sections=base_sections,
        text=new.text,
        sections=new.sections,
        why=why,
        author_id=viewer.account_id,
        author_name=viewer.name,
        made_at=clock.now(),
    )
    session.add(made)
    session.flush()
    eventlog.record(session, viewer, "template.proposed", key=key, proposal=made.id)
    admins = session.scalars(select(Account.id).where(Account.is_admin, Account.active)).all()
    tell(
        session,
        admins,
        "template_proposed",
        by=viewer.account_id,
        link=address(made),
        words={"text": shorten(why, 160)},
    )
    return made


def address(proposal: TemplateProposal) -> str:
    return f"/templates/proposals/{proposal.id}"


def _must_be_signed_in(viewer: Viewer) -> None:
    if not viewer.signed_in:
        raise Forbidden(_("Sign in first."))


def _words(field: str, text: str, lacking: str) -> str:
    said = normal(text).strip()
    if not said:
        raise Invalid([Problem(field, lacking)])
    if len(said) > LONGEST_WORDS:
        raise Invalid([Problem(field, _("Keep it to %(most)s characters.", most=LONGEST_WORDS))])
    return said


def proposal(session: Session, number: int) -> TemplateProposal:
    found = session.get(TemplateProposal, number) if number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such proposal."))
    return found


def proposals(session: Session, key: str) -> list[TemplateProposal]:
    """Those about one template: the open ones first, the newest first."""
    wanted = select(TemplateProposal).where(TemplateProposal.kind == key)
    return list(session.scalars(wanted.order_by(TemplateProposal.state != OPEN, TemplateProposal.id.desc())))


def of_new_ones(session: Session) -> list[TemplateProposal]:
    """Templates that do not exist yet and wait for an answer, the newest first."""
    wanted = select(TemplateProposal).where(TemplateProposal.base == 0, TemplateProposal.state == OPEN)
    return list(session.scalars(wanted.order_by(TemplateProposal.id.desc())))


def open_counts(session: Session) -> dict[str, int]:
    """How many are open, by template."""
    counted = select(TemplateProposal.kind, func.count()).where(TemplateProposal.state == OPEN)
    return {row[0]: row[1] for row in session.execute(counted.group_by(TemplateProposal.kind))}


def comments(session: Session, one: TemplateProposal) -> list[TemplateComment]:
    wanted = select(TemplateComment).where(TemplateComment.proposal_id == one.id)
    return list(session.scalars(wanted.order_by(TemplateComment.id)))


def comment(session: Session, viewer: Viewer, one: TemplateProposal, text: str) -> TemplateComment:
    _must_be_signed_in(viewer)
    said = _words("text", text, _("Write something first."))
    made = TemplateComment(
        proposal_id=one.id, author_id=viewer.account_id, author_name=viewer.name, text=said, written_at=clock.now()
    )
    session.add(made)
    session.flush()
    eventlog.record(session, viewer, "template.commented", key=one.kind, proposal=one.id)
    told = {one.author_id, *(each.author_id for each in comments(session, one))} - {None}
    words = {"text": shorten(" ".join(said.split()), 160)}
    tell(
        session,
        [each for each in told if each],
        "template_comment",
        by=viewer.account_id,
        link=address(one),
        words=words,
    )
    return made


def remove_comment(session: Session, viewer: Viewer, one: TemplateProposal, number: int) -> None:
    """Take a comment's text away: its author may, and administrators. That there was one stays."""
    found = session.get(TemplateComment, number)
    if found is None or found.proposal_id != one.id:
        raise NotFound(_("There is no such comment."))
    if not viewer.admin and (viewer.account_id is None or found.author_id != viewer.account_id):
        raise Forbidden(_("Only who wrote a comment removes it, or an administrator."))
    found.text, found.removed_at, found.removed_by = "", clock.now(), viewer.name
    eventlog.record(session, viewer, "template.uncommented", key=one.kind, proposal=one.id)


def is_outdated(session: Session, library: Library, one: TemplateProposal) -> bool:
    """Whether the template has changed since, or is there by now: then accepting would undo what came meanwhile."""
    now = library.sources(session)
    if not one.base:
        return one.kind in now.kinds
    if one.kind not in now.kinds:
        return True
    return differs(now, Definition(KIND, one.kind, one.base_text, one.base_sections))


def accept(
    session: Session, library: Library, viewer: Viewer, one: TemplateProposal, answer: str
) -> Sequence[TemplateVersion]:
    """The proposed text becomes the newest version. Raises Invalid if the template has changed meanwhile."""
    _may_decide(viewer, one)
    eventlog.take_turn(session)
    if is_outdated(session, library, one):
        message = _("The template has changed since this was proposed. Take over what is still wanted by hand.")
        raise Invalid([Problem("answer", message)])
    note = _("Proposed by %(name)s: %(why)s", name=one.author_name, why=tidy(one.why))
    made = publish(session, library, viewer, [Definition(KIND, one.kind, one.text, one.sections)], note)
    one.accepted = next((each.version for each in made if each.key == one.kind), None)
    _close(session, viewer, one, ACCEPTED, answer)
    return made


def decline(session: Session, viewer: Viewer, one: TemplateProposal, answer: str) -> None:
    _may_decide(viewer, one)
    _close(
        session,
        viewer,
        one,
        DECLINED,
        _words("answer", answer, _("Say why, in a sentence: somebody has thought about it.")),
    )


def withdraw(session: Session, viewer: Viewer, one: TemplateProposal) -> None:
    if viewer.account_id is None or one.author_id != viewer.account_id:
        raise Forbidden(_("Only who proposed it withdraws it."))
    _must_be_open(one)
    _close(session, viewer, one, WITHDRAWN, "")


def _may_decide(viewer: Viewer, one: TemplateProposal) -> None:
    if not viewer.admin:
        raise Forbidden(_("Only administrators change page templates."))
    _must_be_open(one)


def _must_be_open(one: TemplateProposal) -> None:
    if one.state != OPEN:
        raise Invalid([Problem("answer", _("This has been answered already."))])


def _close(session: Session, viewer: Viewer, one: TemplateProposal, state: str, answer: str) -> None:
    one.state, one.answer = state, normal(answer).strip()[:LONGEST_WORDS]
    one.closed_at, one.closed_by = clock.now(), viewer.name
    eventlog.record(session, viewer, f"template.{state}", key=one.kind, proposal=one.id)
    if state != WITHDRAWN and one.author_id is not None:
        words = {"text": shorten(" ".join(one.why.split()), 160)}
        tell(session, [one.author_id], f"template_{state}", by=viewer.account_id, link=address(one), words=words)
