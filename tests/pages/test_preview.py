"""The body as readers would see it, before it is saved."""

from tests.cases import FORM, entered, ministry_page, plain_answers, plainly_entered, send
from tests.world import World


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    answer = send(
        plainly_entered(world, "ada"), "/paper-coast/preview", {"body": "They *come*, see [[Tides]] <script>x</script>"}
    )
    assert answer.status_code == 200
    assert "<em>come</em>" in answer.text and 'href="/paper-coast/tides"' in answer.text
    assert "<script" not in answer.text


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    data = {"page": "tides", "body": "x"}
    assert plain_answers(world, lambda client: send(client, "/paper-coast/preview", data)) == FORM


def test_a_preview_tells_nothing_of_hidden_pages(world: World) -> None:
    ministry_page(world, title="Sandbank")
    body = {"body": "[[sandbank]] [[paper-coast/sandbank]] [[lighthouse]]"}
    seen = send(plainly_entered(world, "ben"), "/paper-coast/preview", body)
    assert seen.status_code == 403
    hidden = send(plainly_entered(world, "dan"), "/paper-coast/preview", body).text
    assert "Sandbank" not in hidden
    assert hidden.count("missing") == 3


def test_a_text_too_long_or_too_hard_is_answered_all_the_same(lone_world: World) -> None:
    client = plainly_entered(lone_world, "ada")
    for body in ("x " * 400_000, "> " * 20_000, "|x" * 60_000 + "|\n" + "|-" * 60_000, "[" * 50_000):
        assert send(client, "/paper-coast/preview", {"body": body}).status_code == 200


def test_without_scripts_the_button_shows_the_preview_in_the_form(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    form = client.read("/paper-coast/new?kind=article").form(having="body")
    page = client.send(form, {"do": "preview", "body": "They *come*."})
    assert "They come." in page.main
    assert page.form(having="body").values["body"] == "They *come*."


def test_a_preview_without_a_text_is_empty(lone_world: World) -> None:
    assert send(plainly_entered(lone_world, "ada"), "/paper-coast/preview").status_code == 200
    assert send(entered(lone_world, "ada"), "/paper-coast/new", {"kind": "article", "do": "preview"}).status_code == 200
