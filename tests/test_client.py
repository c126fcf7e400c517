"""The test browser complains about pages that some people could not use."""

import pytest

from tests.client import inspect
from tests.page import Page
from tests.shape import shape_of

GOOD = """<!doctype html><html lang="en"><head><title>Sea · Holdfast</title></head><body>
<a href="#main">Skip</a><main id="main"><h1>Sea</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">
<label for="name">Name</label><input id="name" name="name" value="Bay">
<label for="note">Note</label><textarea id="note" name="note">
one
two</textarea>
<label for="role">Role</label><select id="role" name="role"><option value="a">A</option><option value="b" selected>B</option></select>
<button name="do" value="save">Save</button></form><img src="/a.png" alt=""></main></body></html>"""


def test_it_works() -> None:
    inspect(GOOD, 200, "/")


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        (' lang="en"', "", "no lang"),
        ("<h1>Sea</h1>", "<h1>Sea</h1><h1>Bay</h1>", "2 <h1>"),
        ("<h1>Sea</h1>", "<h1>Lake</h1>", "does not begin"),
        ('<a href="#main">Skip</a>', "", "skip"),
        ('<label for="name">Name</label>', "", "no label"),
        (' alt=""', "", "no alt"),
        ('<input type="hidden" name="csrf_token" value="t">', "", "csrf_token"),
        ("<h1>", '<h1 onclick="x()">', "onclick"),
        ("<h1>", '<h1 style="color:red">', "style on"),
        ("<h1>", "<script>x()</script><h1>", "inline script"),
        ('id="note"', 'id="name"', "2 times"),
        (">Save<", "><", "without a name"),
        ("<h1>", "<p><div></div></p><h1>", "parse error"),
        ("one\n", "one &lake; \n", "parse error"),
        ("one\n", "one\x01\n", "parse error"),
        ('for="note"', 'for="notes"', "points to nothing"),
    ],
)
def test_a_fault_is_named(good: str, bad: str, complaint: str) -> None:
    """Also of a page that is like a good one but for the fault."""
    assert good in GOOD
    inspect(GOOD, 200, "/")
    with pytest.raises(AssertionError, match=complaint):
        inspect(GOOD.replace(good, bad, 1), 200, "/")


def test_words_and_names_alone_make_no_other_shape() -> None:
    other = GOOD.replace("Sea", "A lake").replace("Bay", "Cove").replace('"note"', '"more"').replace("/a.png", "/b.png")
    assert shape_of(other) == shape_of(GOOD)
    for odd in (GOOD.replace("Sea ·", "Sea & Co ·"), GOOD.replace("one", "one\x01"), GOOD.replace(">Name<", ">  <")):
        assert shape_of(odd) != shape_of(GOOD)


def test_a_form_sends_what_a_browser_would_send() -> None:
    form = Page(GOOD, 200, "/").form()
    assert form.action == "/x"
    assert dict(form.values) == {"csrf_token": "t", "name": "Bay", "note": "one\r\ntwo", "role": "b"}


def test_filling_in_a_field_that_is_not_there_fails() -> None:
    with pytest.raises(AssertionError, match="no field 'nam'"):
        Page(GOOD, 200, "/").form().filled({"nam": "x"})
