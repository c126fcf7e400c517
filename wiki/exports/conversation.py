"""What is said about a page as Markdown, in a file of its own: a page's own file is the page and nothing else, so that it can be brought in again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import yaml

from wiki.conversation.reading import Talk, ThreadShown
from wiki.i18n import gettext as _
from wiki.i18n import quoted
from wiki.models import Comment, Suggestion

#: Names the page in the front matter: a file with it is no page (wiki.imports leaves it out).
OF = "conversation_of"


def talk_markdown(talk: Talk, suggestions: Sequence[Suggestion], base_url: str) -> str:
    """The threads that one reader may follow, open ones first, and the suggestions that wait."""
    title = _("Conversation about “%(title)s”", title=talk.content.title)
    front = yaml.safe_dump({"title": title, OF: f"{base_url}{talk.url}"}, allow_unicode=True, width=10_000)
    parts = [f"---\n{front}---", f"# {title}"]
    for one in (*talk.open, *talk.resolved):
        parts += _thread(one)
    waiting = [one for one in suggestions if one.state == "open"]
    if waiting:
        lines = [_suggestion(one, f"{base_url}{talk.url}") for one in waiting]
        parts += ["## " + _("Suggested changes"), "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _thread(one: ThreadShown) -> Iterable[str]:
    thread = one.thread
    about = quoted(thread.quote) if thread.quote else one.label or _("The page")
    yield f"## {about}"
    if one.gone:
        yield "*" + _("The passage is gone.") + "*"
    if thread.resolved_at is not None:
        said = _("Resolved by %(name)s, %(date)s", name=thread.resolved_by, date=_moment(thread.resolved_at))
        yield f"**{said}**: {thread.outcome}"
    for shown in one.comments:
        yield _comment(shown.comment)


def _comment(comment: Comment) -> str:
    head = f"**{comment.author_name}**, {_moment(comment.written_at)}"
    if comment.removed_at is not None:
        return f"{head}: *" + _("removed by %(name)s", name=comment.removed_by) + "*"
    said = "\n".join(f"> {line}".rstrip() for line in comment.text.splitlines())
    return f"{head}:\n\n{said}"


def _suggestion(one: Suggestion, url: str) -> str:
    said = one.note or _("A suggestion of %(name)s", name=one.author_name)
    return f"- [{said}]({url}/suggestions/{one.id}), {one.author_name}, {_moment(one.made_at)}"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
