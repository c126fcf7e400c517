"""What the palette offers, and what robots and previews of links are told."""

import re

from tests.cases import entered, ministry_page, plainly_entered
from tests.world import World


def items(world: World, who: str, space: str = "") -> dict[str, dict[str, str]]:
    """What stands there for somebody: its title -> all that is said of it."""
    answer = plainly_entered(world, who).get(f"/palette?space={space}")
    return {item["title"]: item for group in answer.get_json()["groups"] for item in group["items"]}


def test_it_works(world: World) -> None:
    offered = items(world, "ada", "paper-coast")
    assert offered["Paper Coast"]["url"] == "/paper-coast"
    assert offered["New: Lesson learned"]["url"] == "/paper-coast/new?kind=lesson"
    assert offered["New: Lesson learned"]["hint"] == "in Paper Coast"
    assert offered["Lessons learned"]["url"] == "/registers/kind/lesson?space=paper-coast"
    assert offered["Dark colours"]["theme"] == "dark"


def test_it_offers_what_this_person_may_do(lone_world: World) -> None:
    assert "Administration" in items(lone_world, "ivy")
    assert "Administration" not in items(lone_world, "ada")
    assert items(lone_world, "ben", "paper-coast")["New: Page"]["url"].startswith("/commons/"), "ben only reads there"
    assert "Paper Coast" not in items(lone_world, "zoe")
    visitor = items(lone_world, "visitor")
    assert "My account" not in visitor and "New: Page" not in visitor and visitor["Help"]["url"] == "/help"


def test_the_token_in_it_is_good_for_sending(lone_world: World) -> None:
    client = plainly_entered(lone_world, "ada")
    token = client.get("/palette").get_json()["token"]
    assert list(client.get("/palette?token").get_json()) == ["token"]
    sent = client.post(
        "/appearance", data={"theme": "dark"}, headers={"X-CSRFToken": token, "Accept": "application/json"}
    )
    assert sent.status_code == 204


def test_without_scripts_its_button_is_a_link_to_search(lone_world: World) -> None:
    page = entered(lone_world, "ada").read("/help")
    assert [link.get("href") for link in page.all("a") if link.get("data-palette")] == ["/search"]


PREVIEW = re.compile(r'<(?:meta (?:property="og:|name="(?:description|twitter))|link rel="canonical")[^>]*>')


def test_a_public_page_has_a_preview_and_may_be_found(world: World) -> None:
    world.page("ivy", "commons", "article", "Lighthouse", {"access": "public", "summary": "Built & lit"})
    for who in ("visitor", "ada"):
        html = plainly_entered(world, who).get("/commons/lighthouse").text
        assert '<meta property="og:title" content="Lighthouse">' in html
        assert '<meta property="og:description" content="Built &amp; lit">' in html
        assert f'<link rel="canonical" href="{world.settings.base_url}/commons/lighthouse">' in html
        assert "noindex" not in html


def test_nothing_else_has_a_preview_or_may_be_found(world: World) -> None:
    ministry_page(world)
    world.page("ada", "commons", "article", "Ebb")
    world.page("ivy", "commons", "article", "Open", {"access": "public"})
    client = plainly_entered(world, "ada")
    for url in (
        "/paper-coast/tides",
        "/commons/ebb",
        "/commons/open/history",
        "/commons/open/edit",
        "/commons/pages",
        "/search?q=open",
        "/help",
    ):
        html = client.get(url).text
        assert PREVIEW.findall(html) == [], url
        assert '<meta name="robots" content="noindex, nofollow">' in html, url
    for url in ("/paper-coast/tides", "/commons/ebb"):
        html = plainly_entered(world, "visitor").get(url).text
        assert PREVIEW.findall(html) == [] and "noindex" in html and "Ebb" not in html, url


def test_robots_and_phones_are_answered(lone_world: World) -> None:
    client = plainly_entered(lone_world, "visitor")
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain" and "Disallow: /search" in robots.text
    manifest = client.get("/site.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    for icon in manifest.get_json()["icons"]:
        assert client.get(icon["src"]).status_code == 200, icon
