// Tables as Markdown has them: one row of heads, then cells, each column with one alignment. The buttons for them stand
// below the table in which the caret is.
import { keymap } from "prosemirror-keymap";
import { Plugin, TextSelection } from "prosemirror-state";
import { addColumnAfter, addColumnBefore, addRow, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, selectedRect, tableEditing } from "prosemirror-tables";
import { within } from "./commands.js";
import { schema } from "./schema.js";
import { toolbar } from "./toolbar.js";

const { table, table_cell, table_header, paragraph } = schema.nodes;

function align(where) {
  return (state, dispatch) => {
    if (!isInTable(state)) return false;
    const rect = selectedRect(state);
    const tr = state.tr;
    for (let column = rect.left; column < rect.right; column++) {
      for (let row = 0; row < rect.map.height; row++) {
        tr.setNodeAttribute(rect.tableStart + rect.map.map[row * rect.map.width + column], "align", where);
      }
    }
    dispatch?.(tr);
    return true;
  };
}

// The head stays the head: what is added above it is added below.
function rowBefore(state, dispatch) {
  if (!isInTable(state)) return false;
  const rect = selectedRect(state);
  dispatch?.(addRow(state.tr, rect, Math.max(1, rect.top)));
  return true;
}

// A table of which everything but the head is taken away goes as a whole.
const takeRow = (state, dispatch) => (isInTable(state) && selectedRect(state).map.height === 1 ? deleteTable : deleteRow)(state, dispatch);
const takeColumn = (state, dispatch) => (isInTable(state) && selectedRect(state).map.width === 1 ? deleteTable : deleteColumn)(state, dispatch);

export const tableCommands = {
  row_before: rowBefore,
  row_after: addRowAfter,
  row_delete: takeRow,
  column_before: addColumnBefore,
  column_after: addColumnAfter,
  column_delete: takeColumn,
  align_left: align(null),
  align_center: align("center"),
  align_right: align("right"),
  table_delete: deleteTable,
};

const alone = (cell) => (cell.attrs.colspan > 1 || cell.attrs.rowspan > 1 ? { colspan: 1, rowspan: 1, colwidth: null } : {});

// After each change: heads in the first row and nowhere else, and in each column the alignment of its head.
function tidied(tr, node, pos) {
  const head = node.firstChild;
  node.forEach((row, rowOffset, rowIndex) => {
    row.forEach((cell, cellOffset, column) => {
      const type = rowIndex ? table_cell : table_header;
      const wanted = { ...cell.attrs, align: head.maybeChild(column)?.attrs.align ?? null, ...alone(cell) };
      if (cell.type === type && cell.attrs.align === wanted.align && cell.attrs.colspan === wanted.colspan && cell.attrs.rowspan === wanted.rowspan) return;
      tr.setNodeMarkup(pos + rowOffset + cellOffset + 2, type, wanted);
    });
  });
}

const tidy = new Plugin({
  appendTransaction(transactions, _before, state) {
    if (!transactions.some((one) => one.docChanged)) return null;
    const tr = state.tr;
    state.doc.descendants((node, pos) => {
      if (node.type === table) tidied(tr, node, pos);
      return !node.isTextblock && node.type !== table;
    });
    return tr.docChanged ? tr : null;
  },
});

// From the last cell on into a new row.
function nextCell(state, dispatch, view) {
  if (goToNextCell(1)(state, dispatch)) return true;
  if (!addRowAfter(state, dispatch)) return false;
  return view ? goToNextCell(1)(view.state, view.dispatch) : true;
}

// Enter goes to the cell below, and from the last row on into a new one; in an empty last row it leaves the table.
function below(state, dispatch) {
  if (!isInTable(state)) return false;
  const rect = selectedRect(state);
  const row = rect.top + 1;
  if (row === rect.map.height && row > 1 && !rect.table.lastChild.textContent) return leave(state, dispatch, rect);
  if (!dispatch) return true;
  const tr = row < rect.map.height ? state.tr : addRow(state.tr, rect, row);
  const now = tr.doc.nodeAt(rect.tableStart - 1);
  let pos = rect.tableStart;
  for (let index = 0; index < row; index++) pos += now.child(index).nodeSize;
  for (let column = 0; column < rect.left; column++) pos += now.child(row).child(column).nodeSize;
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(pos + 2))).scrollIntoView());
  return true;
}

function leave(state, dispatch, rect) {
  const end = rect.tableStart + rect.table.nodeSize - 1;
  const last = rect.table.lastChild.nodeSize;
  if (!dispatch) return true;
  const tr = state.tr.delete(end - 1 - last, end - 1);
  const after = tr.mapping.map(end);
  if (tr.doc.resolve(after).nodeAfter?.type !== paragraph) tr.insert(after, paragraph.create());
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).scrollIntoView());
  return true;
}

export function tablePlugins() {
  return [keymap({ Tab: nextCell, "Shift-Tab": goToNextCell(-1), Enter: below }), tableEditing(), tidy];
}

// The buttons, below the table; `bar` stands in the same frame as the text.
export function tableTools(bar, { run, back }) {
  const tools = toolbar(bar, { run, back });
  return {
    focus: tools.focus,
    hide: () => (bar.hidden = true),
    get shown() {
      return !bar.hidden;
    },
    update(view) {
      const found = within(view.state, table);
      bar.hidden = !found;
      if (!found) return;
      const rect = selectedRect(view.state);
      const where = rect.table.firstChild.child(rect.left).attrs.align || "left";
      for (const one of ["left", "center", "right"]) tools.press(`align_${one}`, one === where);
      const element = view.nodeDOM(found.pos);
      const frame = bar.offsetParent.getBoundingClientRect();
      bar.style.insetBlockStart = `${element.getBoundingClientRect().bottom - frame.top + 6}px`;
    },
  };
}
