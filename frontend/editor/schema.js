// What a document may hold: the same names and attributes as wiki/rendering/editor/, told in docs/editor.md.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

// The exact source of a block and the blank lines after it; only the server reads them.
const kept = { src: { default: null }, gap: { default: null } };

const heading = (level) => ({ tag: `h${level}`, attrs: { level } });

function cells() {
  const align = {
    default: null,
    getFromDOM: (dom) => ["left", "center", "right"].find((one) => dom.classList.contains(`align-${one}`)) || null,
    setDOMAttr: (value, attrs) => value && (attrs.class = `align-${value}`),
  };
  const nodes = tableNodes({ tableGroup: "block", cellContent: "paragraph", cellAttributes: { align } });
  nodes.table.attrs = { ...nodes.table.attrs, ...kept };
  return nodes;
}

const blocks = {
  // A box of source stands nowhere else.
  doc: { content: "(block | source)+", attrs: { before: { default: "" }, after: { default: "" } } },
  paragraph: { content: "inline*", group: "block", attrs: kept, parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    content: "inline*",
    group: "block",
    defining: true,
    attrs: { level: { default: 2 }, ...kept },
    parseDOM: [1, 2, 3, 4, 5, 6].map(heading),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: { content: "block+", group: "block", defining: true, attrs: kept, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  callout: {
    content: "block+",
    group: "block",
    defining: true,
    attrs: { kind: { default: "note" }, title: { default: "" }, form: { default: "quote" }, ...kept },
    parseDOM: [{ tag: "div.callout", getAttrs: (dom) => ({ kind: dom.dataset.kind || "note", title: dom.dataset.title || "", form: dom.dataset.form || "quote" }) }],
    toDOM: ({ attrs }) => ["div", { class: `callout callout-${attrs.kind}`, "data-kind": attrs.kind, "data-title": attrs.title, "data-form": attrs.form }, 0],
  },
  code_block: {
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    attrs: { params: { default: "" }, ...kept },
    parseDOM: [{ tag: "pre", preserveWhitespace: "full", getAttrs: (dom) => ({ params: dom.dataset.params || "" }) }],
    toDOM: (node) => ["pre", { "data-params": node.attrs.params }, ["code", 0]],
  },
  source: {
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    attrs: { holds: { default: "markdown" }, ...kept },
    parseDOM: [{ tag: "pre.island", preserveWhitespace: "full", priority: 60, getAttrs: (dom) => ({ holds: dom.dataset.holds }) }],
    toDOM: (node) => ["pre", { class: "island", "data-holds": node.attrs.holds }, ["code", 0]],
  },
  bullet_list: {
    content: "list_item+",
    group: "block",
    attrs: { tight: { default: true }, bullet: { default: "-" }, ...kept },
    parseDOM: [{ tag: "ul" }],
    toDOM: (node) => ["ul", node.attrs.tight ? { class: "tight" } : {}, 0],
  },
  ordered_list: {
    content: "list_item+",
    group: "block",
    attrs: { tight: { default: true }, order: { default: 1 }, delim: { default: "." }, ...kept },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ order: dom.start ?? 1 }) }],
    toDOM: ({ attrs }) => ["ol", { ...(attrs.order === 1 ? {} : { start: attrs.order }), ...(attrs.tight ? { class: "tight" } : {}) }, 0],
  },
  list_item: {
    content: "block+",
    defining: true,
    attrs: { checked: { default: null } },
    parseDOM: [{ tag: "li", getAttrs: (dom) => ({ checked: "checked" in dom.dataset ? dom.dataset.checked === "true" : null }) }],
    toDOM: ({ attrs }) => ["li", attrs.checked === null ? {} : { class: "task", "data-checked": String(attrs.checked) }, 0],
  },
  horizontal_rule: { group: "block", attrs: kept, parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  ...cells(),
};

const leaf = { inline: true, group: "inline" };

const inline = {
  text: { group: "inline" },
  hard_break: { ...leaf, selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  image: {
    ...leaf,
    draggable: true,
    attrs: { src: {}, alt: { default: "" }, title: { default: null } },
    parseDOM: [{ tag: "[data-picture]", getAttrs: (dom) => JSON.parse(dom.dataset.picture) }],
    toDOM: (node) => ["span", { "data-picture": JSON.stringify(node.attrs) }, node.attrs.alt],
  },
  wikilink: {
    ...leaf,
    attrs: { target: {}, fragment: { default: "" }, text: { default: "" } },
    parseDOM: [{ tag: "a[data-wikilink]", priority: 60, getAttrs: (dom) => JSON.parse(dom.dataset.wikilink) }],
    toDOM: (node) => ["a", { class: "wikilink", "data-wikilink": JSON.stringify(node.attrs) }, shown(node)],
    leafText: (node) => shown(node),
  },
  footnote_ref: {
    ...leaf,
    attrs: { label: {} },
    parseDOM: [{ tag: "sup[data-note]", getAttrs: (dom) => ({ label: dom.dataset.note }) }],
    toDOM: (node) => ["sup", { class: "footnote-ref", "data-note": node.attrs.label }, `[${node.attrs.label}]`],
  },
  html_inline: {
    ...leaf,
    attrs: { raw: {} },
    parseDOM: [{ tag: "code[data-raw]", priority: 60, getAttrs: (dom) => ({ raw: dom.dataset.raw }) }],
    toDOM: (node) => ["code", { class: "raw", "data-raw": node.attrs.raw }, node.attrs.raw],
  },
};

const simple = (tag, ...others) => ({ parseDOM: [tag, ...others].map((one) => ({ tag: one })), toDOM: () => [tag, 0] });

const marks = {
  link: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href"), title: dom.getAttribute("title") }) }],
    toDOM: ({ attrs }) => ["a", { href: attrs.href, title: attrs.title, rel: "noreferrer" }, 0],
  },
  em: simple("em", "i"),
  strong: simple("strong", "b"),
  strike: simple("s", "del"),
  code: { code: true, ...simple("code") },
};

export const schema = new Schema({ nodes: { ...blocks, ...inline }, marks });

// What is read of a link to a page.
export function shown({ attrs }) {
  return attrs.text || [attrs.target, attrs.fragment].filter(Boolean).join(" › ");
}
