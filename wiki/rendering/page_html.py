"""Tokens to HTML: the renderer of pages. It counts what it writes, asks the resolver where links go, and seals its marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from wiki.i18n import gettext as _
from wiki.rendering import guard
from wiki.rendering.footnotes import FootnoteRules
from wiki.rendering.headings import Anchors, inline_text, slug
from wiki.rendering.highlight import LONGEST_PAGE, highlight
from wiki.rendering.links import LinkResolver, NoLinks, Target, Wikilink, attachment_name, is_external
from wiki.rendering.raw_html import show_unknown

_PRE = '<pre tabindex="{seal}0"><code{language}>{code}</code></pre>\n'
_LANGUAGE = re.compile(r"[\w+#.\-]{1,40}")


@dataclass
class Page:
    """One rendering on its way: what to ask, what was found, how much was written."""

    seal: str = ""
    links: LinkResolver = field(default_factory=NoLinks)
    anchors: Anchors = field(default_factory=Anchors)
    heading_ids: dict[int, str] = field(default_factory=dict)
    prefix: str = ""
    wikilinks: list[Wikilink] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    written: int = 0
    linked: int = 0
    coloured: int = 0
    _targets: dict[str, Target | None] = field(default_factory=dict)

    def target(self, name: str) -> Target | None:
        """Where a wikilink leads; every name is asked for once."""
        if name not in self._targets:
            self._targets[name] = self.links.wikilink(name)
        return self._targets[name]

    def write(self, piece: str) -> str:
        self.written += len(piece)
        if self.written > guard.OUTPUT:
            raise guard.TooHard(guard.Limit.OUTPUT)
        return piece

    def count_link(self) -> None:
        self.linked += 1
        if self.linked > guard.LINKS:
            raise guard.TooHard(guard.Limit.LINKS)


def _page(env: EnvType) -> Page:
    page = env["page"]
    assert isinstance(page, Page)
    return page


def callout_title(kind: str) -> str:
    """The word over a callout that has no title of its own."""
    return {
        "note": _("Note"),
        "tip": _("Tip"),
        "important": _("Important"),
        "warning": _("Warning"),
        "caution": _("Caution"),
    }[kind]


class PageHtml(FootnoteRules, RendererHTML):
    """Render rules by token type; `env["page"]` is the `Page` being made."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        page, rules, out = _page(env), self.rules, []
        for index, token in enumerate(tokens):
            if token.type == "inline":
                if "task" in token.meta:
                    out.append(page.write(_task_box(token.meta["task"], page.seal)))
                if token.children:
                    out.append(self.renderInline(token.children, options, env))
            elif token.type in rules:
                out.append(page.write(rules[token.type](tokens, index, options, env)))
            else:
                out.append(page.write(self.renderToken(tokens, index, options, env)))
        return "".join(out)

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        page, rules, out = _page(env), self.rules, []
        for index, token in enumerate(tokens):
            if token.type == "text":
                out.append(page.write(escapeHtml(token.content)))
            elif token.type in rules:
                out.append(page.write(rules[token.type](tokens, index, options, env)))
            else:
                out.append(page.write(self.renderToken(tokens, index, options, env)))
        return "".join(out)

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        page = _page(env)
        return f'<{tokens[idx].tag} id="{page.seal}{page.heading_ids[idx]}">'

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        if "task" not in tokens[idx].meta:
            return self.renderToken(tokens, idx, options, env)
        plain = self.renderToken(tokens, idx, options, env)
        return plain.replace("<li", f'<li class="{_page(env).seal}task"', 1)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        seal = _page(env).seal
        label = escape(_("Table"))
        around = f'class="{seal}table-scroll" role="{seal}group" tabindex="{seal}0" aria-label="{seal}{label}"'
        return f"<div {around}>\n<table>\n"

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table>\n</div>\n"

    def callout_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        kind, seal = tokens[idx].meta["kind"], _page(env).seal
        title = escape(tokens[idx].meta["title"] or callout_title(kind))
        return (
            f'<div class="callout callout-{kind}" role="{seal}note">\n'
            f'<p class="callout-title">{title}</p>\n'
        )  # fmt: skip

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        name = unescapeAll(token.info).strip().split(maxsplit=1)[0] if token.info.strip() else ""
        language = f' class="language-{name}"' if _LANGUAGE.fullmatch(name) else ""
        code = _coloured(_page(env), token.content, name) or escapeHtml(token.content)
        return _PRE.format(seal=_page(env).seal, language=language, code=code)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _PRE.format(seal=_page(env).seal, language="", code=escapeHtml(tokens[idx].content))

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return show_unknown(tokens[idx].content)

    html_inline = html_block

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        page, token = _page(env), tokens[idx]
        page.count_link()
        href, title = str(token.attrs["href"]), token.attrs.get("title", "")
        name = attachment_name(href)
        if name is not None:
            return _attachment_link(page, name, str(title))
        titled = f' title="{escapeHtml(str(title))}"' if title else ""
        return f'<a href="{escapeHtml(href)}"{titled}>'

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        page, token = _page(env), tokens[idx]
        page.count_link()
        source, alt = str(token.attrs["src"]), inline_text(token.children)
        title = f' title="{escapeHtml(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
        name = attachment_name(source)
        if name is not None:
            return _attachment_image(page, name, alt, title)
        page.images.append(source)
        if is_external(source):  # a picture from elsewhere would tell that site who reads what
            return f'<a href="{escapeHtml(source)}"{title}>{escapeHtml(alt or source)}</a>'
        return f'<img src="{escapeHtml(source)}" alt="{escapeHtml(alt)}"{title} />'

    def wikilink(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        page = _page(env)
        page.count_link()
        link: Wikilink = tokens[idx].meta["link"]
        if not link.target:
            anchor = page.anchors.find(link.fragment) or link.fragment
            return f'<a href="#{escape(anchor)}">{escape(link.typed, quote=False)}</a>'
        page.wikilinks.append(link)
        return _wikilink(page, link, page.target(link.target))


def _coloured(page: Page, code: str, name: str) -> str | None:
    if not name or page.coloured + len(code) > LONGEST_PAGE:
        return None
    coloured = highlight(code, name)
    page.coloured += len(code) if coloured else 0
    return coloured


def _task_box(state: str, seal: str) -> str:
    label = _("Done") if state == "done" else _("To do")
    checked = ' checked=""' if state == "done" else ""
    box = f'class="{seal}task-box" type="checkbox" disabled=""{checked} aria-label="{seal}{escape(label)}"'
    return f"<input {box} /> "


def _attachment_link(page: Page, name: str, title: str) -> str:
    href = _attachment(page, name)
    if href is None:
        return f'<a class="{page.seal}file {page.seal}missing" title="{escape(_("This file does not exist."))}">'
    titled = f' title="{escape(title)}"' if title else ""
    return f'<a class="{page.seal}file" href="{escape(href)}"{titled}>'


def _attachment_image(page: Page, name: str, alt: str, title: str) -> str:
    src = _attachment(page, name)
    if src is None:
        said = _("Missing picture: %(name)s", name=alt or name)
        return f'<span class="{page.seal}file {page.seal}missing">{escape(said, quote=False)}</span>'
    return f'<img src="{escape(src)}" alt="{escape(alt)}"{title} loading="lazy" />'


def _attachment(page: Page, name: str) -> str | None:
    page.attachments.append(name)
    return page.links.attachment(name)


def _wikilink(page: Page, link: Wikilink, target: Target | None) -> str:
    if target is None:
        return escape(link.typed, quote=False)
    seal, href = page.seal, escape(target.href)
    if target.missing:
        hint = escape(_("This page does not exist yet."))
        said = escape(link.typed, quote=False)
        return f'<a class="{seal}wikilink {seal}missing" href="{href}" title="{hint}">{said}</a>'
    shown, typed = link.typed, ""
    if not link.text and "/" in link.target:
        shown, typed = target.title, f' data-typed="{seal}{escape(link.typed)}"'
    where = f' data-page="{seal}{target.page_id}"' if target.page_id is not None else ""
    return f'<a class="{seal}wikilink"{where}{typed} href="{href}{_fragment(link)}">{escape(shown, quote=False)}</a>'


def _fragment(link: Wikilink) -> str:
    if not link.fragment:
        return ""
    return escape(f"#r-{link.row}" if link.row else f"#h-{slug(link.fragment)}")
