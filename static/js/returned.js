// Offers text that this device has and the server never got. Nothing is put in the form, or thrown away, unasked.
import { dropHere, entriesOf, foundHere } from "./device.js";
import { words } from "./words.js";

const ABOUT = ["base", "draft_place", "note"];
const RESUMED = "holdfast.resumed";

function same(entries, form) {
  const told = (list) => JSON.stringify(list.filter(([name, value]) => value && !ABOUT.includes(name)).sort());
  return told(entries) === told(entriesOf(form));
}

// What was kept goes to the server as it is; it answers with the form, or with a comparison.
function sendAs(form, found, command) {
  const sent = document.createElement("form");
  sent.method = "post";
  sent.action = form.action;
  for (const [name, value] of [...found.entries, ["csrf_token", form.elements.csrf_token.value], ["do", command]]) {
    const input = document.createElement("textarea");
    Object.assign(input, { name, value });
    sent.append(input);
  }
  if (command === "resume") sessionStorage.setItem(RESUMED, found.key);
  sent.hidden = true;
  document.body.append(sent);
  sent.submit();
}

function offer(form, place) {
  const found = foundHere(form);
  if (!found) return;
  const resumed = sessionStorage.getItem(RESUMED) === found.key;
  sessionStorage.removeItem(RESUMED);
  if (resumed || same(found.entries, form)) return form.dispatchEvent(new Event("draft:now"));
  const moment = new Date(found.moment).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  place.querySelector("[data-device-words]").textContent = words(form)("device", "On this device there is text from {} that was not sent.", moment);
  place.hidden = false;
  place.addEventListener("click", (event) => {
    const wish = event.target.closest("[data-device]")?.dataset.device;
    if (!wish) return;
    if (wish !== "discard") return sendAs(form, found, wish);
    dropHere(found.key);
    place.hidden = true;
    form.querySelector("#title").focus();
  });
}

const place = document.querySelector("[data-device-offer]");
const form = document.querySelector("form[data-place]");
if (place && form) offer(form, place);
