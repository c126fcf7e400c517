"""A site with something at every address, and every address of it: for tests that walk all routes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import MetaData, select
from werkzeug.routing import Rule

from tests.cases import entered, ministry_page, send_files
from tests.conversation.talking import comment, suggest
from tests.events.gathering import event, guest, invited_path, own_path, sign_up
from tests.questions.asked import answer, ask
from tests.world import World
from wiki.finding.asking import Asked
from wiki.finding.kept import saving
from wiki.letters.months import month_of
from wiki.models import Account, Login, Outgoing, Page, Token
from wiki.notices.stop.addresses import token as stop_token
from wiki.notices.wishes import stored_wishes
from wiki.paths.actions import Terms, enrol
from wiki.paths.who import newcomer
from wiki.people import actions as people
from wiki.people import tickets

#: The doors of reading paths, below the page of one.
PATH_ROUTES = ("consider", "start", "choose_person", "enrol", "people", "show", "mark", "consider_change", "change")

#: Written by reading, and why: HTML that is kept, when a login or token was last used, tries that are counted.
WRITTEN_BY_READING = {"rendering": None, "login": "seen_at", "token": "used_at", "attempt": None}


def in_use(world: World) -> dict[str, Any]:
    """Fill the world; what stands for each part of an address: `{"space": "paper-coast", …}`."""
    rows = [{"id": "a1", "what": "Paint the boats"}]
    fields = {"actions": rows, "themes": ["youth"]}
    page = ministry_page(world, "meeting", "Tides", fields=fields, body="See [[Ebb]] and ![x](files/table.txt).")
    world.page("ada", "paper-coast", "article", "Ebb", body="See [[Tides]].")
    client = entered(world, "ada")
    send_files(client, "/paper-coast/tides/files", [("table.txt", b"High at noon")])
    with world.writing() as session:
        ada = session.get_one(Account, world.account("ada").id)
        people.make_token(session, ada, "a test")
        invitation, _ends = tickets.make(session, session.get_one(Account, world.account("dan").id), tickets.INVITATION)
        reset, _ends = tickets.make(session, ada, tickets.RESET)
        mail = Outgoing(
            recipient="x@example.org",
            subject="s",
            text="t",
            message_id="<1@example.org>",
            created_at=datetime.now(UTC),
            try_after=datetime.now(UTC) + timedelta(days=1),
            problem="away",
        )
        session.add(mail)
        session.flush()
        login = session.scalars(select(Login).where(Login.account_id == ada.id)).first()
        token = session.scalars(select(Token)).first()
        stop_key = stored_wishes(session, ada.id).stop_key
        search = saving.save(session, world.viewer("ada"), "Boats", Asked("boats"), by_mail=True)
    assert login is not None and token is not None
    question = ask(world, "ada", "Who paints the boats?", page)
    comment(world, "ada", page, "And when?")
    suggestion = suggest(world, "ada", page, "See [[Ebb]].").id
    path, enrolment = on_a_path(world, page.id)
    return {
        "space": "paper-coast",
        "page": "tides",
        "slug": "tides",
        "month": month_of(datetime.now(UTC).date()).before.key,
        "name": "table.txt",
        "number": 1,
        "revision": 1,
        "suggestion": suggestion,
        "a": 1,
        "b": 1,
        "kind": "meeting",
        "key": "actions",
        "act": "done",
        "account_id": ada.id,
        "login_id": login.id,
        "token_id": token.id,
        "mail_id": mail.id,
        "search_id": search.id,
        "question_id": question,
        "answer_id": answer(world, "ada", question, "Everybody."),
        "path": "nothing",
        "row": "s1",
        "enrolment_id": enrolment,
        "handover_id": world.page("ada", "paper-coast", "handover", "Ada hands over", {"person": ada.person_id}).id,
        **{f"paths.{name}": {"page": path, "number": enrolment} for name in PATH_ROUTES},
        "people.invitation": {"secret": invitation},
        "people.reset": {"secret": reset},
        "pages.permanent": {"number": page.id},
        **dict.fromkeys(("stopping.ask", "stopping.stop"), {"token": stop_token(world.settings, stop_key)}),
        "basics.static_files": {"name": "site.css"},
        **an_event(world),
    }


def an_event(world: World) -> dict[str, Any]:
    """An event that Ada holds and to which she and a guest come: what stands in the addresses of its doors."""
    page = event(world, title="Regatta", dates={"from": "2099-05-01", "until": "2099-05-01"})
    signup, come = sign_up(world, "ada", page), guest(world, page, "Gus Gill")
    mine = {"token": own_path(world, come).rpartition("/")[2]}
    invited = {"token": invited_path(world, page).rpartition("/")[2]}
    doors = [f"events.{one}" for one in ("sign_up_page", "sign_up", "entry", "feedback_page", "say_how_it_was")]
    doors += [
        f"hosting.{one}" for one in ("people", "people_file", "write_down", "invite", "who_came", "tick_who_came")
    ]
    doors += [f"dates.{one}" for one in ("look_at_day", "keep_day")]
    return {
        **dict.fromkeys(doors, {"page": page.slug}),
        "hosting.take_off": {"page": page.slug, "number": signup.id},
        **{f"guests.{one}": mine for one in ("mine", "change", "entry", "feedback_page", "say_how_it_was")},
        **dict.fromkeys(("guests.invited", "guests.come"), invited),
    }


def on_a_path(world: World, page: int) -> tuple[str, int]:
    """A reading path and Ada on it: the path's slug, and the number of her enrolment."""
    steps = [{"id": "s1", "kind": "read", "page": page}]
    path = world.page("ada", "paper-coast", "reading_path", "First days", {"steps": steps}, state="current")
    ada = world.viewer("ada")
    assert ada.person_id is not None
    terms = Terms(datetime.now(UTC).date())
    with world.writing() as session:
        person = newcomer(session, ada.person_id, path.space_id)
        return path.slug, enrol(session, ada, session.get_one(Page, path.id), person, terms).id


def rules(world: World, method: str) -> Iterator[Rule]:
    """The rules of the site that answer to a method, in the order of their addresses."""
    for rule in sorted(world.app.url_map.iter_rules(), key=lambda one: one.rule):
        if method in (rule.methods or ()):
            yield rule


def address(rule: Rule, parts: dict[str, Any]) -> str:
    """A real address of the rule."""
    values = {**parts, **parts.get(rule.endpoint, {})}
    built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
    assert built is not None, rule
    return str(built[1])


def dump(world: World) -> dict[str, list[str]]:
    """Every row of every table, without what reading may write."""
    tables = MetaData()
    tables.reflect(world.database.engine)
    found = {}
    with world.database.engine.connect() as connection:
        for table in tables.tables.values():
            if WRITTEN_BY_READING.get(table.name, "") is None:
                continue
            kept = [column for column in table.columns if column.name != WRITTEN_BY_READING.get(table.name)]
            found[table.name] = sorted(repr(tuple(row)) for row in connection.execute(select(*kept)))
    return found
