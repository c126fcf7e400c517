// Rows are dragged by their handle, with the mouse, a pen or a finger. Escape puts the row back.
import { changed, rowsOf, step } from "./rows.js";
import { words } from "./words.js";

const EDGE = 80;
const SPEED = 14;

function drag(handle, start) {
  const row = handle.closest("[data-row]");
  const editor = row.closest("[data-rows]");
  const began = rowsOf(editor).indexOf(row);
  let y = start.clientY;
  let frame = 0;

  const middle = (other) => {
    const box = other.getBoundingClientRect();
    return box.top + box.height / 2;
  };

  function settle() {
    const rows = rowsOf(editor);
    const at = rows.indexOf(row);
    if (rows[at - 1] && y < middle(rows[at - 1])) step(editor, row, -1);
    else if (rows[at + 1] && y > middle(rows[at + 1])) step(editor, row, 1);
  }

  function follow() {
    if (y < EDGE) window.scrollBy(0, -SPEED);
    if (y > window.innerHeight - EDGE * 1.5) window.scrollBy(0, SPEED);
    settle();
    frame = requestAnimationFrame(follow);
  }

  function stop(back) {
    cancelAnimationFrame(frame);
    row.classList.remove("dragged");
    document.documentElement.classList.remove("dragging-row");
    for (const [name, act] of Object.entries(acts)) window.removeEventListener(name, act, true);
    while (back && rowsOf(editor).indexOf(row) !== began) step(editor, row, rowsOf(editor).indexOf(row) > began ? -1 : 1);
    const at = rowsOf(editor).indexOf(row);
    if (at !== began) changed(editor, words(editor)("moved", "Row moved to place {}", at + 1));
    handle.focus();
  }

  const acts = {
    pointermove: (event) => (y = event.clientY),
    pointerup: (event) => {
      y = event.clientY;
      settle();
      stop(false);
    },
    pointercancel: () => stop(true),
    keydown: (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      stop(true);
    },
  };

  row.classList.add("dragged");
  document.documentElement.classList.add("dragging-row");
  for (const [name, act] of Object.entries(acts)) window.addEventListener(name, act, true);
  frame = requestAnimationFrame(follow);
}

function ready(place) {
  for (const handle of place.querySelectorAll("[data-handle]")) handle.hidden = false;
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.button === 0 && event.target.closest("[data-handle]");
  if (!handle) return;
  event.preventDefault();
  drag(handle, event);
});

ready(document);
document.addEventListener("rows:added", (event) => ready(event.target));
