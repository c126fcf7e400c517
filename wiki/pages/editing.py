"""One form on its way: which page or new page it is for, what it shows and what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Found, SpaceInfo, Viewer
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Field, Kind
from wiki.kinds.carrying import carried
from wiki.kinds.redact import keep_hidden, redact
from wiki.kinds.types.base import Form
from wiki.models import Page
from wiki.pages import actions, forms
from wiki.pages.display import mentioned
from wiki.pages.referring import Kept
from wiki.pages.storing import content_of, current_revision
from wiki.pages.typed import STUBS, TypedNames, TypedPages
from wiki.text import tidy, url_part

#: Envelope fields that a new page takes over from the page it starts from.
CARRIED_OVER = ("partnership", "contributing_orgs", "themes", "access", "access_orgs", "steward_org", "handling_notice")

#: Names that may get a page with one save.
MOST_STUBS = 30


class Unreadable(Invalid):
    """What a form holds cannot be read; `nameless` are people and organisations named in it that have no page yet."""

    def __init__(self, problems: list[Problem], readable: Any, nameless: list[tuple[str, str]]) -> None:
        super().__init__(problems, readable)
        self.nameless = nameless


def wished_stubs(form: Form) -> list[tuple[str, str]]:
    """("person", "Ann Lee") for everybody whose page is to be made with this save: the form's `stub`, "person:Ann Lee"."""
    pairs = [text.partition(":") for text in form.getlist("stub")[:MOST_STUBS]]
    return [(kind, tidy(name)) for kind, _colon, name in pairs if kind in STUBS and tidy(name)]


def stubs_in(values: Mapping[str, Any]) -> list[str]:
    """Those whose page is to be made with the save, as the form names them: "person:Ann Lee"."""
    given = values.get("stub", [])
    return [given] if isinstance(given, str) else list(given)


@dataclass(frozen=True)
class Editing:
    """`page` is None for a new page; `base` is the revision the form began from; `place` names its draft."""

    space: SpaceInfo
    kind: Kind
    place: str
    page: Page | None = None
    base: int = 0

    @classmethod
    def new(cls, space: SpaceInfo, kind: Kind, place: str) -> "Editing":
        return cls(space, kind, place)

    @classmethod
    def of(cls, catalogue: Catalogue, found: Found) -> "Editing":
        page = found.page
        return cls(found.space, catalogue[page.kind], f"page:{page.id}", page, page.number)

    def from_base(self, number: int) -> "Editing":
        return replace(self, base=number)

    @property
    def url(self) -> str:
        last = f"{url_part(self.page.slug)}/edit" if self.page else "new"
        return f"/{url_part(self.space.slug)}/{last}"

    @property
    def back(self) -> str:
        return f"/{url_part(self.space.slug)}" + (f"/{url_part(self.page.slug)}" if self.page else "")

    @property
    def attach_url(self) -> str:
        return f"{self.back}/files" if self.page else ""

    def read(self, session: Session, catalogue: Catalogue, viewer: Viewer, form: Form) -> Content:
        """What the form holds, with the values that this viewer was not shown put back. Raises Invalid."""
        before = self._content(session) if self.page else Content(title="")
        kept = Kept.of(self.kind, before)

        def make(kind: str, name: str) -> int:
            return self._stub(session, catalogue, viewer, kind, name)

        may_make = make if self.space.may("create") else None
        names = TypedPages(session, viewer, self.space.slug, kept, wished_stubs(form), may_make)
        try:
            content = forms.read_form(catalogue, self.kind, form, names, before)
        except Invalid as refused:
            said = " ".join(problem.message for problem in refused.problems)
            nameless = [one for one in names.nameless if one[1] in said] if may_make else []
            raise Unreadable(refused.problems, refused.readable, nameless) from refused
        content = forms.keep_unknown(before, content, self.kind)
        return keep_hidden(self.kind, before, content, viewer.person_id, self.page.state if self.page else "")

    def _stub(self, session: Session, catalogue: Catalogue, viewer: Viewer, kind: str, name: str) -> int:
        """A page in this space that holds a name and nothing else, so that somebody without a page can be named."""
        if self.page is not None:  # as every save does, so that two savers never wait for each other
            actions.hold(session, catalogue, self.page)
        fields = {"name": name} if catalogue[kind].field("name") is not None else {}
        content = Content(title=name, fields=fields)
        note = _("Made where the name was written first")
        return actions.create_page(session, catalogue, viewer, self.space, catalogue[kind], content, note=note).id

    def visible_content(self, session: Session, catalogue: Catalogue, viewer: Viewer) -> Content:
        """The page's content as far as this viewer may see its fields."""
        assert self.page is not None
        return redact(self.kind, self._content(session), viewer.person_id, self.page.state)

    def _content(self, session: Session) -> Content:
        """What stands on the page, under the names that its kind has for it now."""
        assert self.page is not None
        return carried(self.kind, content_of(current_revision(session, self.page)))

    def values(self, session: Session, catalogue: Catalogue, viewer: Viewer, content: Content) -> dict[str, Any]:
        """Input names and what stands in them."""
        names = TypedNames(session, viewer, *mentioned(self.kind, content))
        return {**forms.form_values(catalogue, self.kind, content, names), "title": content.title, "body": content.body}

    def choices(self, settings_lists: Mapping[str, list[str]]) -> dict[str, dict[str, Any]]:
        """Choices that come from a setting, by field key; for tables by column: the guiding questions of the kind."""
        found: dict[str, dict[str, Any]] = {}
        asked = {question.key: _(question.text) for question in self.kind.questions}
        for field in self.kind.every_field:
            if field.choices_from:
                found[field.key] = {one: _(one) for one in settings_lists.get(field.choices_from, [])}
            if field.rows == "answer" and asked:
                found[field.key] = {"question_key": asked}
        return found


def ticked(values: dict[str, Any], choices: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The values with words that the site's own lists offer as boxes moved from the free text into the boxes."""
    shown = dict(values)
    for key, options in choices.items():
        name, free = f"f.{key}", f"f.{key}.free"
        if not isinstance(shown.get(free), str):
            continue
        words = shown[free].splitlines()
        given = shown.get(name, [])
        chosen = [given] if isinstance(given, str) else list(given)
        shown[name] = [*chosen, *(word for word in words if word in options and word not in chosen)]
        shown[free] = "\n".join(word for word in words if word not in options)
    return shown


@dataclass(frozen=True)
class Source:
    """A page that a new one starts from."""

    kind: Kind
    page: Page
    content: Content


def starting_content(
    kind: Kind,
    title: str,
    source: "Source | None",
    *,
    copy: bool,
    viewer: Viewer,
    today: str,
) -> Content:
    """What a new page begins with: blank, a copy of a page, or made from one (a link back and shared values carried over)."""
    if source is not None and copy and source.kind.key == kind.key:
        return _copy(kind, source.content)
    content = Content(title=title, body=kind.body_skeleton, fields=_defaults(kind, viewer, today))
    if source is None:
        return content
    old = source.content
    for key in CARRIED_OVER:
        if key in old.fields:
            content.fields[key] = old.fields[key]
    if source.kind.key == "partnership":
        content.fields["partnership"] = source.page.id
    for field in kind.fields:
        same = source.kind.field(field.key)
        if same is not None and same.type == field.type and field.type != "rows" and field.key in old.fields:
            content.fields.setdefault(field.key, old.fields[field.key])
    for key, theirs in kind.carries.get(source.kind.key, {}).items():
        own = kind.field(key)
        if own is not None and theirs in old.fields:
            value = old.fields[theirs]
            content.fields.setdefault(key, [value] if own.type == "links" and isinstance(value, int) else value)
    link = kind.field(kind.starts_link) if kind.starts_link else None
    if link is not None and source.kind.key in kind.starts_from:
        content.fields[link.key] = source.page.id if link.type == "link" else [source.page.id]
    return content


def _copy(kind: Kind, old: Content) -> Content:
    """A copy begins its own life: no answers of others, no state of its rows, new row ids."""
    tied = {one.key for one in kind.twins} | ({kind.replaces.named_in} if kind.replaces else set())
    fields = {key: value for key, value in old.fields.items() if key not in {"owner", "review_due", "number", *tied}}
    for table in kind.tables:
        rows = fields.get(table.key)
        if rows is None:
            continue
        if table.rows in ("endorsement", "note_later"):
            del fields[table.key]
        else:
            fields[table.key] = [{**row, "id": ""} for row in rows]
            for row in fields[table.key]:
                row.pop(table.makes_link, None)
    return Content(title=_("Copy of %(title)s", title=old.title), body=old.body, fields=fields)


def _defaults(kind: Kind, viewer: Viewer, today: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in kind.every_field:
        if field.default_rows:
            fields[field.key] = [{"id": "", **row} for row in field.default_rows]
        value = _default(field, viewer, today)
        if value is not None:
            fields[field.key] = value
    return fields


def _default(field: Field, viewer: Viewer, today: str) -> Any:
    if field.default in ("", "none", None):
        return None
    if field.default == "today":
        return today
    if field.default == "creator":
        if viewer.person_id is None:
            return None
        return [viewer.person_id] if field.type == "people" else viewer.person_id
    return field.default
