"""Made-up pages, always the same for the same number: texts, fields, rows and links as people write them."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wiki.kinds import Content

DEMO = Path(__file__).parents[2] / "wiki" / "demo" / "pages"
SYLLABLES = "ba be bi bo da de do fa fe ga gi ha he ka ke ki la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te ti to".split()

#: What people ask, with a word of their own for each tenth page (`%s`): common and rare words, phrases, beginnings, filters, slips.
QUESTIONS = (
    "partnership", "shoreline permit", "water test results", "who decides", '"action plan"', "gather*", "handover notes",
    "budget", "kind:lesson meeting", "quiet period", "young people placement", "memorandum of understanding", "risk",
    "agreement partners harbour", "monitoring group", "state:captured site", "shorline partnrship", "honoured promises",
    "how do I send a permit notice", "walk the site before the agenda", "culture -budget", "data sharing protocol",
    "page:nothing here", "zzyzx", "dashboard or report", "circle record spring", "steering", "elders youth council",
    "notice of thirty days", "dec*", "community meeting notes action", "review next year", "%s", "%s notes", "the %s",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One page: its kind, its space, and what it holds."""

    kind: str
    space: str
    content: Content


@lru_cache
def vocabulary() -> tuple[str, ...]:
    """The words of the demo in their order, so that common words are as common as people use them."""
    texts = (path.read_text("utf-8") for path in sorted(DEMO.glob("*.md")))
    return tuple(word.lower() for text in texts for word in re.findall(r"[A-Za-z]{2,}", text))


def rare_word(number: int) -> str:
    """A word that few pages have: names, places, codes."""
    chance = random.Random(f"word {number}")
    return "".join(chance.choices(SYLLABLES, k=4))


def title_of(number: int) -> str:
    chance = random.Random(f"title {number}")
    words = " ".join(chance.choices(vocabulary(), k=3))
    return f"{words.capitalize()} {rare_word(number % 4000)} {number}"


def made(number: int) -> Made:
    """Page `number`, from 1: half articles, a quarter lessons, the rest records of meetings and instructions."""
    chance = random.Random(number)
    kind = ("lesson", "article", "article", "howto" if number % 8 == 3 else "meeting")[number % 4]
    fields = {**_envelope(chance, number), **_fields(chance, number, kind)}
    space = "harbour" if number % 3 == 0 else "commons"
    body = "\n\n".join(_sections(chance, number, 4 if kind == "lesson" else 5))
    return Made(kind, space, Content(title_of(number), body + "\n", fields))


def _envelope(chance: random.Random, number: int) -> dict[str, object]:
    fields: dict[str, object] = {"themes": chance.sample(["agreements", "money", "data", "youth", "culture"], 2)}
    if number % 2:
        fields["summary"] = _sentence(chance, number)
    if number % 10 == 0:
        fields["access"] = "public"
    return fields


def _fields(chance: random.Random, number: int, kind: str) -> dict[str, object]:
    day = f"20{chance.randint(20, 26)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    if kind == "lesson":
        return {
            "type": chance.choice(["worked_well", "did_not_work", "near_miss", "surprise"]),
            "what_happened": _paragraph(chance, number, 3),
            "lesson": _sentence(chance, number),
            "happened_on": day,
            "affects": chance.sample(["partners", "public", "staff", "youth"], 2),
        }
    if kind == "howto":
        return {"goal": _sentence(chance, number), "before": _paragraph(chance, number, 2), "last_tested": day}
    if kind == "meeting":
        return {"date": day, "why_meet": _sentence(chance, number), "actions": list(rows(chance, number, 5))}
    return {}


def rows(chance: random.Random, number: int, count: int) -> Iterator[dict[str, object]]:
    """Actions of a meeting."""
    for place in range(count):
        yield {
            "id": f"a{number % 100000}x{place}",
            "what": _sentence(chance, number),
            "due": f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "status": chance.choice(["open", "doing", "waiting", "done"]),
        }


def large(number: int = 1) -> Content:
    """A record of a meeting with 10 KB of text and 30 actions; each number gives another text."""
    chance = random.Random(f"large {number}")
    text = "\n\n".join(_sections(chance, 1, 24))[:10_000]
    fields = {"date": "2026-11-02", "why_meet": _sentence(chance, 1), "actions": list(rows(random.Random(1), 1, 30))}
    return Content("A large page", text.strip() + "\n", fields)


def _sections(chance: random.Random, number: int, count: int) -> Iterator[str]:
    for section in range(count):
        heading = " ".join(chance.choices(vocabulary(), k=3)).capitalize()
        yield f"## {heading}"
        yield _paragraph(chance, number, 4)
        if section == 0 and number > 10:
            yield f"See [[{title_of(_near(chance, number))}]] and [[{title_of(_near(chance, number))}]]."
        if section % 2:
            yield "\n".join(f"- {_sentence(chance, number)}" for _ in range(3))


def _near(chance: random.Random, number: int) -> int:
    """An earlier page of the same space."""
    earlier = chance.randint(4, number - 1)
    return earlier - earlier % 3 if number % 3 == 0 else earlier - (earlier % 3 == 0)


def _paragraph(chance: random.Random, number: int, sentences: int) -> str:
    return " ".join(_sentence(chance, number) for _ in range(sentences))


def _sentence(chance: random.Random, number: int) -> str:
    words = chance.choices(vocabulary(), k=chance.randint(8, 18))
    if chance.random() < 0.3:
        words[3] = rare_word((number + chance.randint(0, 40)) % 4000)
    if chance.random() < 0.2:
        words[5] = f"**{words[5]}**"
    return " ".join(words).capitalize() + "."


def questions() -> list[str]:
    """What is asked of a wiki of these pages."""
    return [
        question % rare_word(7 * place) if "%s" in question else question for place, question in enumerate(QUESTIONS)
    ]


def as_markdown(number: int) -> str:
    """The same page as a file to be imported."""
    page = made(number).content
    front = f'---\ntitle: "{page.title}"\ndescription: "{page.fields.get("summary", "")}"\ntags: [data, youth]\n---\n'
    return front + page.body
