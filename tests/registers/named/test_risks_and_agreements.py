"""Risks and agreements: the first run, and statuses beside a plain account of them, day by day across a year."""

from datetime import date, timedelta
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.cases import entered
from tests.page import text_of
from tests.paper_coast import Coast
from tests.registers.named.reading import file_of, summary
from tests.world import World
from wiki.access import visible_spaces
from wiki.registers.listing import Place
from wiki.registers.named.known import REGISTERS

DAY0 = date(2026, 11, 21)


def test_the_first_run_of_risks(still_coast: Coast) -> None:
    client = entered(still_coast, "hal")
    page = client.read("/registers/risks")
    told = "4 open risks: 3 high, 1 calls a gathering, 1 not assessed together, 1 not looked at for 90 days."
    assert summary(page).startswith(told)
    found = {line["row"]: line for line in file_of(client, "risks")}
    assert {row: (line["status"], line["score"]) for row, line in found.items()} == {
        "r1": ("high", "16"),
        "r2": ("high", "20"),
        "r3": ("high", "15"),
        "r4": ("medium", "10"),
        "r5": ("closed", "9"),
    }
    flags = {row: line["flags"] for row, line in found.items() if line["flags"]}
    assert flags == {"r2": "calls_a_gathering", "r4": "not_jointly_assessed; not_looked_at_for_90_days"}
    moved = {row: line["movement"] for row, line in found.items()}
    assert moved == {"r1": "the same", "r2": "up by 5", "r3": "the same", "r4": "", "r5": "the same"}


def test_the_grid_has_a_text_beside_it_and_its_cells_lead_to_their_risks(still_coast: Coast) -> None:
    client = entered(still_coast, "hal")
    page = client.read("/registers/risks?view=grid")
    assert "Likely 4, bad 5: Placements stop when wages run out" in page.main
    links = {text: href for text, href in page.links().items() if text.startswith("Likely")}
    assert list(links) == ["Likely 5, bad 3", "Likely 4, bad 5", "Likely 4, bad 4", "Likely 2, bad 5"]
    there = client.read(links["Likely 4, bad 5"]).main
    assert "Placements stop" in there and "Two laboratories" not in there
    assert "The Council’s data post" not in there


def test_the_first_run_of_agreements(still_coast: Coast) -> None:
    client = entered(still_coast, "hal")
    told = "2 in force, 1 of them ends soon, 1 late for review, 1 replaced."
    assert summary(client.read("/registers/agreements")).startswith(told)
    found = {line["title"]: line for line in file_of(client, "agreements")}
    assert {title: (line["status"], line["flags"]) for title, line in found.items()} == {
        "Paper Coast Partnership Agreement": ("in_force", "promise_in_trouble"),
        "Protocol on shared shoreline information": ("ends_soon", "late_for_review"),
        "Shoreline memorandum of understanding": ("replaced", ""),
    }
    assert found["Paper Coast Partnership Agreement"]["promises"] == "6: 1 honoured, 1 in trouble"
    old = file_of(client, "agreements", earlier_name="Example Province Coastal Office")
    assert len(old) == 3, "agreements are found by what a partner was called then"


def test_the_matrix_counts_what_two_have_together(still_coast: Coast) -> None:
    client = entered(still_coast, "hal")
    page = client.read("/registers/agreements?view=matrix")
    rows = {
        text_of(cells[0]): [text_of(cell) for cell in cells[1:]]
        for table in page.all("table")
        for row in table.iter("tr")
        if (cells := [one for one in row if one.tag in ("th", "td")]) and cells[0].tag == "th"
    }
    council = rows["Placeholder Nation Council"]
    assert sorted(council) == ["1", "1", "2", "2", "the same organisation"]
    link = next(href for text, href in page.links().items() if text == "2")
    assert len(file_of(client, "agreements", **_asked(link))) == 2


def _asked(href: str) -> dict[str, Any]:
    return dict(parse_qs(urlsplit(href).query).items())


def risk_of(row: dict[str, Any], today: date) -> tuple[str, set[str]]:
    """How a risk stands, as somebody would say it who has read the rules."""
    if row["status"] in ("happened", "closed"):
        return row["status"], set()
    likely = 5 if row.get("type") == "issue" else row.get("likelihood")
    score = likely * row["impact"] if likely and row.get("impact") else None
    level = "not_assessed" if score is None else "high" if score >= 15 else "medium" if score >= 8 else "low"
    flags = set()
    if score is not None and score >= 18:
        flags.add("calls_a_gathering")
    together = set(row.get("assessed_by", ()))
    if len(together) < 2 or not set(row.get("falls_on", ())) <= together:
        flags.add("not_jointly_assessed")
    looked = row.get("last_looked")
    if looked is None or today - date.fromisoformat(looked) > timedelta(days=90):
        flags.add("not_looked_at_for_90_days")
    if "owner" not in row:
        flags.add("owner_left")
    if "due" in row and date.fromisoformat(row["due"]) < today:
        flags.add("due_passed")
    return level, flags


def random_risk(random: Random, number: int, world: World) -> dict[str, Any]:
    orgs = [world.org(key) for key in ("keel", "ministry", "council")]
    some: dict[str, Any] = {
        "type": random.choice(["risk", "assumption", "issue", "dependency"]),
        "likelihood": random.choice([None, 1, 2, 3, 4, 5]),
        "impact": random.choice([None, 1, 3, 4, 5]),
        "assessed_by": random.sample(orgs, random.randint(0, 3)),
        "falls_on": random.sample(orgs, random.randint(0, 2)),
        "owner": random.choice([None, world.viewer("ada").person_id]),
        "due": random.choice([None, (DAY0 + timedelta(days=random.randint(-200, 300))).isoformat()]),
        "last_looked": random.choice([None, (DAY0 + timedelta(days=random.randint(-200, 100))).isoformat()]),
        "status": random.choice(["open", "open", "being_handled", "happened", "closed"]),
    }
    row = {key: value for key, value in some.items() if value not in (None, [])}
    return {"id": f"r{number}", "statement": f"Risk {number}", **row}


def agreement_of(page: dict[str, Any], today: date) -> str:
    if page["state"] == "superseded":
        return "replaced"
    if page["state"] in ("ended", "withdrawn"):
        return "ended"
    if page["state"] not in ("in_force", "under_review"):
        return "not_yet_in_force"
    until = page["until"]
    if until is not None and until < today:
        return "lapsed"
    return "ends_soon" if until is not None and until - today <= timedelta(days=page["notice"] or 90) else "in_force"


def test_statuses_are_those_of_a_plain_account_on_every_day_of_a_year(world: World) -> None:
    random = Random(4)
    rows = [random_risk(random, number, world) for number in range(60)]
    world.page("hal", "paper-coast", "risk_register", "What could go wrong", {"risks": rows, "escalation": 18})
    states = ["draft", "in_negotiation", "in_force", "in_force", "in_force", "under_review", "superseded", "ended"]
    known = world.catalogue["agreement"]
    agreements = {}
    for number in range(40):
        state = random.choice([one for one in states if known.in_state(one)])
        until = random.choice([None, DAY0 + timedelta(days=random.randint(-100, 400))])
        notice = random.choice([None, 10, 200])
        fields: dict[str, Any] = {"parties": [world.org("keel"), world.org("council")]}
        fields["term"] = {"from": "2020-01-01", "until": until.isoformat() if until else None}
        fields |= {"notice_days": notice} if notice else {}
        page = world.page("founder", "paper-coast", "agreement", f"Pact {number}", fields, state=state)
        agreements[page.id] = {"state": state, "until": until, "notice": notice}
    viewer = world.viewer("hal")
    with world.reading() as session:
        spaces = {one.slug: one for one in visible_spaces(session, viewer)}
        for days in range(0, 365, 9):
            today = DAY0 + timedelta(days=days)
            place = Place(world.catalogue, viewer, spaces, today)
            risks = {line.row_id: (line.status, set(line.flags)) for line in _lines(session, place, "risks")}
            assert risks == {row["id"]: risk_of(row, today) for row in rows}, today
            found = {line.page.page_id: line.status for line in _lines(session, place, "agreements")}
            assert found == {number: agreement_of(one, today) for number, one in agreements.items()}, today


def _lines(session: Any, place: Place, key: str) -> list[Any]:
    return REGISTERS[key].lines(session, place, ()).lines


def test_what_one_may_not_see_is_in_no_cell_and_no_count(world: World) -> None:
    named = {"access": "steward_only", "steward_org": world.org("council")}
    pact = {"parties": [world.org("keel"), world.org("council")], "term": {"from": "2020-01-01", "until": None}}
    risk = {"id": "r1", "statement": "Whispered", "likelihood": 5, "impact": 5, "status": "open"}
    world.page("dan", "paper-coast", "risk_register", "Quiet risks", {**named, "risks": [risk]})
    world.page("dan", "paper-coast", "agreement", "Quiet pact", {**named, **pact}, state="in_force")
    for key, view in (("risks", "grid"), ("agreements", "matrix")):
        assert file_of(entered(world, "ada"), key) == []
        for asked in ("", f"?view={view}"):
            page = entered(world, "ada").get(f"/registers/{key}{asked}").text
            assert "Whispered" not in page and "Quiet" not in page
            assert "1 is not visible to you" in page
        assert len(file_of(entered(world, "dan"), key)) == 1
