// What is done to a line of a register opens in a dialog, and the list is brought up to date in place.
// Without this script the same links lead to small pages with the same forms.
import { announce } from "./announce.js";
import { words } from "./words.js";

// A whole page of our own server, as a document: no text is ever turned into markup here.
function page(method, url, body) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "document";
    request.onload = () => (request.response ? resolve({ document: request.response, ok: request.status < 400 }) : reject(new Error(request.statusText)));
    request.onerror = () => reject(new Error(request.statusText));
    request.send(body);
  });
}

const formOf = (answer) => answer.querySelector("[data-act-form]");

// The parts of the list that may have changed: found in both documents by their ids.
function bringUpToDate(answer) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = answer.getElementById(part.id);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
  const told = answer.querySelector(".flashes")?.textContent.trim();
  if (told) announce(told);
}

function show(dialog, answer, close) {
  const form = document.adoptNode(formOf(answer));
  const heading = document.createElement("h2");
  heading.textContent = answer.querySelector("h1").textContent;
  dialog.replaceChildren(heading, form);
  dialog.setAttribute("aria-label", heading.textContent);
  form.dispatchEvent(new Event("rows:added", { bubbles: true })); // pickers and days look for their fields again
  form.querySelector("[data-act-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    try {
      const done = await page("POST", form.action, new FormData(form));
      if (formOf(done.document)) show(dialog, done.document, close);
      else if (done.ok) {
        close();
        bringUpToDate(done.document);
      } else throw new Error(done.document.querySelector("h1")?.textContent || "");
    } catch (error) {
      button.disabled = false;
      announce(error.message || words(form)("not_sent", "Not sent. Try again."));
    }
  });
  (form.querySelector("input:not([type=hidden]), select, textarea") || form.querySelector("button")).focus();
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-act]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  link.closest("details[data-menu]")?.removeAttribute("open");
  const line = link.closest("[data-line]")?.dataset.line;
  try {
    const answer = await page("GET", link.href);
    if (!formOf(answer.document)) throw new Error();
    const dialog = document.createElement("dialog");
    dialog.className = "act-dialog";
    document.body.append(dialog);
    const close = () => dialog.close();
    dialog.addEventListener("close", () => {
      dialog.remove();
      const back = document.querySelector(`[data-line="${CSS.escape(line || "")}"] a`) || document.getElementById("main");
      (link.isConnected ? link : back).focus();
    });
    dialog.showModal();
    show(dialog, answer.document, close);
  } catch {
    location.assign(link.href);
  }
});
