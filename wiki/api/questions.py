"""`/api/v1/questions`: list, read, ask inside first, answer."""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import page_for
from wiki.api.blueprint import MOST, address, api, caller, number, sent
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.questions import actions, listing
from wiki.questions.actions import Asking
from wiki.questions.insiders import insiders
from wiki.questions.partners import default_partner, partners
from wiki.questions.seeing import Seen, question_for
from wiki.questions.showing import Shown, show
from wiki.questions.subject import about_page, about_space
from wiki.text import tidy
from wiki.web.state import catalogue, session, settings

NEW = {"space": str, "slug": str, "text": str, "more": str, "theme": str, "close": str, "carry": str}
ANSWER = {"text": str}
YES_NO = ("yes", "no")


@api.get("/questions")
def list_questions() -> ResponseReturnValue:
    """Questions that the caller may know of, changed last first; `show`, `whose`, `space`, `theme`, `q`, `limit`."""
    who = caller()
    found = listing.everything(session(), who, listing.read(request.args), number("limit", 50, MOST))
    return jsonify(questions=[_as_json(one) for one in show(session(), who, found)])


@api.get("/questions/<int:question_id>")
def read_question(question_id: int) -> ResponseReturnValue:
    """One question with its answers."""
    return jsonify(_one(question_for(session(), caller(), question_id)))


@api.post("/questions")
def ask_question() -> ResponseReturnValue:
    """Put a question to those who are asked first; with `carry` "yes" it goes to the partner if nobody inside answers. 201 with the question."""
    who, body = caller(), sent(NEW)
    problems = [
        Problem(key, _("“%(key)s” is yes or no.", key=key))
        for key in ("close", "carry")
        if body.get(key, "no") not in YES_NO
    ]
    if "space" not in body:
        problems.append(Problem("space", _("Say in which space you ask: “space”.")))
    if problems:
        raise Invalid(problems)
    text, more = actions.read_text(body.get("text", ""), body.get("more", ""))
    space = tidy(body["space"])
    if body.get("slug"):
        about = about_page(session(), who, page_for(session(), who, space, tidy(body["slug"]), "view").page.id)
    else:
        about = about_space(session(), who, space)
    subject = about.asking(text, tidy(body.get("theme", ""))[:100]).subject
    today = clock.today(settings().time_zone)
    offered = partners(session(), who, about.space.id, subject.org_id, subject.page, today)
    partner = default_partner(session(), offered, subject.page, about.space.id) if body.get("carry") == "yes" else None
    asking = Asking(text, more, close=body.get("close") == "yes")
    people = insiders(session(), catalogue(), who, subject)
    made = actions.ask(session(), settings(), who, subject, asking, people, partner)
    where = {"Location": f"{settings().base_url}/questions/{made.id}"}
    return jsonify(_one(question_for(session(), who, made.id))), 201, where


@api.post("/questions/<int:question_id>/answers")
def answer_question(question_id: int) -> ResponseReturnValue:
    """An answer in Markdown. 201 with the question."""
    who = caller()
    seen = question_for(session(), who, question_id)
    actions.answer(session(), who, seen, sent(ANSWER).get("text", ""))
    return jsonify(_one(seen)), 201


def _one(seen: Seen) -> dict[str, Any]:
    return _as_json(show(session(), caller(), [seen])[0])


def _as_json(shown: Shown) -> dict[str, Any]:
    question, seen = shown.seen.question, shown.seen
    return {
        "id": question.id,
        "text": question.text,
        "more": question.more,
        "space": seen.space,
        "page": address(seen.page_space, seen.slug) if seen.slug else None,
        "theme": question.theme,
        "asked_by": question.asker_name,
        "asked_at": question.asked_at.isoformat(),
        "status": shown.status.key,
        "asked_of": [one.name for one in shown.asked],
        "goes_at": question.goes_at.isoformat() if question.goes_at else None,
        "partner_since": question.partner_at.isoformat() if question.partner_at else None,
        "answers": [
            {
                "id": one.id,
                "by": one.author_name,
                "text": one.text,
                "written_at": one.written_at.isoformat(),
                "settles": one.id == question.answer_id,
                "partner": one.outside,
            }
            for one in shown.answers
        ],
        "url": f"{settings().base_url}{seen.url}",
    }
