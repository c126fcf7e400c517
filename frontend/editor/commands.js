// What can be done to the text, by name. Buttons, menus, keys and the slash menu all ask here.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { Selection } from "prosemirror-state";
import { schema } from "./schema.js";

const { paragraph, heading, blockquote, callout, code_block, bullet_list, ordered_list, list_item, horizontal_rule } = schema.nodes;

// The nearest node around the selection for which `test` holds: {node, pos, depth}, or undefined.
export function around(state, test) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (test(node)) return { node, depth, pos: $from.before(depth) };
  }
}

export const within = (state, type) => around(state, (node) => node.type === type);
const listAround = (state) => around(state, (node) => node.type === bullet_list || node.type === ordered_list);

// What the selection stands in, as the buttons call it.
export function present(state) {
  const block = state.selection.$from.parent;
  const list = listAround(state);
  const item = list && within(state, list_item);
  const task = Boolean(item) && item.node.attrs.checked !== null;
  return {
    block: block.type === heading ? `heading${block.attrs.level}` : block.type === code_block ? "code_block" : "paragraph",
    list: task ? "task" : list ? (list.node.type === bullet_list ? "bullet" : "ordered") : "",
    quote: Boolean(within(state, blockquote)),
    callout: within(state, callout)?.node.attrs.kind || "",
  };
}

export function hasMark(state, type) {
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, type);
}

function toggleBlock(type, attrs = {}) {
  return (state, dispatch) => {
    const { parent } = state.selection.$from;
    const is = parent.type === type && Object.entries(attrs).every(([key, value]) => parent.attrs[key] === value);
    return setBlockType(is ? paragraph : type, is ? null : attrs)(state, dispatch);
  };
}

function toggleWrap(type) {
  return (state, dispatch) => (within(state, type) ? lift(state, dispatch) : wrapIn(type)(state, dispatch));
}

function eachItem(state, visit) {
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, pos) => {
    const own = node.type === list_item && (node.firstChild?.isTextblock ? pos + node.firstChild.nodeSize >= from || pos + node.nodeSize > to : true);
    if (own && pos < to) visit(node, pos);
  });
}

function tick(tr, state, checked) {
  eachItem(state, (node, pos) => tr.setNodeAttribute(pos, "checked", checked));
  return tr;
}

// A list becomes another kind of list, text becomes a list, and the same again makes it text.
function toggleList(name) {
  const type = name === "ordered" ? ordered_list : bullet_list;
  return (state, dispatch) => {
    const list = listAround(state);
    if (!list) return wrap(state, dispatch, type, name === "task");
    if (present(state).list === name) return liftListItem(list_item)(state, dispatch);
    if (dispatch) {
      const tr = tick(state.tr, state, name === "task" ? false : null);
      const { src, gap, tight } = list.node.attrs;
      if (list.node.type !== type) tr.setNodeMarkup(list.pos, type, { src, gap, tight });
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

function wrap(state, dispatch, type, task) {
  return wrapInList(type)(state, dispatch && ((tr) => dispatch(task ? tick(tr, state.apply(tr), false) : tr)));
}

function setCallout(kind) {
  return (state, dispatch) => {
    const inside = within(state, callout);
    if (!inside) return wrapIn(callout, { kind })(state, dispatch);
    if (inside.node.attrs.kind === kind) return lift(state, dispatch);
    dispatch?.(state.tr.setNodeAttribute(inside.pos, "kind", kind));
    return true;
  };
}

// An empty item ends its list, as Enter would.
function outOfEmptyItem(state) {
  const item = within(state, list_item);
  let tr = state.tr;
  if (item?.node.childCount === 1 && !item.node.firstChild.content.size) liftListItem(list_item)(state, (lifted) => (tr = lifted));
  return tr;
}

// Puts a block in place of an empty paragraph, or after what the selection stands in.
export function insertBlock(node) {
  return (state, dispatch) => {
    const tr = outOfEmptyItem(state);
    const { $from } = tr.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      const parent = $from.node(depth - 1);
      const index = $from.index(depth - 1);
      const empty = $from.node(depth).type === paragraph && !$from.node(depth).content.size;
      if (!parent.canReplaceWith(empty ? index : index + 1, index + 1, node.type)) continue;
      dispatch?.(placed(tr, node, empty ? $from.before(depth) : $from.after(depth), $from.after(depth)));
      return true;
    }
    return false;
  };
}

// The caret goes into the new block, or behind it when nothing can be written in it.
function placed(tr, node, from, to) {
  tr.replaceWith(from, to, node);
  const end = from + node.nodeSize;
  if (node.isAtom && !tr.doc.resolve(end).nodeAfter) tr.insert(end, paragraph.create());
  return tr.setSelection(Selection.near(tr.doc.resolve(node.isAtom ? end : from + 1))).scrollIntoView();
}

function table(rows = 3, columns = 3) {
  const { table_row, table_cell, table_header } = schema.nodes;
  const cells = (type) => Array.from({ length: columns }, () => type.create(null, paragraph.create()));
  const row = (_, index) => table_row.create(null, cells(index ? table_cell : table_header));
  return schema.nodes.table.create(null, Array.from({ length: rows }, row));
}

export const commands = {
  bold: toggleMark(schema.marks.strong),
  italic: toggleMark(schema.marks.em),
  strike: toggleMark(schema.marks.strike),
  code: toggleMark(schema.marks.code),
  paragraph: setBlockType(paragraph),
  heading2: toggleBlock(heading, { level: 2 }),
  heading3: toggleBlock(heading, { level: 3 }),
  heading4: toggleBlock(heading, { level: 4 }),
  code_block: toggleBlock(code_block),
  bullet: toggleList("bullet"),
  ordered: toggleList("ordered"),
  task: toggleList("task"),
  quote: toggleWrap(blockquote),
  note: setCallout("note"),
  tip: setCallout("tip"),
  important: setCallout("important"),
  warning: setCallout("warning"),
  caution: setCallout("caution"),
  table: (state, dispatch) => insertBlock(table())(state, dispatch),
  divider: (state, dispatch) => insertBlock(horizontal_rule.create())(state, dispatch),
  undo,
  redo,
};
