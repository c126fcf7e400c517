"""What somebody typed and did not save is shown before they go on."""

from werkzeug.datastructures import MultiDict

from wiki.models import Draft
from wiki.pages.editing import Editing
from wiki.web.state import catalogue, session, viewer
from wiki.web.templating import render
from wiki.writing import drafts, presence


def offer_unsaved(editing: Editing, form: MultiDict[str, str], draft: Draft | None = None) -> str:
    """It stands beside what it began from: bring it back, or throw it away."""
    assert editing.page is not None
    return render(
        "pages/unsaved.html",
        editing=editing,
        kind=editing.kind,
        draft=draft,
        comparison=drafts.changes(session(), catalogue(), viewer(), editing, form),
        newer=presence.newer(session(), viewer(), editing.page, editing.base),
        typed=[(key, text) for key in form if key not in ("csrf_token", "do") for text in form.getlist(key)],
    )
