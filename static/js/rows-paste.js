// A table copied from a spreadsheet fills the cells from where it is pasted; rows are added as they are needed. A first
// line that repeats the columns' titles says which is which. One button takes it all back.
import { announce } from "./announce.js";
import { add, changed, inputs, rowsOf } from "./rows.js";
import { words } from "./words.js";

// Tab-separated lines; a cell in quotes may hold tabs, line breaks and doubled quotes.
export function table(text) {
  const lines = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  while (cell.lastIndex <= source.length) {
    const found = cell.exec(source);
    if (!found) break;
    lines.at(-1).push((found[1] === undefined ? found[2] : found[1].replaceAll('""', '"')).trim());
    if (!found[3]) break;
    if (found[3] === "\n") lines.push([]);
  }
  return lines;
}

const plain = (text) => text.trim().toLocaleLowerCase();

// The columns of a row in the order in which they are shown, each with the controls it is made of.
function columns(row) {
  return [...row.querySelectorAll(".cell")].map((cell) => ({
    title: plain((cell.querySelector("label, legend")?.firstChild.textContent || "")),
    controls: [...cell.querySelectorAll("input, textarea, select")].filter((one) => one.name && (one.type !== "hidden" || one.dataset.picked !== undefined)),
  }));
}

function tick(controls, text) {
  const boxes = controls.filter((one) => ["checkbox", "radio"].includes(one.type));
  const wanted = text.split(/[;,\n]/).map(plain);
  for (const box of boxes) box.checked = wanted.includes(plain(box.value)) || wanted.includes(plain(box.labels[0]?.textContent || ""));
  return boxes.some((box) => box.checked);
}

// Puts the text of one cell into its controls; false if it does not fit.
function put(controls, text) {
  const [first, second] = controls;
  if (!first || !text) return true;
  if (["checkbox", "radio"].includes(first.type)) return tick(controls, text);
  for (const one of controls) if (one.type === "date") one.type = "text"; // a control of days would drop words
  if (first.matches("select")) {
    const option = [...first.options].find((one) => plain(one.value) === plain(text) || plain(one.textContent) === plain(text));
    if (!option) return false;
    first.value = option.value;
  } else if (second && /\.until$/.test(second.name)) [first.value, second.value] = [...text.split(/\s+[–-]\s+|\.\.+/), ""];
  else if (second && /\.currency$/.test(second.name)) {
    first.value = text.replace(/[A-Za-z]{3}|[$€£]/g, "").trim();
    second.value = text.match(/[A-Z]{3}/)?.[0] || second.value;
  } else first.value = first.matches("textarea") && first.dataset.lines !== undefined ? text.replace(/\s*;\s*/g, "\n") : text;
  return true;
}

// Which column each cell of a line belongs to: by titles, or one after the other from where the cursor is.
function places(row, line, control) {
  const known = columns(row);
  const titled = line.map((text) => known.findIndex((one) => one.title && one.title === plain(text)));
  if (line.length > 1 && titled.filter((at) => at >= 0).length * 2 > line.length) return { titled: true, order: titled };
  const from = known.findIndex((one) => one.controls.includes(control) || control.closest(".cell")?.contains(one.controls[0]));
  return { titled: false, order: line.map((_text, n) => (from + n < known.length ? from + n : -1)) };
}

const snapshot = (row) => [...row.querySelectorAll("input, textarea, select")].map((one) => [one, one.value, one.checked]);

function restore(values) {
  for (const [control, value, checked] of values) {
    control.value = value;
    if (control.checked !== undefined) control.checked = checked;
  }
}

function offerUndo(editor, before, added, told) {
  const say = words(editor);
  const bar = document.createElement("p");
  const undo = document.createElement("button");
  bar.className = "pasted";
  undo.type = "button";
  undo.className = "button button-quiet";
  undo.textContent = say("unpaste", "Take it back");
  undo.addEventListener("click", () => {
    before.forEach(restore);
    added.forEach((row) => row.remove());
    editor.dispatchEvent(new CustomEvent("rows:filled", { bubbles: true }));
    changed(editor, say("unpasted", "What was pasted is gone again"));
    bar.remove();
    inputs(rowsOf(editor).at(-1) || editor)[0]?.focus();
  });
  bar.append(told, " ", undo);
  editor.querySelector(":scope > .pasted")?.remove();
  editor.querySelector(":scope > .rows-foot").before(bar);
}

function fill(editor, row, control, lines) {
  const { titled, order } = places(row, lines[0], control);
  const say = words(editor);
  const rows = rowsOf(editor);
  const before = rows.map(snapshot);
  const added = [];
  let at = rows.indexOf(row);
  let unread = 0;
  for (const line of titled ? lines.slice(1) : lines) {
    let target = rowsOf(editor)[at++];
    const write = (one) => line.forEach((text, n) => (unread += order[n] < 0 || put(columns(one)[order[n]].controls, text) ? 0 : 1));
    if (target) write(target);
    else added.push(add(editor, null, write));
  }
  editor.dispatchEvent(new CustomEvent("rows:filled", { bubbles: true }));
  const count = titled ? lines.length - 1 : lines.length;
  const told = say("pasted", "Rows filled from what you pasted: {}.", count) + (unread ? ` ${say("unread", "Cells that did not fit and stayed empty: {}.", unread)}` : "");
  changed(editor, "");
  announce(told);
  offerUndo(editor, before, added, told);
}

document.addEventListener("paste", (event) => {
  const control = event.target.closest?.("[data-row] input, [data-row] select, [data-row] textarea");
  if (!control) return;
  const text = event.clipboardData.getData("text/plain");
  const lines = table(text);
  const cells = lines.some((line) => line.length > 1);
  if (!cells && (lines.length < 2 || control.matches("textarea") || control.closest(".picker"))) return;
  event.preventDefault();
  fill(control.closest("[data-rows]"), control.closest("[data-row]"), control, lines);
});
