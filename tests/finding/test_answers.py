"""What the page of results, the file, the suggestions and the API say of the demo."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from tests.api.programs import program
from tests.cases import entered, plainly_entered, token
from tests.paper_coast import Coast
from wiki.finding.asking import read_question
from wiki.finding.feed import ATOM
from wiki.models import Page


def test_it_works(still_coast: Coast) -> None:
    page = entered(still_coast, "ada").read("/search?q=permit+notice+days&kind=decision")
    assert "D-0009" in page.main and "Stands" in page.main
    assert "D-0001" not in page.main and "D-0004" not in page.main
    assert "2 pages that were replaced or have ended are left out" in page.main
    page = entered(still_coast, "ada").read(page.links()["Include replaced"])
    for number in ("D-0001", "D-0004"):
        start = page.main.index(f"{number} T")
        assert "Replaced by D-0009" in page.main[start : start + 120], number
    assert "Ask Hal Calibri" in page.main


def test_what_was_replaced_is_shown_when_there_is_nothing_else(still_coast: Coast) -> None:
    page = entered(still_coast, "ada").read("/search?q=%22twenty+days+to+answer%22&kind=decision&year=2026")
    if "D-0009" not in page.main:
        assert "Nothing that still counts answers this" in page.main
        assert "D-0004" in page.main


def test_what_the_state_says_is_not_said_twice(still_coast: Coast) -> None:
    page = entered(still_coast, "ada").read("/search?q=partnership+agreement&kind=agreement&state=in_force")
    chips = re.findall(r'<p class="chips">(.*?)</p>', page.html, re.DOTALL)
    assert chips and all(one.count("In force") == 1 for one in chips), chips


def test_the_whole_question_is_in_the_address(still_coast: Coast) -> None:
    address = "q=permit&kind=decision&kind=meeting&state=accepted&theme=agreements&year=2026&replaced=yes&sort=title"
    asked = read_question(address)
    assert asked.question == address
    assert asked.without("kind", "meeting").values("kind") == ("decision",)
    assert asked.without().question == "q=permit&replaced=yes&sort=title"
    assert asked.on_page(3).address().endswith("&sort=title&p=3")
    page = entered(still_coast, "ada").read(f"/search?{address}")
    assert {one.get("value") for one in page.all("input") if one.get("checked") is not None} >= {"decision", "meeting"}


def test_pages_have_numbers_and_an_end(still_coast: Coast) -> None:
    client = entered(still_coast, "hal")
    first = client.read("/search?language=en")
    total = int(re.search(r"(\d+) results", first.main)[1])  # type: ignore[index]
    last = -(-total // 20)
    assert last > 1
    beyond = client.read("/search?language=en&p=400")
    assert f"{(last - 1) * 20 + 1} to {total}" in beyond.main
    assert "Next" not in beyond.links() and "Previous" in beyond.links()
    titles = client.read("/search?language=en&sort=title").html
    order = re.findall(r"<h2><a [^>]*>(?:<span[^>]*>[^<]*</span> )?([^<]+)", titles)
    assert order == sorted(order, key=str.casefold) and len(order) == 20


def test_a_file_holds_what_the_page_lists(still_coast: Coast) -> None:
    client = plainly_entered(still_coast, "ada")
    answer = client.get("/search/results.csv?q=permit&kind=decision&replaced=yes")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["Title"][:6] for row in rows} == {"D-0001", "D-0004", "D-0009"}
    by_number = {row["Title"][:6]: row for row in rows}
    assert by_number["D-0001"]["Replaced by"].startswith("D-0009")
    assert by_number["D-0009"]["Still holds"] == "Stands"
    assert by_number["D-0009"]["url"].endswith("/paper-coast/d-0009-thirty-working-days")


def test_a_feed_without_a_key_is_for_visitors(still_coast: Coast) -> None:
    feed = plainly_entered(still_coast, "visitor").get("/search/feed.atom?q=permit").text
    found = [title.text for title in ElementTree.fromstring(feed).iter(f"{{{ATOM}}}title")][1:]
    with still_coast.reading() as session:
        public = set(session.scalars(select(Page.title).where(Page.access == "public")))
    assert found and set(found) <= public


def test_suggestions_are_pages_and_filters(still_coast: Coast) -> None:
    client = plainly_entered(still_coast, "ada")

    def offered(text: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = client.get("/search/suggestions", query_string={"q": text}).json  # type: ignore[assignment]
        return found

    assert offered("") == offered("   ") == []
    assert offered("tidal wat")[0]["url"] == still_coast.url("P14")
    assert {"kind:decision", "kind:role"} <= {one["title"] for one in offered("permit kind:de")}
    assert next(one["text"] for one in offered("permit kind:dec") if one["type"] == "filter") == "permit kind:decision "
    assert "kind:" in {one["title"] for one in offered("permit ki")}
    assert 'by:"Hal Calibri"' in {one["title"] for one in offered("by:hal")}
    assert "by:me" in {one["title"] for one in offered("-by:m")}
    assert offered("permit ki")[-1]["text"].startswith("permit ")
    assert "kind:meeting" in {one["title"] for one in offered("permit minu")}, "what people also call such a page"
    notices = [(one["title"][:6], one["detail"]) for one in offered("permit not") if one["type"] == "page"]
    assert notices[-2:] == [("D-0001", "Decision record · Superseded"), ("D-0004", "Decision record · Superseded")]
    assert notices[0][1] == "How-to / process"


def test_nothing_found_leads_on(still_coast: Coast) -> None:
    page = entered(still_coast, "ada").read("/search?q=zeppelin+landing")
    assert "Nothing was found" in page.main
    assert page.links()["Propose a decision"] == "/paper-coast/new?title=Zeppelin%20landing&kind=decision"
    assert page.links()["Hal Calibri"].endswith("hal-calibri")
    assert "coordinate" in page.main
    filtered = entered(still_coast, "ada").read("/search?q=permit&kind=reading_path&state=retired")
    assert re.search(r"Without filters there (is|are) \d+ page", filtered.main)
    visitor = entered(still_coast, "visitor").read("/search?q=zeppelin")
    assert "Only what is open to everyone was searched" in visitor.main and "Propose" not in visitor.main


def test_the_api_says_the_same(still_coast: Coast) -> None:
    client = program(still_coast, "ada")
    found = client.call("GET", "/search?q=permit&kind=decision&replaced=yes&facets=yes").json
    by_number = {one["title"][:6]: one for one in found["results"]}
    assert by_number["D-0001"]["replaced_by"]["title"].startswith("D-0009")
    assert (by_number["D-0001"]["over"], by_number["D-0009"]["over"]) == ("replaced", "")
    assert by_number["D-0009"]["owner"]["title"] == "Hal Calibri"
    chosen = next(one for one in found["facets"]["kind"] if one["chosen"])
    assert (chosen["value"], chosen["pages"]) == ("decision", found["total"])
    assert client.call("GET", "/search?q=permit&owner=Nobody").status_code == 422
    assert client.call("GET", "/search?q=permit&kind=decision").json["left_out"] == 2


def test_help_is_there_for_everybody(still_coast: Coast) -> None:
    page = entered(still_coast, "visitor").read("/help/search")
    client = entered(still_coast, "ada")
    examples = [href for href in page.links().values() if href.startswith("/search?q=")]
    assert len(examples) > 15
    for href in examples:
        client.read(href)


@pytest.mark.parametrize("path", ["/search/follow?q=x", "/account/searches"])
def test_keeping_needs_a_name(still_coast: Coast, path: str) -> None:
    visitor = plainly_entered(still_coast, "visitor")
    assert visitor.get(path).status_code == 401
    assert visitor.post("/search/feeds", data={"csrf_token": token(visitor)}).status_code == 401
