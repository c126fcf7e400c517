"""What is missing in a handover note: on the page and in the register, each gone when it is mended."""

from tests.paper_coast import DAY0, Coast
from wiki.kinds.workings.handovers import Gap, handover_gap_list
from wiki.pages import reading

BEN = "P27"


def gaps(coast: Coast, who: str, name: str = BEN) -> list[Gap]:
    space, slug = coast.url(name).strip("/").split("/")
    with coast.reading() as session:
        found = reading.read(coast.database, session, coast.catalogue, coast.viewer(who), space, slug, DAY0)
    assert found is not None
    return handover_gap_list(found.record, DAY0)


def test_it_works(coast: Coast) -> None:
    """The demo: exactly what the story says is missing in Ben's note."""
    orgs = {coast.named(name).id: name for name in ("O2", "O3", "O4")}
    found = [(gap.code, gap.row or gap.field) for gap in gaps(coast, "ben")]
    told = [(gap.code, orgs.get(gap.thing.page)) for gap in gaps(coast, "ben") if gap.code == "G9" and gap.thing]
    assert found == [
        ("G1", "i6"),
        ("G2", "i6"),
        ("G3", "i6"),
        ("G4", "rl1"),
        ("G5", "i4"),
        ("G6", "i3"),
        ("G7", "i3"),
        *[("G9", "partners_told")] * 3,
        ("G10", "unwritten"),
    ]
    assert sorted(told) == [("G9", "O2"), ("G9", "O3"), ("G9", "O4")]


def test_the_register_counts_the_same(coast: Coast) -> None:
    lines = coast.browser("hal").get("/registers/kind/handover.csv?show=all").text
    (line,) = [line for line in lines.splitlines() if "Ben Optima to Ada" in line]
    assert "11 gaps" in line
