// The keys of a table: Enter goes down its column and makes the next row at the end, the arrows go up and down where they
// have nothing else to do, Alt and an arrow move the row. Tab leaves as everywhere.
import { add, changed, columnOf, inputs, move, rowsOf } from "./rows.js";
import { words } from "./words.js";

const ARROWS = { ArrowUp: -1, ArrowDown: 1 };

const isLine = (control) => control.matches("input") && !["checkbox", "radio", "date", "number"].includes(control.type);
const isEmpty = (row) => inputs(row).every((one) => (["checkbox", "radio"].includes(one.type) ? !one.checked : one.matches("select") || !one.value.trim()));

function go(row, column) {
  const there = inputs(row).find((one) => columnOf(row, one) === column) || inputs(row)[0];
  for (let box = there.closest("details"); box && row.contains(box); box = box.parentElement.closest("details")) box.open = true;
  there.focus();
  if (isLine(there)) there.select();
}

// Whether there was a place to go to, so that the key is used up.
function neighbour(editor, row, control, by) {
  const rows = rowsOf(editor);
  const other = rows[rows.indexOf(row) + by];
  if (other) go(other, columnOf(row, control));
  return Boolean(other);
}

function enter(editor, row, control, back) {
  if (neighbour(editor, row, control, back ? -1 : 1) || back) return;
  if (isEmpty(row)) return editor.querySelector(":scope > .rows-foot [data-do=add-row]").focus();
  const made = add(editor);
  changed(editor, words(editor)("added", "Row added"));
  go(made, "");
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-rows] [data-row]");
  if (!row || event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing) return;
  const editor = row.closest("[data-rows]");
  const by = ARROWS[event.key];
  const onHandle = event.target.matches("[data-handle]");
  if (by && (event.altKey || onHandle)) move(editor, row, by);
  else if (event.altKey) return;
  else if (by && isLine(event.target)) {
    if (!neighbour(editor, row, event.target, by)) return;
  } else if (event.key === "Enter" && event.target.matches("input, select")) enter(editor, row, event.target, event.shiftKey);
  else return;
  event.preventDefault();
});

// Control (or Command) and Enter saves from anywhere in a form, rows included.
document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.("form[data-place]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".form-buttons [name=do][value=save]"));
});

for (const hint of document.querySelectorAll("[data-rows-keys]")) hint.hidden = !matchMedia("(pointer: fine)").matches;
