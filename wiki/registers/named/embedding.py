"""Registers in the text of pages: a fenced block that says which one, and what to ask of it.

```register
actions
partnership = paper-coast
status = overdue
```

The kept HTML of a page holds the block as code, the same for everybody. When the page is read, each block is answered for its
reader: what stands in it is nobody else's. A register lists rows and titles, never texts, so a block cannot hold another.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.i18n import gettext as _
from wiki.registers.listing import Place
from wiki.registers.named.answering import Answer, answer
from wiki.registers.named.asking import Question, read
from wiki.registers.named.known import REGISTERS
from wiki.registers.named.showing import ShownRegister
from wiki.registers.names import PageFinder

#: Blocks of one page that are answered, each with four statements at most; the others are links.
MOST_BLOCKS = 6
#: Lines that a block shows unless it says another `limit`.
LINES = 10
MARK = 'class="language-register"'
_BLOCK = re.compile(r'<pre[^>]*><code class="language-register">(?P<text>.*?)</code></pre>', re.DOTALL)


@dataclass
class Block:
    """One block: the register's key, what is asked (name -> values, as a query string has them), lines that say nothing."""

    key: str = ""
    asked: dict[str, list[str]] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def get(self, key: str, /) -> str | None:
        return next(iter(self.asked.get(key, ())), None)

    def getlist(self, key: str, /) -> list[str]:
        return self.asked.get(key, [])

    def __iter__(self) -> Iterator[str]:
        return iter(self.asked)


@dataclass(frozen=True)
class Embedded:
    """A block as one reader is shown it: an answer, or what is wrong with it."""

    block: Block
    shown: ShownRegister | None = None
    answer: Answer | None = None
    problems: tuple[str, ...] = ()
    question: Question | None = None


def parsed(text: str) -> Block:
    """The block that a text says."""
    block = Block()
    for line in (line.strip() for line in text.splitlines()):
        name, equals, value = line.partition("=")
        if not line:
            continue
        if not block.key and not equals:
            block.key = line
        elif equals and name.strip():
            block.asked.setdefault(name.strip(), []).append(value.strip())
        else:
            block.odd.append(line)
    return block


def answered(session: Session, place: Place, block: Block) -> Embedded:
    """The block for this reader; never an error of the page that holds it."""
    register = REGISTERS.get(block.key)
    if register is None or (register.personal and not place.viewer.signed_in):
        said = _("There is no register called “%(key)s” for you.", key=block.key[:40])
        return Embedded(block, problems=(said,))
    block.asked.setdefault("limit", [str(LINES)])
    try:
        question = read(place.catalogue, register, block, place.spaces, PageFinder(session, place.viewer, ""))
    except Invalid as error:
        return Embedded(block, problems=tuple(problem.message for problem in error.problems))
    found = answer(session, place, question)
    odd = tuple(_("“%(line)s” was not understood.", line=line[:60]) for line in block.odd)
    return Embedded(block, ShownRegister(session, place, found), found, (*question.notices, *odd), question)


def with_blocks(html: Markup, show: Callable[[Block, int], Markup]) -> Markup:
    """HTML of a page with what `show` makes of each block (and its number, from 0) in its place."""
    parts: list[Markup] = []
    end = 0
    for number, match in enumerate(_BLOCK.finditer(html)):
        parts += [html[end : match.start()], show(parsed(unescape(match["text"])), number)]
        end = match.end()
    return Markup().join([*parts, html[end:]]) if parts else html
