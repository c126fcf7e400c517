// The Preview button shows the body as readers will see it, without leaving the form.
import { post } from "./send.js";
import { announce } from "./announce.js";
import { words } from "./words.js";

// The one place where HTML is written: what our own server rendered and cleaned.
const clean = window.trustedTypes?.createPolicy("preview", { createHTML: (html) => html }) || { createHTML: (html) => html };

async function show(form, place) {
  const say = words(form);
  const whole = new FormData(form);
  const body = new FormData();
  for (const name of ["body", "body.tree", "page"]) if (whole.has(name)) body.set(name, whole.get(name));
  try {
    const answer = await post(form, form.dataset.preview, body);
    place.innerHTML = clean.createHTML(await answer.text());
    announce(say("preview", "Preview is shown below"));
  } catch (error) {
    place.textContent = error.message;
  }
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

for (const form of document.querySelectorAll("form[data-preview]")) {
  const place = form.querySelector("[data-preview-here]");
  const button = form.querySelector("button[value=preview]");
  if (!place || !button) continue;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    show(form, place);
  });
}
