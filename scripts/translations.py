"""Brings the catalogues of translations up to date with the texts in the program and the definitions.

    python -m scripts.translations           update every wiki/translations/<code>/LC_MESSAGES/messages.po
    python -m scripts.translations add de    begin a new language

What is new comes in untranslated, what is gone goes out; a text that changed is not guessed at. Then translate what is
empty in the file, for example with Poedit. `make test` says what is missing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from wiki import config, kinds
from wiki.i18n import TRANSLATIONS
from wiki.kinds.wording import wording

ROOT = Path(__file__).parents[1]
METHODS = [("**.py", "python"), ("templates/**", "jinja2")]
OPTIONS = {"templates/**": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def template() -> Catalog:
    """Every text that there is to translate, with where it stands and without any translation."""
    found = Catalog(project="Holdfast", charset="utf-8")
    for place, message, comments in (*_in_program(), *_in_definitions()):
        found.add(message, locations=[(place, None)], auto_comments=comments)  # type: ignore[list-item]
    return found


def _in_program() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    found = extract_from_dir(
        ROOT / "wiki", METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    )
    for file, _line, message, comments, _context in found:
        yield f"wiki/{file}", message, comments


def _in_definitions() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    for place, text in wording(kinds.load([ROOT / "page_templates"])):
        yield f"page_templates/{place}", text, []
    for setting in config.SETTINGS:
        if setting.name == "themes" and isinstance(setting.default, list):
            yield from (("wiki/config.py", theme, []) for theme in setting.default)


def read(code: str) -> Catalog:
    with file_of(code).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def file_of(code: str) -> Path:
    return TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"


def update(code: str, texts: Catalog) -> Catalog:
    """The file of a language with the texts that there are now; what was translated stays so."""
    found = read(code) if file_of(code).exists() else Catalog(locale=code, project="Holdfast", charset="utf-8")
    found.update(texts, no_fuzzy_matching=True)
    found.obsolete.clear()
    file_of(code).parent.mkdir(parents=True, exist_ok=True)
    with file_of(code).open("wb") as file:
        write_po(file, found, width=120, sort_output=True, include_lineno=False, omit_header=False)
    return found


def main(arguments: list[str]) -> None:
    codes = (
        arguments[1:]
        if arguments[:1] == ["add"]
        else [file.parent.parent.name for file in TRANSLATIONS.glob("*/*/*.po")]
    )
    texts = template()
    for code in codes:
        missing = sum(not message.string or message.string == ("", "") for message in update(code, texts) if message.id)
        print(f"{code}: {len(texts)} texts, {missing} not translated")


if __name__ == "__main__":
    main(sys.argv[1:])
