"""The list of questions: which of them somebody asks to see, and those that they may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.models import Question, QuestionAsked, Space
from wiki.questions.seeing import Seen, questions_of, seen_of
from wiki.questions.words import stems_of
from wiki.search.language import words

ON_A_PAGE, MOST = 30, 5_000
STATES = ("open", "answered", "withdrawn")
WHOSE = ("mine", "for-me", "organisation", "partners")


@dataclass(frozen=True)
class Asked:
    """What the query string says; what means nothing is left out."""

    show: str = ""
    whose: str = ""
    space: str = ""
    theme: str = ""
    q: str = ""
    page: int = 1

    def pairs(self, *, paged: bool = True) -> list[tuple[str, str]]:
        named = [
            ("show", self.show),
            ("whose", self.whose),
            ("space", self.space),
            ("theme", self.theme),
            ("q", self.q),
        ]
        found = [(name, value) for name, value in named if value]
        return [*found, ("page", str(self.page))] if paged and self.page > 1 else found

    def address(self, path: str = "/questions", **changed: str | int) -> str:
        """The same list with something else; any change but that of the page goes back to the first."""
        fresh: dict[str, str | int] = {"page": 1, **changed}
        other = replace(self, **fresh)  # type: ignore[arg-type]
        query = urlencode(other.pairs(paged=path == "/questions"))
        return f"{path}?{query}" if query else path


def read(given: Mapping[str, str]) -> Asked:
    number = given.get("page", "1")
    return Asked(
        show=given.get("show", "") if given.get("show") in STATES else "",
        whose=given.get("whose", "") if given.get("whose") in WHOSE else "",
        space=given.get("space", "")[:80],
        theme=given.get("theme", "")[:100],
        q=given.get("q", "").strip()[:200],
        page=max(1, int(number)) if number.isascii() and number.isdecimal() and len(number) < 7 else 1,
    )


@dataclass(frozen=True)
class Listed:
    """The questions of a screen, how many there are, and the themes and spaces of all that the reader may know of."""

    questions: list[Seen]
    total: int
    themes: list[str] = field(default_factory=list)
    spaces: dict[str, str] = field(default_factory=dict)

    @property
    def themes_named(self) -> dict[str, str]:
        return {one: one for one in self.themes}

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))


def listed(session: Session, viewer: Viewer, asked: Asked) -> Listed:
    """One screen of the list, changed last first, in three statements."""
    where = _conditions(viewer, asked)
    query = questions_of(viewer, func.count().over().label("total")).where(*where)
    ordered = query.order_by(Question.changed_at.desc(), Question.id.desc())
    rows = session.execute(ordered.limit(ON_A_PAGE).offset((asked.page - 1) * ON_A_PAGE)).all()
    total = rows[0].total if rows else 0
    known = questions_of(viewer).with_only_columns(Question.theme, Space.slug, Space.name).distinct()
    choices = session.execute(known).all()
    themes = sorted({row[0] for row in choices if row[0]})
    return Listed([seen_of(row) for row in rows], total, themes, {row[1]: row[2] for row in choices})


def everything(session: Session, viewer: Viewer, asked: Asked, limit: int = MOST) -> list[Seen]:
    """All of the list, for files."""
    query = questions_of(viewer).where(*_conditions(viewer, asked))
    ordered = query.order_by(Question.changed_at.desc(), Question.id.desc()).limit(limit)
    return [seen_of(row) for row in session.execute(ordered)]


def of_page(session: Session, viewer: Viewer, page_id: int, limit: int = 100) -> list[Seen]:
    """The questions about a page, and those whose answer stands in it: open ones first."""
    about = or_(Question.page_id == page_id, Question.written_id == page_id)
    query = questions_of(viewer).where(about, Question.state != "withdrawn")
    ordered = query.order_by(Question.state.desc(), Question.changed_at.desc(), Question.id.desc()).limit(limit)
    return [seen_of(row) for row in session.execute(ordered)]


def _conditions(viewer: Viewer, asked: Asked) -> Sequence[ColumnElement[bool]]:
    where = [Question.state == asked.show if asked.show else Question.state != "withdrawn"]
    if asked.whose:
        where.append(_whose(viewer, asked.whose))
    if asked.space:
        where.append(Space.slug == asked.space)
    if asked.theme:
        where.append(Question.theme == asked.theme)
    where += [_having(word) for word in words(asked.q)[:8]]
    return where


def _whose(viewer: Viewer, whose: str) -> ColumnElement[bool]:
    if whose == "mine":
        return Question.asker_id == viewer.account_id
    if whose == "for-me":
        return exists().where(QuestionAsked.question_id == Question.id, QuestionAsked.account_id == viewer.account_id)
    if whose == "partners":
        return Question.partner_at.is_not(None)
    acting = sorted({one.org_id for one in viewer.memberships if one.org_id is not None})
    return Question.org_id.in_(acting)


def _having(word: str) -> ColumnElement[bool]:
    """A word stands in the question: by its stem, or as it is typed."""
    typed = Question.text.icontains(word, autoescape=True)
    stems = stems_of(word, "en")
    return or_(typed, *(Question.stems.contains(f" {stem} ", autoescape=True) for stem in sorted(stems)))


def whose_labels() -> dict[str, str]:
    return {
        "": _("All"),
        "mine": _("I asked"),
        "for-me": _("Asked of me"),
        "organisation": _("My organisation"),
        "partners": _("Went to a partner"),
    }


def state_labels() -> dict[str, str]:
    return {"": _("Open and answered"), "open": _("Open"), "answered": _("Answered"), "withdrawn": _("Taken back")}


def spaces_of(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Spaces in which the viewer can ask: those with a role of their own or of everybody."""
    own = {member.space_id for member in viewer.memberships}
    found = select(Space.slug, Space.name).where(or_(Space.id.in_(own), Space.default_role != "none"))
    return [(row[0], row[1]) for row in session.execute(found.order_by(Space.name))]
