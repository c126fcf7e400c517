"""A text becomes a page: anchors, contents, links between pages, attachments, empty sections."""

from tests.rendering.reading import Shelf, dangers
from wiki.i18n import use
from wiki.rendering.markdown import Heading, NoLinks, Rendered, Wikilink, render


def page(source: str, **options: object) -> Rendered:
    return render(source, Shelf(), **options)  # type: ignore[arg-type]


def test_it_works() -> None:
    made = page("# Tides\n\nThey *come* and go.")
    assert made.html == '<h1 id="h-tides">Tides</h1>\n<p>They <em>come</em> and go.</p>\n'
    assert made.contents == [Heading(1, "Tides", "h-tides")]
    assert made.too_hard is None


def test_anchors_keep_every_script_and_are_unique() -> None:
    made = page("# hən̓q̓əmin̓əm̓\n\na\n\n# ᐃᓄᒃᑎᑐᑦ\n\nb\n\n# What's *new*?\n\nc\n\n# What's new?\n\nd\n\n# !\n\ne")
    assert [heading.anchor for heading in made.contents] == [
        "h-hən̓q̓əmin̓əm̓",
        "h-ᐃᓄᒃᑎᑐᑦ",
        "h-whats-new",
        "h-whats-new-2",
        "h-section",
    ]


def test_composed_and_decomposed_letters_give_the_same_anchor() -> None:
    assert page("# Cafe\u0301\n\na").contents[0].anchor == page("# Caf\u00e9\n\na").contents[0].anchor == "h-caf\u00e9"


def test_many_equal_headings_get_numbers_and_a_written_number_does_not_collide() -> None:
    made = page("# a 2\n\nx\n\n" + "# a\n\nx\n\n" * 3)
    assert [heading.anchor for heading in made.contents] == ["h-a-2", "h-a", "h-a-3", "h-a-4"]


def test_headings_in_quotations_are_not_contents_but_have_an_anchor() -> None:
    made = page("> # Inside\n\n# Outside\n\nx")
    assert [heading.text for heading in made.contents] == ["Outside"]
    assert 'id="h-inside"' in made.html


def test_a_prefix_keeps_several_texts_on_one_page_apart() -> None:
    html = page("# A\n\nx[^1]\n\n[^1]: y", prefix="purpose").html
    assert 'id="h-purpose-a"' in html
    assert 'href="#fn-purpose-1"' in html and 'id="fn-purpose-1"' in html


def test_a_link_to_a_page_carries_its_number() -> None:
    assert page("[[Tide pools]]").html == (
        '<p><a class="wikilink" data-page="12" href="/coast/tide-pools">Tide pools</a></p>\n'
    )


def test_a_link_to_a_missing_page_offers_to_create_it() -> None:
    assert page("[[Kelp & co|kelp]]").html == (
        '<p><a class="wikilink missing" href="/coast/new?title=Kelp%20%26%20co" '
        'title="This page does not exist yet.">kelp</a></p>\n'
    )


def test_links_lead_to_headings_and_rows() -> None:
    html = page("[[Tide pools#Who comes]] [[Tide pools#r-a1b2|the row]] [[#Here]]\n\n# Here\n\nx").html
    assert 'href="/coast/tide-pools#h-who-comes">Tide pools › Who comes</a>' in html
    assert 'href="/coast/tide-pools#r-a1b2">the row</a>' in html
    assert '<a href="#h-here">Here</a>' in html


def test_a_slug_shows_the_title_and_remembers_what_was_typed() -> None:
    html = page("[[coast/tide-pools]]").html
    assert 'data-page="12" data-typed="coast/tide-pools" href="/coast/tide-pools">Tide pools</a>' in html


def test_a_title_from_elsewhere_is_not_in_the_contents() -> None:
    assert page("# [[coast/tide-pools]]\n\nx").contents[0].text == "coast/tide-pools"


def test_every_link_is_reported_in_order() -> None:
    made = page("[[A#B|c]] `[[no]]` [[A]] [[D]]\n\n    [[no]]\n")
    assert made.wikilinks == [Wikilink("A", "c", "B"), Wikilink("A"), Wikilink("D")]


def test_a_resolver_is_asked_once_for_each_target() -> None:
    asked = []

    class Counting(NoLinks):
        def wikilink(self, target: str) -> None:
            asked.append(target)

    render("[[A]] [[A|b]] [[B#c]] [[A]]", Counting())
    assert asked == ["A", "B"]


def test_text_in_double_brackets_before_an_address_is_an_ordinary_link() -> None:
    assert page("[[a]](/b)").html == '<p><a href="/b">[a]</a></p>\n'


def test_attachments_are_found_by_both_ways_of_naming_them() -> None:
    made = page("![Map](attachment:map.png) ![](files/old%20map.png) [plan](files/plan.pdf) ![Gone](files/gone.png)")
    assert '<img src="/coast/tide-pools/files/map.png" alt="Map" loading="lazy">' in made.html
    assert 'src="/coast/tide-pools/files/old%20map.png"' in made.html
    assert '<a class="file" href="/coast/tide-pools/files/plan.pdf">plan</a>' in made.html
    assert '<span class="file missing">Missing picture: Gone</span>' in made.html
    assert made.attachments == ["map.png", "old map.png", "plan.pdf", "gone.png"]


def test_a_picture_from_another_site_is_a_link_because_it_would_tell_who_reads() -> None:
    made = page("![Otter](https://elsewhere.example/otter.png)")
    assert "<img" not in made.html
    assert '<a href="https://elsewhere.example/otter.png" rel="nofollow noopener">Otter</a>' in made.html
    assert made.images == ["https://elsewhere.example/otter.png"]


def test_links_in_the_page_find_headings_by_their_words() -> None:
    html = page("[a](#who-comes) [b](#Who%20comes?) [c](#nowhere)\n\n# Who comes?\n\nx").html
    assert '<a href="#h-who-comes">a</a>' in html
    assert '<a href="#h-who-comes">b</a>' in html
    assert '<a href="#nowhere">c</a>' in html


def test_only_links_that_leave_the_site_have_rel() -> None:
    html = page("[a](https://b.example) [c](/d) <a href='//e.example'>f</a> <a href='/g'>h</a>").html
    assert html.count('rel="nofollow noopener"') == 2
    assert '<a href="/d">c</a>' in html and '<a href="/g">h</a>' in html


def test_addresses_become_links_and_file_names_do_not() -> None:
    html = page("see https://a.example/x_y_z, www.b.example/(c) and d@e.example, not README.md or plan.doc").html
    assert '<a href="https://a.example/x_y_z" rel="nofollow noopener">' in html
    assert '<a href="http://www.b.example/(c)" rel="nofollow noopener">www.b.example/(c)</a> and' in html
    assert '<a href="mailto:d@e.example">' in html
    assert html.count("<a ") == 3


def test_sections_with_nothing_in_them_are_hidden() -> None:
    source = "# One\n\n## Empty\n\n<!-- to do -->\n\n## Full\n\ntext\n\n# Last\n\n## Also empty\n"
    made = page(source)
    assert [heading.text for heading in made.contents] == ["One", "Full"]
    assert "mpty" not in made.html
    assert len(page(source, hide_empty=False).contents) == 5


def test_a_footnote_does_not_fill_the_last_section() -> None:
    made = page("# A\n\nx[^1]\n\n[^1]: note\n\n# Empty\n")
    assert [heading.text for heading in made.contents] == ["A"]
    assert "note" in made.html


def test_a_gap_to_fill_in_stays_visible() -> None:
    assert page("Dear <name>, see <Insert date>").html == "<p>Dear &lt;name&gt;, see &lt;Insert date&gt;</p>\n"


def test_words_of_the_interface_are_in_the_reader_s_language() -> None:
    with use("en"):
        assert ">Note</p>" in page("> [!NOTE]\n> a").html


def test_characters_that_no_text_needs_do_no_harm() -> None:
    made = page("a\x00b\x07c\ud800d\u2028e")
    assert made.html == "<p>a\ufffdbc\ufffdd\u2028e</p>\n"
    assert dangers(made.html) == []


def test_code_is_coloured_by_class_and_never_by_style() -> None:
    html = page("```python\ndef f(): return '<b>'\n```").html
    assert '<span class="hl-keyword">def</span>' in html
    assert "&lt;b&gt;" in html and "style" not in html


def test_code_in_an_unknown_language_is_shown_as_it_is() -> None:
    assert page("```register\nkind: lesson\n```").html == (
        '<pre tabindex="0"><code class="language-register">kind: lesson\n</code></pre>\n'
    )
