"""A browser for tests that inspects every HTML page it fetches, so that each ordinary test is an accessibility test too.

client = browser(app)
client.sign_in("ada@paper-coast.example", PASSWORD)
page = client.read("/paper-coast")
page = client.send(page.form(), {"name": "Sea"})
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page import BUTTONS, CONTROLS, Form, Page, outside_templates, text_of
from tests.shape import shape_of


class Browser(FlaskClient):
    """Flask's test client with pages instead of bytes. `get` and `post` still give plain responses, inspected all the same."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in range(300, 400) and response.data:
            inspect(response.text, response.status_code, response.request.path)
        return response

    def read(self, url: str, status: int = 200) -> Page:
        """The page at an address, redirects followed."""
        return page_of(self.get(url, follow_redirects=True), status)

    def send(self, form: Form, changes: dict[str, Any] | None = None, status: int = 200) -> Page:
        """Fill in a form and send it, as a browser would; redirects are followed."""
        values = form.filled(changes or {})
        if form.method == "post":
            sent = self.post(form.action, data=values, follow_redirects=True)
        else:
            sent = self.get(form.action, query_string=values, follow_redirects=True)
        return page_of(sent, status)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form. Fails when the site refuses."""
        form = self.read("/sign-in").form()
        response = self.post(form.action, data=form.filled({"email": email, "password": password}))
        assert response.status_code == 303, page_of(response, 303)

    def sign_out(self) -> Page:
        return self.send(self.read("/sign-out").form())


def browser(app: Flask) -> Browser:
    """A new browser, without cookies."""
    return Browser(app, app.response_class, use_cookies=True)


def page_of(response: TestResponse, status: int) -> Page:
    path = urlsplit(response.request.url).path
    assert response.status_code == status, (
        f"{path}: {response.status_code} instead of {status}\n{Page(response.text, 0, path).main}"
    )
    return Page(response.text, response.status_code, path)


#: Shapes of pages with which nothing is wrong.
_GOOD: set[str] = set()


def inspect(html: str, status: int, url: str) -> None:
    """Raise AssertionError that lists everything wrong with the page. A page that differs from a good one in words alone is good."""
    shape = shape_of(html)
    if shape in _GOOD:
        return
    problems = problems_of(Page(html, status, url))
    assert not problems, f"{url} ({status}):\n- " + "\n- ".join(problems)
    _GOOD.add(shape)


def problems_of(page: Page) -> list[str]:
    return [problem for check in CHECKS for problem in check(page)]


def parses(page: Page) -> list[str]:
    return [f"parse error at line {place[0]}: {code} {data or ''}" for place, code, data in page.parse_errors]


def has_language(page: Page) -> list[str]:
    return [] if page.root.get("lang") else ["<html> has no lang"]


def has_one_of_each(page: Page) -> list[str]:
    counts = {tag: len(page.all(tag)) for tag in ("h1", "main", "title")}
    return [f"{count} <{tag}> instead of 1" for tag, count in counts.items() if count != 1]


def title_begins_with_heading(page: Page) -> list[str]:
    if page.heading and page.title.startswith(page.heading):
        return []
    return [f"the title {page.title!r} does not begin with the heading {page.heading!r}"]


def has_skip_link(page: Page) -> list[str]:
    links = page.all("a")
    target = links[0].get("href", "") if links else ""
    ids = {element.get("id") for element in page.root.iter()}
    return [] if target.startswith("#") and target[1:] in ids else ["the first link does not skip to the content"]


def ids_are_unique(page: Page) -> list[str]:
    ids = [element.get("id") for element in outside_templates(page.root) if element.get("id")]
    return [f"id {one!r} is there {ids.count(one)} times" for one in sorted({str(i) for i in ids if ids.count(i) > 1})]


def fields_have_labels(page: Page) -> list[str]:
    named = {label.get("for") for label in page.all("label") if text_of(label)}
    inside = {id(control) for label in page.all("label") for control in label.iter()}
    return [
        f"<{control.tag} name={control.get('name')!r}> has no label"
        for control in page.root.iter()
        if control.tag in CONTROLS
        and control.get("type") not in ("hidden", *BUTTONS)
        and not (control.get("id") in named or id(control) in inside)
        and not (control.get("aria-label") or control.get("aria-labelledby"))
    ]


def buttons_and_links_have_names(page: Page) -> list[str]:
    return [
        f"<{element.tag}> without a name: {dict(element.attrib)}"
        for element in page.root.iter()
        if (element.tag == "button" or (element.tag == "a" and element.get("href")))
        and not (text_of(element) or element.get("aria-label") or any(i.get("alt") for i in element.iter("img")))
    ]


def descriptions_exist(page: Page) -> list[str]:
    ids = {element.get("id") for element in page.root.iter()}
    return [
        f"{attribute}={one!r} points to nothing"
        for element in outside_templates(page.root)
        for attribute in ("aria-describedby", "aria-labelledby", "for")
        for one in element.get(attribute, "").split()
        if one not in ids
    ]


def images_have_alt(page: Page) -> list[str]:
    return [f"<img src={img.get('src')!r}> has no alt" for img in page.all("img") if "alt" not in img.attrib]


def posts_carry_csrf(page: Page) -> list[str]:
    return [
        f"the form that posts to {form.action} has no csrf_token"
        for form in page.forms()
        if form.method == "post" and not form.values.get("csrf_token")
    ]


def nothing_is_inline(page: Page) -> list[str]:
    """Handlers, styles and scripts in the page are what the Content-Security-Policy forbids."""
    problems = []
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        problems += [
            f"{name} on <{element.tag}>" for name in element.attrib if name.startswith("on") or name == "style"
        ]
        if element.get("href", "").strip().lower().startswith("javascript:"):
            problems.append("a javascript: link")
        if element.tag == "style":
            problems.append("a <style> element")
        if element.tag == "script" and not element.get("src") and "json" not in element.get("type", ""):
            problems.append("an inline script")
    return problems


CHECKS = (
    parses,
    has_language,
    has_one_of_each,
    title_begins_with_heading,
    has_skip_link,
    ids_are_unique,
    fields_have_labels,
    buttons_and_links_have_names,
    descriptions_exist,
    images_have_alt,
    posts_carry_csrf,
    nothing_is_inline,
)
