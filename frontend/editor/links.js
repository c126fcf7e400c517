// Links: what the selection stands in, what a link is made of, and where one leads.
import { NodeSelection, TextSelection } from "prosemirror-state";
import { schema, shown } from "./schema.js";

const { link } = schema.marks;
const { wikilink } = schema.nodes;
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:|\/|#|\.{1,2}\/|www\.)|^[^\s@]+@[^\s@]+\.[^\s@]+$|^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?$/i;
const UNSAFE = /^(?:javascript|data|vbscript|file):/i;

export const isAddress = (text) => ADDRESS.test(text) && !/\s/.test(text);

export function asAddress(text) {
  if (UNSAFE.test(text)) return "";
  if (/^[^\s@/]+@[^\s@]+$/.test(text)) return `mailto:${text}`;
  return /^(?:[a-z][a-z0-9+.-]*:|\/|#|\.)/i.test(text) ? text : `https://${text}`;
}

function marked(state) {
  const { $from } = state.selection;
  const mark = link.isInSet($from.marks()) || ($from.nodeAfter && link.isInSet($from.nodeAfter.marks));
  if (!mark) return null;
  const { parent } = $from;
  const start = $from.start();
  let range = null;
  parent.forEach((node, offset) => {
    const has = mark.isInSet(node.marks);
    if (has && range && range.to === start + offset) range.to += node.nodeSize;
    else if (has && (!range || range.to < $from.pos)) range = { from: start + offset, to: start + offset + node.nodeSize };
  });
  return range && range.from <= $from.pos && range.to >= state.selection.to ? { ...range, href: mark.attrs.href, text: state.doc.textBetween(range.from, range.to, " ", " ") } : null;
}

// The link at the selection: {from, to, text, href} or {from, to, text, page}, or null.
export function linkAt(state) {
  const { selection } = state;
  if (selection instanceof NodeSelection && selection.node.type === wikilink) {
    return { from: selection.from, to: selection.to, page: selection.node.attrs, text: shown(selection.node) };
  }
  return marked(state);
}

export function chosen(state) {
  const { from, to, $from, $to } = state.selection;
  return linkAt(state) || { from, to, text: $from.sameParent($to) ? state.doc.textBetween(from, to, " ", " ") : null };
}

export function unlink(view, at) {
  const { tr } = view.state;
  view.dispatch(at.page ? tr.replaceWith(at.from, at.to, schema.text(at.text)) : tr.removeMark(at.from, at.to, link));
}

export function setLink(view, at, { href, node, text }) {
  const { state } = view;
  const { tr } = state;
  if (at.text === null) return view.dispatch(tr.addMark(at.from, at.to, link.create({ href })));
  if (!node && text === at.text && at.from < at.to && !at.page) {
    tr.removeMark(at.from, at.to, link).addMark(at.from, at.to, link.create({ href }));
    return view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at.to)).removeStoredMark(link));
  }
  const marks = (state.storedMarks || state.doc.resolve(at.from).marksAcross(state.doc.resolve(at.to)) || []).filter((mark) => mark.type !== link);
  const made = node ? node.mark(marks) : schema.text(text || href, [...marks, link.create({ href })].sort((a, b) => a.type.rank - b.type.rank));
  tr.replaceWith(at.from, at.to, made);
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at.from + made.nodeSize)).scrollIntoView());
}

// Where a link leads, for "Open"; pages are asked for by their titles.
export async function addressOf(at, complete) {
  if (!at.page) return UNSAFE.test(at.href) ? "" : at.href;
  const { target } = at.page;
  if (target.includes("/")) return `/${target}`;
  const found = (await complete(target, "")).find((page) => page.title.toLowerCase() === target.toLowerCase());
  return found ? found.url : `/search?q=${encodeURIComponent(target)}`;
}
