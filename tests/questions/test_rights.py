"""Nobody learns of a question what they may not: on any surface, however the rights came and went."""

import random

from sqlalchemy import select, update

from tests.cases import entered, ministry_page, plainly_entered, send
from tests.client import Browser
from tests.moments import Moments
from tests.questions.asked import TUESDAY, answer, ask, council_page, does, settle, speaks
from tests.world import World
from wiki.models import Notice, Page, Question
from wiki.pages import queries
from wiki.questions import actions
from wiki.questions.carrying import carry
from wiki.questions.counting import counts_of
from wiki.questions.home import for_home
from wiki.questions.insiders import Subject
from wiki.questions.listing import Asked, everything, listed, of_page
from wiki.questions.similar import asked_before
from wiki.questions.topics import repeated
from wiki.quick_access import page_to_read

WHO = ("ada", "ben", "dan", "hal", "ivy", "zoe", "visitor")
SECRET = "Whisperwort"

#: Where a question could show: address -> whether a client can ask for it.
SURFACES: tuple[str, ...] = (
    "/questions", "/questions.csv", "/questions.atom", f"/questions?q={SECRET}", "/questions?whose=organisation", "/questions?theme=money",
    "/", "/paper-coast/shells", "/paper-coast/shells/questions", "/paper-coast/shells/questions as JSON", f"/search?q={SECRET}",
    "/paper-coast/changes", "/inbox",
)  # fmt: skip


def shows(world: World, who: str) -> set[str]:
    """The surfaces on which somebody reads the words of the question."""
    client, echoed = plainly_entered(world, who), (f"q={SECRET}", f'value="{SECRET}"')
    found = set()
    for url in SURFACES:
        path, as_json = url.removesuffix(" as JSON"), url.endswith(" as JSON")
        answered = client.get(path, headers={"Accept": "application/json"} if as_json else {})
        text = answered.text if answered.status_code == 200 else ""
        for one in echoed:
            text = text.replace(one, "")
        if f"{SECRET}?" in text or f"{SECRET} grow" in text:
            found.add(url)
    return found


def test_it_works(lone_world: World, moments: Moments) -> None:
    """Seen by the asker, those asked, their organisation and coordinators; by the partner when it has reached them."""
    moments.now = TUESDAY
    speaks(lone_world, "dan", "council")
    number = ask(lone_world, "ada", f"Where does {SECRET} grow?", council_page(lone_world), theme="money")
    answer(lone_world, "ada", number, "Nobody knows.")
    for who in ("dan", "zoe", "ivy", "visitor"):
        assert shows(lone_world, who) == set(), who
    for who in ("ada", "ben", "hal"):
        assert {"/questions", "/questions.csv", "/questions.atom", "/paper-coast/shells/questions"} <= shows(
            lone_world, who
        ), who
    assert "/" in shows(lone_world, "hal") and "/" not in shows(lone_world, "ben")
    assert "question about this page" not in entered(lone_world, "dan").get("/paper-coast/shells").text
    moments.pass_by(days=2)
    carry(lone_world.database, lone_world.settings)
    assert {"/questions", "/", "/paper-coast/shells/questions", "/paper-coast/shells/questions as JSON"} <= shows(
        lone_world, "dan"
    )
    assert "1 question about this page" in entered(lone_world, "dan").get("/paper-coast/shells").text


def test_if_the_page_is_closed_the_question_goes_with_it(lone_world: World) -> None:
    page = council_page(lone_world)
    numbers = [ask(lone_world, "ada", f"{SECRET}?", page, close=close) for close in (False, True)]
    with lone_world.writing() as session:
        session.execute(update(Page).where(Page.id == page.id).values(access="named_orgs"))
    for who in ("ada", "hal", "ben", "dan"):
        assert shows(lone_world, who) == set(), who
        client = entered(lone_world, who)
        assert [client.get(f"/questions/{one}").status_code for one in numbers] == [404, 404]
    with lone_world.reading() as session:
        assert session.scalars(select(Notice.words).where(Notice.reason == "question_asked")).all()
        assert not listed(session, lone_world.viewer("ada"), Asked()).questions


def test_who_leaves_the_organisation_reads_no_more(lone_world: World) -> None:
    page = ministry_page(lone_world)
    number = ask(lone_world, "ada", "When?", page)
    assert entered(lone_world, "ben").get(f"/questions/{number}").status_code == 200
    speaks(lone_world, "ben", "council")
    lone_world.do(lambda session: session.execute(update(Page).where(Page.id == page.id).values(access="members")))
    with lone_world.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE membership SET org_id = :org WHERE account_id = :who",
            {"org": lone_world.org("council"), "who": lone_world.account("ben").id},
        )
    assert entered(lone_world, "ben").get(f"/questions/{number}").status_code == 404


def random_questions(world: World, chance: random.Random) -> list[int]:
    """Questions of everybody, about pages of every access level and about none, in every state."""
    pages: list[Page | None] = [
        None,
        council_page(world, "Open to members"),
        ministry_page(world),
        world.page("founder", "paper-coast", "article", "For all", {"access": "public"}),
        world.page(
            "dan", "paper-coast", "article", "Theirs", {"access": "named_orgs", "access_orgs": [world.org("council")]}
        ),
    ]
    made = []
    for number in range(28):
        who, page = chance.choice(["ada", "ben", "dan", "hal"]), chance.choice(pages)
        if page is not None and page.title == "Theirs":
            who = "dan"
        if page is not None and page.title == "Tides":
            who = chance.choice(["ada", "ben"])
        one = ask(
            world,
            who,
            f"Question number{number} on shells?",
            page,
            close=chance.random() < 0.3,
            theme=chance.choice(["", "money"]),
        )
        made.append(one)
        if chance.random() < 0.3:
            settle(world, who, one, answer(world, who, one, f"Answer number{number}."))
        elif chance.random() < 0.2:
            does(world, who, one, actions.withdraw)
    return made


def allowed(world: World, who: str, question: Question, asked: set[int]) -> bool:
    """The rule in plain words, without SQL."""
    viewer = world.viewer(who)
    if question.page_id is not None:
        with world.reading() as session:
            page = session.get_one(Page, question.page_id)
        if page.access == "named_orgs":
            orgs = {"Theirs": world.org("council"), "Tides": world.org("ministry")}
            if orgs[page.title] not in viewer.orgs(page.space_id):
                return False
        elif page.access == "members" and not viewer.roles(page.space_id):
            return False
    elif not viewer.roles(question.space_id):
        return False
    if question.asker_id == viewer.account_id:
        return True
    if question.state == "withdrawn":
        return False
    inside = question.org_id in viewer.orgs(question.space_id) or "coordinator" in viewer.roles(question.space_id)
    return viewer.account_id in asked or (not question.close and inside)


def test_every_list_and_count_holds_what_the_rule_says(world: World, moments: Moments) -> None:
    moments.now = TUESDAY
    speaks(world, "dan", "council")
    numbers = random_questions(world, random.Random(5))
    moments.pass_by(days=2)
    carry(world.database, world.settings, limit=4)
    with world.reading() as session:
        questions = [session.get_one(Question, one) for one in numbers]
        rows = session.connection().exec_driver_sql("SELECT question_id, account_id FROM question_asked").all()
    asked = {one: {row[1] for row in rows if row[0] == one} for one in numbers}
    for who in ("ada", "ben", "dan", "hal", "zoe", "ivy"):
        may = {one.id for one in questions if allowed(world, who, one, asked[one.id])}
        with world.reading() as session:
            viewer = world.viewer(who)
            found = {one.question.id for one in everything(session, viewer, Asked())}
            taken_back = {one.question.id for one in everything(session, viewer, Asked(show="withdrawn"))}
            assert found | taken_back == may, who
            assert listed(session, viewer, Asked()).total == len(found)
            told = Subject(world.space("paper-coast").id, None, text="question shells")
            assert {one.seen.question.id for one in asked_before(session, viewer, told, limit=99, enough=0)} <= found
            home = for_home(session, viewer)
            assert {one.seen.question.id for one in (*home.to_answer, *home.mine)} <= found
            assert {
                one for topic in repeated(session, viewer, moments.now.date()) for one in topic.question_ids
            } <= found
            for page in session.scalars(
                select(Page).where(Page.id.in_({one.page_id for one in questions if one.page_id}))
            ):
                here = {one.question.id for one in of_page(session, viewer, page.id)}
                assert here == {one.id for one in questions if one.page_id == page.id and one.id in found}
                got = page_to_read(session, viewer, queries.READ, "paper-coast", page.slug, language="en")
                assert got is None or got[1].questions == len(here), (who, page.title)
    with world.reading() as session:
        persons = {who: world.viewer(who).person_id or 0 for who in ("ada", "ben", "dan", "hal", "zoe")}
        counts = counts_of(session, persons.values())
        for who, person in persons.items():
            own = [one for one in questions if one.asker_id == world.account(who).id]
            assert counts[person].partners == sum(one.partner_at is not None for one in own)
            assert counts[person].inside == sum(one.partner_at is None and one.state != "withdrawn" for one in own)


def test_a_feed_address_reads_with_the_rights_of_its_maker(lone_world: World) -> None:
    ask(lone_world, "ada", f"{SECRET}?", council_page(lone_world))
    client: Browser = entered(lone_world, "ada")
    send(client, "/questions/follow?whose=mine")
    address = client.read("/questions/follow?whose=mine").by_id("address").get("value", "")
    path = address.removeprefix("http://localhost")
    program = lone_world.app.test_client()
    assert SECRET in program.get(path).text
    assert program.get(path.replace("whose=mine", "whose=for-me")).status_code == 404
    assert program.get("/questions.atom").status_code == 401
    with lone_world.writing() as session:
        session.execute(update(Page).where(Page.slug == "shells").values(access="named_orgs"))
    assert SECRET not in program.get(path).text
