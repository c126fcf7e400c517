"""Random edits of a decision, each of which types words that no other edit types."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from wiki.kinds.content import Content

#: Texts of one line, texts of several, and a table: every way in which values are joined.
LINES = ("check", "reconsider_when", "why_the_hurry")
TEXTS = ("context", "consequences")
TABLE = "options"
COLUMNS = ("option", "for", "against")


def base_content() -> Content:
    rows = [{"id": f"r{n}", **{column: f"{column} base{n}" for column in COLUMNS}} for n in range(6)]
    fields: dict[str, Any] = {key: f"{key} as it was" for key in LINES}
    fields |= {key: paragraphs(key, 4) for key in TEXTS}
    return Content("Tides", paragraphs("body", 8), {**fields, TABLE: rows})


def paragraphs(name: str, number: int) -> str:
    return "".join(f"{name} paragraph {n} says what stood here\n\n" for n in range(number)).rstrip("\n") + "\n"


def places(content: Content) -> list[str]:
    """The smallest places in which two people can write without meeting."""
    texts = [f"{key}:{n}" for key in (*TEXTS, "body") for n in range(len(parts(content, key)))]
    return [*LINES, *texts, *(f"{TABLE}/{row['id']}" for row in content.rows(TABLE))]


def parts(content: Content, key: str) -> list[str]:
    return (content.body if key == "body" else content.fields[key]).rstrip("\n").split("\n\n")


@dataclass
class Writer:
    """Somebody who changes places of a content; `typed` are the words that came from this hand and still stand in it."""

    name: str
    random: Random
    content: Content = field(default_factory=base_content)
    typed: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.content = copy.deepcopy(self.content)

    def change(self, place: str, *, gently: bool = False) -> None:
        """Change one place: write into it, or, unless gently, perhaps take it out, add beside it or move it."""
        if place.startswith(f"{TABLE}/"):
            self._change_row(place.partition("/")[2], gently)
        elif ":" in place:
            key, _colon, number = place.partition(":")
            self._change_paragraph(key, int(number), gently)
        else:
            self.content.fields[place] = f"{self.content.fields[place]} {self.word()}"

    def word(self) -> str:
        word = f"{self.name}{next(self.numbers)}x"
        self.typed.append(word)
        return word

    def standing(self) -> list[str]:
        """The words typed that are in the content that is sent: a later change may have taken some out again."""
        whole = self.content.canonical()
        return [word for word in self.typed if word in whole]

    def _change_row(self, row_id: str, gently: bool) -> None:
        rows = self.content.fields[TABLE]
        at = next((n for n, row in enumerate(rows) if row["id"] == row_id), None)
        if at is None:
            return
        what = "cell" if gently else self.random.choice(["cell", "cell", "remove", "add", "move"])
        if what == "cell":
            column = self.random.choice(COLUMNS)
            rows[at][column] = f"{rows[at][column]} {self.word()}"
        elif what == "remove":
            del rows[at]
        elif what == "add":
            rows.insert(at, {"id": f"{self.name}{at}{len(rows)}", "option": self.word()})
        else:
            rows.insert(self.random.randrange(len(rows)), rows.pop(at))

    def _change_paragraph(self, key: str, number: int, gently: bool) -> None:
        texts = parts(self.content, key)
        if number >= len(texts):
            return
        what = "write" if gently else self.random.choice(["write", "write", "remove", "add"])
        words = texts[number].split(" ")
        if what == "write":
            words.insert(self.random.randrange(len(words) + 1), self.word())
            texts[number] = " ".join(words)
        elif what == "remove":
            del texts[number]
        else:
            texts.insert(number, f"A paragraph of my own with {self.word()} in it")
        text = "\n\n".join(texts) + "\n" if texts else ""
        if key == "body":
            self.content.body = text
        elif text:
            self.content.fields[key] = text
        else:
            self.content.fields.pop(key)
