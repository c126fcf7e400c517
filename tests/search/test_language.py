"""What counts as the same word."""

import pytest

from wiki.search import language
from wiki.search.language import Needle, needles, terms


def texts(text: str, code: str = "en") -> list[str]:
    return [term.text for term in terms(text, code)]


def meets(asked: str, written: str, code: str, *others: str) -> bool:
    """Whether a question's word finds a page's text, by the terms alone."""
    stems, words = zip(*language.pairs(written, code), strict=True)
    line = " ".join(stems)
    there = {*stems, *(f"_{word}" for word in words)}
    for needle in needles(asked, [code, *others]):
        if len(needle.terms) > 1:
            if f" {' '.join(needle.terms)} " in f" {line} ":
                return True
        elif needle.terms[0] in there or (needle.prefix and any(t.startswith(needle.terms[0]) for t in there)):
            return True
    return False


def test_it_works() -> None:
    found = terms("Partners decided", "en")
    assert [(t.text, t.position, t.start, t.end, t.word) for t in found] == [
        ("partner", 0, 0, 8, "partners"),
        ("decid", 1, 9, 16, "decided"),
    ]


@pytest.mark.parametrize(
    ("code", "written", "asked"),
    [
        ("en", "decisions", "decision"),
        ("en", "The partner’s letters", "partners"),
        ("en", "responsibilities", "responsible"),
        ("en", "accessible forms", "accessibility"),
        ("fr", "les activités évaluées", "activité"),
        ("fr", "l’eau des plages", "eau"),
        ("fr", "de l'eau", "l’eau"),
        ("es", "informaciones", "información"),
        ("es", "la información", "informacion"),
        ("pt", "as promessas", "promessa"),
        ("pt", "decisões", "decisoes"),
        ("de", "die Häuser", "Haus"),
        ("de", "Straße", "STRASSE"),
        ("it", "dell’acqua", "acqua"),
        ("nl", "beslissingen", "beslissing"),
        ("sv", "flickorna", "flicka"),
        ("no", "beslutningene", "beslutning"),
        ("nb", "beslutningene", "beslutning"),
        ("da", "beslutningerne", "beslutning"),
        ("fi", "päätöksistä", "päätöksiä"),
        ("ru", "решения партнёров", "партнеров"),
        ("fr-CA", "les réunions", "réunion"),
        ("xx", "Ångström", "angstrom"),
    ],
)
def test_inflected_and_accented_forms_meet(code: str, written: str, asked: str) -> None:
    assert meets(asked, written, code)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("access to the keyboard", "accessibility"),
        ("an accessible form", "access"),
        ("their response", "responsibility"),
        ("who is responsible", "response"),
    ],
)
def test_words_that_only_begin_alike_do_not_meet(written: str, asked: str) -> None:
    assert not meets(asked, written, "en")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("D-0009 Thirty days", "D-0009"),
        ("D-0009 Thirty days", "d0009"),
        ("D-0009 Thirty days", "0009"),
        ("D 0009", "D-0009"),
        ("on 2024-01-15", "2024-01-15"),
        ("on 2024-01-15", "2024"),
        ("about 18,000 dollars", "18000"),
        ("about 18000 dollars", "18,000"),
        ("$18,000.50", "18000.50"),
        ("3,5 percent", "3.5"),
        ("at 10:30", "10:30"),
        ("well-being", "wellbeing"),
        ("wellbeing", "well-being"),
        ("well being", "well-being"),
        ("well-being", "being"),
        ("R&D", "r&d"),
        ("O’Brien", "O'Brien"),
        ("O’Brien", "brien"),
        ("don’t", "don't"),
        ("co\u00adoperation", "cooperation"),
        ("Ｆｕｌｌ width", "full"),
    ],
)
def test_codes_numbers_hyphens_and_apostrophes_meet(written: str, asked: str) -> None:
    assert meets(asked, written, "en")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("ᐃᓄᒃᑎᑐᑦ", "ᐃᓄᒃᑎᑐᑦ"),
        ("W̱SÁNEĆ", "wsanec"),
        ("kʼómoks", "K'omoks"),
        ("日本語の文書", "日本語"),
        ("日本語の文書", "文"),
        ("日本語の文書", "書"),
        ("AI技術", "技術"),
        ("한국어 문서", "한국"),
        ("مُعَلِّم", "معلم"),
        ("हिन्दी में", "हिन्दी"),
        ("Ἀθήνα", "αθηνα"),
    ],
)
def test_other_scripts_meet(written: str, asked: str) -> None:
    assert meets(asked, written, "en")


def test_joined_scripts_do_not_match_across_other_words() -> None:
    assert not meets("日語", "日本語", "ja")


def test_syllabics_stay_whole() -> None:
    assert texts("ᐃᓄᒃᑎᑐᑦ ᓄᓇᕗᑦ") == ["ᐃᓄᒃᑎᑐᑦ", "ᓄᓇᕗᑦ"]


def test_stop_words_are_kept_in_pages() -> None:
    assert texts("who is to") == ["who", "is", "to"]
    assert language.is_common("The", "en-CA")
    assert language.is_common("everything", "en")
    assert not language.is_common("the", "fr")


def test_places_are_those_of_the_original_text() -> None:
    text = "Voilà: l’ÉTÉ, D-0009 et 日本語."
    assert [text[t.start : t.end] for t in terms(text, "fr")] == [
        "Voilà", "ÉTÉ", "D-0009", "D", "0009", "et", "日本", "本語", "語",
    ]  # fmt: skip


def test_very_long_words_are_cut_and_embedded_data_left_out() -> None:
    assert texts("x" * 100) == ["x" * language.TERM_LENGTH]
    assert texts("x" * 10_000) == []
    assert len(texts("-".join("ab" for _ in range(5_000)))) == 0


def test_terms_hold_nothing_that_the_engines_could_misread() -> None:
    for text in ('say "hi" OR (NOT a*b)', "under_score _x_", "a'b\\c", "nul\0l", "tab\there", "::1", "%$#@!^~"):
        for term in texts(text):
            assert not set(term) & set("\"'()*\\\0 _:")


def test_a_question_asks_in_all_languages() -> None:
    found = needles("decisions", ["en", "fr"])
    assert Needle(("decis",)) in found
    assert Needle(("_decisions",)) in found
    assert len(found) == len(set(found))
