// The editor of a page template: what is below it follows what is written, a moment after the last key.
import { post } from "./send.js";

const ours = { createHTML: (html) => html };
// What our own server wrote; no script in it runs.
const written = window.trustedTypes?.createPolicy("templates", ours) || ours;
const form = document.getElementById("template-editor");
const place = document.getElementById("template-preview");
const PAUSE = 500;
let unstored = Boolean(form?.dataset.unstored);
let waiting = 0;
let asked = 0;

async function look() {
  const number = ++asked;
  try {
    const answer = await post(form, form.dataset.look, new FormData(form));
    const html = await answer.text();
    if (number === asked) place.innerHTML = written.createHTML(html);
  } catch {
    // offline, or signed out: the button says so
  }
}

form?.addEventListener("submit", () => {
  unstored = false;
});
window.addEventListener("beforeunload", (event) => {
  if (unstored) event.preventDefault();
});

form?.addEventListener("input", (event) => {
  unstored = true;
  if (["why", "new.label", "new.type", "new.choices", "new.help"].includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
