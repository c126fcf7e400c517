// Adds, removes and moves the rows of a table in place. The names count from 0 in the order of the rows,
// exactly as the server would write them, so that both ways can be mixed.
import { announce } from "./announce.js";
import { words } from "./words.js";

const rowsOf = (editor) => [...editor.querySelectorAll("[data-rows-list] > [data-row]")];

function rename(row, key, number) {
  const old = row.dataset.row;
  if (old === String(number)) return;
  const from = `r.${key}.${old}`;
  for (const element of [row, ...row.querySelectorAll("[id], [name], [for], [aria-describedby]")]) {
    for (const attribute of ["id", "name", "for", "aria-describedby"]) {
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

function changed(editor, text) {
  renumber(editor);
  announce(text);
  editor.dispatchEvent(new Event("input", { bubbles: true }));
}

function firstInput(row) {
  return row.querySelector("input:not([type=hidden]), textarea, select");
}

function add(editor, say) {
  const row = editor.querySelector("template").content.firstElementChild.cloneNode(true);
  editor.querySelector("[data-rows-list]").append(row);
  changed(editor, say("added", "Row added"));
  row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
  firstInput(row).focus();
}

function remove(editor, row, say) {
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button button-quiet row-undo";
  undo.textContent = say("undo", "Row removed. Put it back");
  undo.addEventListener("click", () => {
    undo.replaceWith(row);
    changed(editor, say("restored", "Row is back"));
    firstInput(row).focus();
  });
  row.replaceWith(undo);
  undo.focus();
  changed(editor, say("removed", "Row removed"));
}

function move(editor, row, step, button, say) {
  const rows = rowsOf(editor);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  changed(editor, say("moved", "Row moved to place {}", rowsOf(editor).indexOf(row) + 1));
  button.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] [data-do]");
  if (!button) return;
  event.preventDefault();
  const editor = button.closest("[data-rows]");
  const row = button.closest("[data-row]");
  const say = words(editor);
  if (button.dataset.do === "add-row") add(editor, say);
  if (button.dataset.do === "remove-row") remove(editor, row, say);
  if (button.dataset.do === "row-up") move(editor, row, -1, button, say);
  if (button.dataset.do === "row-down") move(editor, row, 1, button, say);
});

document.addEventListener("keydown", (event) => {
  const row = event.altKey && event.target.closest("[data-row]");
  if (!row || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const editor = row.closest("[data-rows]");
  move(editor, row, event.key === "ArrowUp" ? -1 : 1, event.target, words(editor));
});
