"""What is said about a part of a page that only some see is for them: on the page, in lists, counts and notices."""

from tests.cases import entered, send
from tests.conversation.talking import answer, comment, told
from tests.world import World

BODY = "They come and go.\n"


def test_a_thread_on_a_hidden_field_shows_nowhere(world: World) -> None:
    ada = world.viewer("ada")
    fields = {"person": ada.person_id, "successor": world.viewer("hal").person_id, "sensitive": "Only for some"}
    page = world.page("ada", "paper-coast", "handover", "Leaving", fields, body=BODY)
    made = comment(world, "ada", page, "Delicate word, @Hal Calibri", part="sensitive")
    comment(world, "ben", page, "An open word")
    url = "/paper-coast/leaving"
    for who, seen in (("hal", True), ("ada", True), ("ben", False), ("dan", False)):
        client = entered(world, who)
        assert ("Delicate word" in client.read(f"{url}/conversation").main) is seen, who
        listed = client.read("/conversations").main
        assert ("2 conversations" in listed, "Leaving" in listed, "Delicate" in listed and not seen) == (
            seen,
            True,
            False,
        )
        assert f"Conversation {2 if seen else 1}" in client.read(url).main, who
        answered = send(client, f"{url}/conversation/{made.thread_id}", {"text": "Me too"}).status_code
        assert answered == (303 if seen else 404), who
        assert client.get(f"{url}/comments/{made.id}").status_code == (
            200 if seen and who in ("ada", "hal") else 404
        ), who
    assert told(world, "hal")[0] == ("mention", "")
    assert "Delicate" not in str(told(world, "hal"))
    ben = entered(world, "ben")
    refused = send(ben, f"{url}/conversation", {"text": "What is it?", "part": "sensitive"})
    assert refused.status_code == 422
    before = told(world, "ben")
    answer(world, "ada", page, made.thread_id, "More of it")
    assert told(world, "ben") == before
