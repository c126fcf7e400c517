// Adds, copies, removes and moves the rows of a table in place. The names count from 0 in the order of the rows,
// exactly as the server would write them, so that both ways can be mixed. A row keeps its id wherever it goes.
import { announce } from "./announce.js";
import { words } from "./words.js";

const TIED = ["id", "name", "for", "aria-describedby", "aria-labelledby", "aria-controls"];
const CONTROLS = "input, textarea, select";

export const rowsOf = (editor) => [...editor.querySelectorAll("[data-rows-list] > [data-row]")];

function rename(row, key, number) {
  const old = row.dataset.row;
  if (old === String(number)) return;
  const from = `r.${key}.${old}`;
  for (const element of [row, ...row.querySelectorAll(TIED.map((name) => `[${name}]`).join(", "))]) {
    for (const attribute of TIED) {
      const value = element.getAttribute(attribute);
      if (!value || !value.includes(from)) continue;
      const parts = value.split(" ").map((part) => (part.startsWith(from) ? `r.${key}.${number}` + part.slice(from.length) : part));
      element.setAttribute(attribute, parts.join(" "));
    }
    if (element.dataset.do) element.value = `${element.dataset.do}:${key}:${number}`;
  }
  row.dataset.row = number;
}

function renumber(editor) {
  const rows = rowsOf(editor);
  // Radio buttons and labels are tied by name: no two rows may share a number, not even for a moment.
  rows.forEach((row, index) => rename(row, editor.dataset.rows, `moving${index}`));
  rows.forEach((row, index) => {
    rename(row, editor.dataset.rows, index);
    row.querySelector("[data-row-number]").textContent = index + 1;
  });
}

export function changed(editor, text) {
  renumber(editor);
  if (text) announce(text);
  editor.dispatchEvent(new Event("input", { bubbles: true }));
}

// What people put something in: the controls that are seen, in their order.
export function inputs(row) {
  return [...row.querySelectorAll(CONTROLS)].filter((one) => one.type !== "hidden" && !one.hidden && !one.closest("[aria-hidden='true']"));
}

export function columnOf(row, control) {
  return (control.name || control.id).split(".").slice(3).join(".");
}

// `fill` puts values into the new row before what makes its controls work reads them.
export function add(editor, after = null, fill = () => {}) {
  const row = editor.querySelector(":scope > template").content.firstElementChild.cloneNode(true);
  if (after) after.after(row);
  else editor.querySelector("[data-rows-list]").append(row);
  renumber(editor);
  fill(row);
  row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
  return row;
}

function addAndSay(editor, say) {
  const row = add(editor);
  changed(editor, say("added", "Row added"));
  inputs(row)[0].focus();
}

function copyValues(from, to) {
  for (const control of from.querySelectorAll(CONTROLS)) {
    if (!control.name || control.name.endsWith(".id")) continue;
    const column = columnOf(from, control);
    const twin = [...to.querySelectorAll(CONTROLS)].find(
      (one) => one.name && columnOf(to, one) === column && (!["checkbox", "radio"].includes(one.type) || one.value === control.value),
    );
    if (!twin) continue;
    if (["checkbox", "radio"].includes(twin.type)) twin.checked = control.checked;
    else twin.value = control.value;
  }
}

function copy(editor, row, say) {
  const made = add(editor, row, (fresh) => copyValues(row, fresh));
  changed(editor, say("copied", "Row duplicated"));
  inputs(made)[0].focus();
}

function remove(editor, row, say) {
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button button-quiet row-undo";
  undo.textContent = say("undo", "Row removed. Put it back");
  undo.addEventListener("click", () => {
    undo.replaceWith(row);
    changed(editor, say("restored", "Row is back"));
    inputs(row)[0].focus();
  });
  row.replaceWith(undo);
  undo.focus();
  changed(editor, say("removed", "Row removed"));
}

// The neighbour goes round the row, so that what has the focus in the row, or holds the pointer, keeps it.
export function step(editor, row, by) {
  const rows = rowsOf(editor);
  const other = rows[rows.indexOf(row) + by];
  if (!other) return false;
  if (by < 0) row.after(other);
  else row.before(other);
  return true;
}

export function move(editor, row, by) {
  if (!step(editor, row, by)) return;
  changed(editor, words(editor)("moved", "Row moved to place {}", rowsOf(editor).indexOf(row) + 1));
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] [data-do]");
  if (!button) return;
  event.preventDefault();
  const editor = button.closest("[data-rows]");
  const row = button.closest("[data-row]");
  const say = words(editor);
  if (button.dataset.do === "add-row") addAndSay(editor, say);
  if (button.dataset.do === "copy-row") copy(editor, row, say);
  if (button.dataset.do === "remove-row") remove(editor, row, say);
  if (button.dataset.do === "row-up") move(editor, row, -1);
  if (button.dataset.do === "row-down") move(editor, row, 1);
});
