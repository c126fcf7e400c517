"""How footnotes look: a numbered reference, the notes at the end, a way back with a name for those who do not see it."""

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from wiki.i18n import gettext as _
from wiki.rendering.headings import slug


class FootnoteRules:
    """Render rules for the tokens of the footnote plugin."""

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        seal, name = _names(tokens[idx], env)
        number = tokens[idx].meta["id"] + 1
        again = _again(tokens[idx])
        label = escape(_("Note %(number)s", number=number))
        return (
            f'<sup class="footnote-ref"><a href="#{seal}fn{name}" id="{seal}fnref{name}{again}"'
            f' aria-label="{seal}{label}">{number}</a></sup>'
        )

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        seal = env["page"].seal
        return f'<section class="footnotes" aria-label="{seal}{escape(_("Notes"))}">\n<ol>\n'

    def footnote_block_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        seal, name = _names(tokens[idx], env)
        return f'<li id="{seal}fn{name}">'

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        seal, name = _names(tokens[idx], env)
        label = escape(_("Back to the text"))
        return f' <a href="#{seal}fnref{name}{_again(tokens[idx])}" aria-label="{seal}{label}">↩︎</a>'


def _names(token: Token, env: EnvType) -> tuple[str, str]:
    page: Any = env["page"]
    prefix = f"-{slug(page.prefix)}-" if page.prefix else ""
    return page.seal, f"{prefix}{token.meta['id'] + 1}"


def _again(token: Token) -> str:
    """A note may be referred to several times; each place has its own id."""
    return f"-{token.meta['subId']}" if token.meta.get("subId", 0) > 0 else ""
