"""One contract for both engines: what is found, in what order, and how it is shown."""

import pytest

from tests.search.world import World
from wiki import i18n, search


def test_it_works(world: World) -> None:
    world.page("Thirty days for permit notices", "Partners asked for more time to answer.")
    world.page("Water tests", "Measured every month at the tidal beaches.")
    found = world.find("permit notice")
    assert found.total == 1
    assert [hit.title for hit in found.hits] == ["Thirty days for permit notices"]
    hit = found.hits[0]
    assert (hit.space, hit.slug, hit.kind, hit.state, hit.archived) == (
        "coast",
        "thirty-days-for-permit-notices",
        "article",
        "current",
        False,
    )
    assert (found.suggestion, found.notice) == (None, None)


@pytest.mark.parametrize("part", ["lead", "fields", "body"])
def test_every_part_is_found(world: World, part: str) -> None:
    world.page("Something", **{part: "a lighthouse keeper"})
    assert world.titles("lighthouses") == ["Something"]


def test_where_a_word_stands_decides_the_order(world: World) -> None:
    filler = "other words that fill the page so that all are about as long as each other"
    world.page("In the body", f"{filler} lighthouse")
    world.page("In a field", filler, fields="lighthouse")
    world.page("In the lead", filler, lead="lighthouse")
    world.page("Lighthouse", filler)
    for i in range(8):
        world.page(f"Other {i}", filler)
    titles = world.titles("lighthouse")
    assert titles[0] == "Lighthouse"
    assert titles[1] == "In the lead"
    assert set(titles[2:]) == {"In a field", "In the body"}


def test_words_side_by_side_come_before_words_far_apart(world: World) -> None:
    between = "about the harbour and everybody who comes to it in summer"
    world.page("One", f"Statement of work. {between}")
    world.page("Two", f"Statement. {between} of work")
    for i in range(4):
        world.page(f"Other {i}", between)
    assert world.titles("statement of work") == ["One", "Two"]
    assert world.titles("what is a statement of work")[0] == "One"
    world.index(world.pages["One"], f"Statement. {between} of work")
    world.index(world.pages["Two"], f"Statement of work. {between}")
    assert world.titles("statement of work") == ["Two", "One"]


def test_a_page_that_is_called_so_comes_before_one_that_often_says_it(world: World) -> None:
    world.page(
        "Placeholder Nation Council", "Everything about how it meets and whom to call.", lead="A nation of the coast"
    )
    world.page("Eva", "Council, council and the council.", lead="Records of the Council, for the Council")
    for i in range(8):
        world.page(f"Other {i}", "something else")
    assert world.titles("council") == ["Placeholder Nation Council", "Eva"]


def test_the_row_that_matched_is_named(world: World) -> None:
    world.page(
        "Action plan",
        "A plan of the partners.",
        rows=[("r1", "Test the water"), ("r2", "Send the draft letter to the wage fund")],
    )
    hit = world.find("wage fund letter").hits[0]
    assert (hit.row_id, hit.row_text) == ("r2", "Send the draft letter to the wage fund")
    assert [text for text, marked in hit.snippet if marked] == ["letter", "wage", "fund"]


def test_a_row_is_not_named_when_the_page_itself_says_it(world: World) -> None:
    world.page("Wage fund", "About the wage fund.", rows=[("r1", "Ask the wage fund")])
    assert world.find("wage fund").hits[0].row_id is None


def test_pages_with_all_words_come_before_those_with_most(world: World) -> None:
    world.page("Permit notice", "thirty days, and many other words about what may be done in so much time by everybody")
    world.page("Permit thirty thirty thirty permit", "thirty permit")
    world.page("Whales", "seen on thirty days")
    found = world.find("permit thirty days")
    assert [hit.title for hit in found.hits][0] == "Permit notice"
    assert (found.total, found.loosened) == (3, True)
    assert found.notice == "1 page has all of these words. Then come pages with some of them."


def test_all_words_are_needed_if_enough_pages_have_them_all(world: World) -> None:
    for i in range(5):
        world.page(f"Permit notice {i}", "thirty days")
    world.page("Permit", "thirty")
    found = world.find("permit thirty days")
    assert (found.total, found.loosened, found.notice) == (5, False, None)


def test_two_words_are_both_needed_if_any_page_has_both(world: World) -> None:
    world.page("Permit notice")
    world.page("Permit")
    assert world.titles("permit notice") == ["Permit notice"]


def test_most_words_when_no_page_has_all(world: World) -> None:
    world.page("Permit notices", "answered in thirty days")
    world.page("Permit fees", "paid in advance")
    world.page("Whales", "seen from the shore")
    found = world.find("permit thirty shore helicopter")
    assert found.hits[0].title == "Permit notices"
    assert found.notice == "No page has all of these words. Those with most of them come first."


def test_nothing_near_gives_nothing(world: World) -> None:
    world.page("Permit notices")
    found = world.find("zzzyx qqqw")
    assert (found.total, found.hits, found.suggestion) == (0, [], None)


def test_stop_words_never_swallow_a_question(world: World) -> None:
    world.page("Who is to answer", "the question of the year")
    world.page("Whales")
    assert world.titles("who is to") == ["Who is to answer"]
    assert world.titles("the whales") == ["Whales"]


def test_a_phrase_stands_together_and_in_one_part(world: World) -> None:
    world.page("Thirty days", "notice")
    world.page("Thirty", "days")
    world.page("Later", "days after thirty")
    assert world.titles('"thirty days"') == ["Thirty days"]
    assert world.titles('"days notice"') == []


def test_a_phrase_may_hold_stop_words(world: World) -> None:
    world.page("One", "the state of the art")
    world.page("Two", "art of the state")
    assert world.titles('"state of the art"') == ["One"]


def test_not(world: World) -> None:
    world.page("Water and fish")
    world.page("Water and boats")
    assert world.titles("water -fish") == ["Water and boats"]
    assert world.titles('water -"and boats"') == ["Water and fish"]
    assert world.titles("-fish kind:article") == ["Water and boats"]
    assert world.titles("-fish") == ["Water and boats"]
    assert world.find("water -fish -boats").total == 0


def test_or_and_brackets(world: World) -> None:
    world.page("Cash report")
    world.page("Kind report")
    world.page("Cash box")
    assert sorted(world.titles("(cash or kind) report")) == ["Cash report", "Kind report"]
    assert len(world.titles("cash or kind")) == 3
    assert world.titles("(cash -box) or boat") == ["Cash report"]


def test_beginnings_of_words(world: World) -> None:
    world.page("Organisation of work")
    world.page("Organic food")
    assert sorted(world.titles("organ*")) == ["Organic food", "Organisation of work"]
    assert world.titles("organisat*") == ["Organisation of work"]


def test_a_word_that_no_page_has_may_be_the_beginning_of_one(world: World) -> None:
    world.page("Who coordinates", "The coordinator of the council calls.")
    world.page("Council")
    world.page("Coordinates of boats", access="named_orgs")
    asked = world.find("coord council")
    assert [hit.title for hit in asked.hits] == ["Who coordinates"] and asked.suggestion is None
    assert world.titles("coord") == ["Who coordinates"], "not in what one may not open"
    assert world.titles("coordinatee") == ["Who coordinates"] and world.find("coordinatee").mended
    assert world.titles("co") == [], "too few letters say nothing"


def test_codes_are_found_whole_and_first(world: World) -> None:
    world.page("Meeting", "We spoke of D-0009 and of D-0009 again, and of 0009.")
    world.page("D-0009 Thirty working days")
    world.page("D-0010 Something else")
    assert world.titles("D-0009")[0] == "D-0009 Thirty working days"
    assert set(world.titles("d0009")) == {"Meeting", "D-0009 Thirty working days"}


def test_a_code_is_found_by_its_number_said_in_words(world: World) -> None:
    world.page("Meeting", "Decision on nine boats, or 9, in category d.")
    names = ("D-0009", "decision 0009")
    world.page("D-0009 Thirty working days", kind="decision", names=names)
    world.index(world.pages["D-0009 Thirty working days"], names=names, kind="Decision record")
    for asked in ("D 9", "decision 9", "Decision no. 9", "décision n° 0009", "decision #9", "what is decision 9"):
        assert world.titles(asked)[0] == "D-0009 Thirty working days", asked
    assert [page.title for page in world.complete("decision 9")] == ["D-0009 Thirty working days"]
    assert world.complete("decision") == world.complete("decision 90") == []
    with i18n.use("fr"):
        assert world.titles("c'est quoi la décision 9")[0] == "D-0009 Thirty working days"


def test_what_a_page_is_called_need_not_stand_in_its_text(world: World) -> None:
    world.page("Meeting", "Entscheidung, 9 Boote.")
    names = ("D-0009", "Entscheidung 9")
    world.page("D-0009 Thirty working days", kind="decision", state="replaced", over="replaced", names=names)
    asked = world.find("Entscheidung 9")
    assert [hit.title for hit in asked.hits] == ["D-0009 Thirty working days", "Meeting"]
    assert "exact" in asked.hits[0].reasons and not asked.loosened
    found = search.matches(world.session, world.ada, "Entscheidung 9")
    assert set(world.session.scalars(found)) == {hit.page_id for hit in asked.hits}
    assert world.titles("Entscheidung 9", kind="article") == ["Meeting"]


def test_a_word_with_a_hyphen_is_two_words_where_nothing_has_it(world: World) -> None:
    world.page("Protocol", "How the data of the partners are kept, and the sharing of them.")
    world.page("Agreement", "Something about honour.")
    found = world.find("data-sharing protocol")
    assert [hit.title for hit in found.hits] == ["Protocol"]
    assert found.notice is None and "some_words" not in found.hits[0].reasons
    assert world.titles("data-sharing zebra") == ["Protocol"], "most of the words are counted in parts too"
    world.page("Rules", "Data-sharing, by the protocol.")
    assert world.titles("data-sharing protocol") == ["Rules"], "what has it is the answer"
    assert world.titles("e-mail") == [], "parts that say nothing are not looked for"


def test_languages(world: World) -> None:
    world.page("Réunion", "Les bénévoles sont arrivées.", language="fr")
    world.page("Meeting", "The volunteers came.", language="en")
    assert world.titles("bénévole") == ["Réunion"]
    assert world.titles("benevoles") == ["Réunion"]
    assert world.titles("arrivées") == ["Réunion"]
    assert world.titles("arrivees") == ["Réunion"]
    assert world.titles("volunteering") == ["Meeting"]


def test_joined_scripts(world: World) -> None:
    world.page("会議の記録", "次の会議は東京で開かれます。", language="ja")
    world.page("ᐃᓄᒃᑎᑐᑦ", "ᓄᓇᕗᑦ", language="iu")
    assert world.titles("会議") == ["会議の記録"]
    assert world.titles("東京で開") == ["会議の記録"]
    assert world.titles("録") == ["会議の記録"]
    assert world.titles("議会") == []
    assert world.titles("ᓄᓇᕗᑦ") == ["ᐃᓄᒃᑎᑐᑦ"]


def test_filters_of_the_form(world: World) -> None:
    ada = world.page("Ada", kind="person", space="people")
    world.page("One notice", kind="decision", state="accepted", owner=ada)
    world.page("Two notice", kind="lesson", state="captured", space="other")
    assert world.titles("notice", kind="decision") == ["One notice"]
    assert sorted(world.titles("notice", kind=["decision", "lesson"])) == ["One notice", "Two notice"]
    assert world.titles("notice", state="captured") == ["Two notice"]
    assert world.titles("notice", space="other") == ["Two notice"]
    assert world.titles("notice", owner=ada.id) == ["One notice"]
    assert world.find("notice", space="nowhere").total == 0


def test_filters_in_the_question(world: World) -> None:
    ada = world.page("Ada Verdana", kind="person", space="people")
    world.page("One notice", kind="decision", state="in_force", owner=ada, days=0)
    world.page("Two notice", kind="lesson", state="captured", space="paper-coast", days=40)
    assert world.titles("notice kind:decision") == ["One notice"]
    assert world.titles("notice kind:Decision or kind:lesson") == ["Two notice", "One notice"]
    assert world.titles("notice -kind:decision") == ["Two notice"]
    assert world.titles('notice state:"in force"') == ["One notice"]
    assert world.titles('notice space:"Paper Coast"') == ["Two notice"]
    assert world.titles('notice by:"ada v"') == ["One notice"]
    assert world.titles("notice -by:ada") == ["Two notice"]
    assert world.titles("notice owner:nobody") == []
    assert world.titles("notice after:2026-04") == ["Two notice"]
    assert world.titles("notice before:2026-04-01") == ["One notice"]
    assert world.titles("notice after:2026-03 before:2026-04") == ["One notice"]


def test_filters_alone_list_what_changed_last_first(world: World) -> None:
    world.page("Old", kind="decision", days=0)
    world.page("New", kind="decision", days=5)
    assert world.titles("", kind="decision") == ["New", "Old"]
    assert world.titles("kind:decision") == ["New", "Old"]
    assert world.find("").total == 0


def test_what_is_put_away_comes_later_and_says_so(world: World) -> None:
    world.page("Notice old", archived=True)
    world.page("Notice new")
    assert [(hit.title, hit.archived) for hit in world.find("notice").hits] == [
        ("Notice new", False),
        ("Notice old", True),
    ]


def test_pages_of_results(world: World) -> None:
    for i in range(7):
        world.page(f"Notice {i}")
    first = world.find("notice", limit=3)
    second = world.find("notice", limit=3, offset=3)
    third = world.find("notice", limit=3, offset=6)
    past = world.find("notice", limit=3, offset=9)
    ids = [hit.page_id for page in (first, second, third) for hit in page.hits]
    assert len(set(ids)) == 7
    assert [page.total for page in (first, second, third, past)] == [7, 7, 7, 7]
    assert past.hits == []
    assert world.find("notice", limit=0).total == 7
    assert world.find("notice", limit=-1, offset=-5).total == 7


def test_limits_are_told(world: World) -> None:
    world.page("Notice")
    many = " ".join(f"word{i}" for i in range(33))
    assert "word32" in (world.find(many).notice or "")
    assert "400" in (world.find("notice " * 60).notice or "")


def test_never_more_than_two_hundred_and_each_page_once(world: World) -> None:
    space = world.space("coast")
    search.index_pages(
        world.session,
        ((world.bare_page(space, f"Notice {i}").id, search.Entry("en", f"Notice {i}")) for i in range(430)),
    )
    found = [world.find("notice", limit=1000, offset=offset) for offset in (0, 200, 400)]
    assert [(page.total, len(page.hits)) for page in found] == [(430, 200), (430, 200), (430, 30)]
    assert len({hit.page_id for page in found for hit in page.hits}) == 430
    across = world.find("notice", limit=20, offset=390)
    assert [hit.page_id for hit in across.hits] == [hit.page_id for page in found for hit in page.hits][390:410]


@pytest.mark.parametrize(
    "text",
    ['"', "a" * 5000, "((((", "* OR NOT", "'; DROP TABLE page; --", "NEAR(a b)", "title:x", "a\0b", "\\", "a:b & !c | <->",
     "^a", "{title}: x", "- -", "-(", "\ud800", "kind:\ud800", "by:\0", "état” «ici» ☃", "a* b* c*", "'"],
)  # fmt: skip
def test_nothing_that_can_be_typed_breaks_search(world: World, text: str) -> None:
    world.page("Notice", "a b c état")
    world.find(text)
    world.complete(text)


def test_what_is_said_is_in_the_readers_language(world: World) -> None:
    world.page("Notice")
    with i18n.use("fr"):
        assert world.find("notice").total == 1


def test_a_word_that_people_shorten_is_found_by_its_long_form_and_the_other_way_round(world: World) -> None:
    world.page("Phone screens")
    world.page("Photographs of the pier")
    assert world.titles("telephone screens") == ["Phone screens"]
    assert world.titles("photo pier") == ["Photographs of the pier"]
