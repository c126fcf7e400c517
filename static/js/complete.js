// Suggestions for people, organisations and pages: <input data-complete="person,role">, and line by line in
// <textarea data-complete data-lines>.
import { insert } from "./insert.js";
import { suggest } from "./suggest.js";

function line(field) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", start);
  return [start, end < 0 ? field.value.length : end];
}

function complete(field) {
  const lines = "lines" in field.dataset;
  const range = () => (lines ? line(field) : [0, field.value.length]);
  suggest(field, {
    source: () => ({ query: field.value.slice(...range()).trim(), kinds: field.dataset.complete }),
    choose: (item) => insert(field, item.typed + (lines && range()[1] === field.value.length ? "\n" : ""), ...range()),
  });
}

document.querySelectorAll("[data-complete]").forEach(complete);
document.addEventListener("rows:added", (event) => event.target.querySelectorAll("[data-complete]").forEach(complete));
