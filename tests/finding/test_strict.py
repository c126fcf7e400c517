"""What is told of as new has all of the words; what is merely near is shown to those who look, and told to nobody."""

from tests.cases import plainly_entered
from tests.world import World
from wiki.access import VISITOR
from wiki.finding.asking import Asked
from wiki.finding.found import ids_of, searching
from wiki.finding.kept import saving


def test_it_works(world: World) -> None:
    near = world.page("ada", "paper-coast", "article", "Tides", body="Moonlight on the harbour wall.")
    asked = Asked("moonlight harbour lantern")
    viewer = world.viewer("ben")
    kept = world.do(lambda session: saving.save(session, viewer, "Moon", asked, False)).id
    with world.reading() as session:
        assert searching(session, viewer, asked).results().loosened
        strict = searching(session, viewer, asked, strict=True)
        assert (strict.results().total, strict.results().suggestion, strict.count().everything) == (0, None, 0)
        assert ids_of(session, viewer, asked, 10) == []
    world.page("ada", "paper-coast", "article", "Near too", body="Moonlight in the harbour.")
    answer = world.page(
        "founder", "paper-coast", "article", "Lantern", {"access": "public"}, "Moonlight, harbour, lantern."
    )
    with world.reading() as session:
        looked = saving.looked(session, viewer, saving.own(session, viewer, kept))
        assert (looked.total, looked.new) == (1, 1)
        assert ids_of(session, VISITOR, asked, 10) == [answer.id]
    feed = plainly_entered(world, "ben").get("/search/feed.atom?q=moonlight+harbour+lantern").text
    assert "Lantern</title>" in feed and near.title not in feed and "Near too" not in feed
