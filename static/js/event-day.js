// While the form of an event is filled in: whether its day suits those whom it names, asked of the server whenever either
// changes. Keeping the day brings the field for the reason beside it; a reason holds for the days for which it was given.
import { announce } from "./announce.js";
import { post } from "./send.js";

const PAUSE = 500;
const ASKED = /^(f\.(dates|hosts|contributing_orgs)|r\.agenda)/;
const template = document.querySelector("template[data-day-suits]");
const form = document.getElementById("edit-form");
const first = form?.elements["f.dates.from"];
const why = form?.elements["f.dates_kept"]?.closest(".field");
const given = form?.elements["f.dates_kept_for.from"]?.closest("fieldset");
const place = document.createElement("div");
let asking = new AbortController();
let timer = 0;
let told = "";

function question() {
  const body = new FormData();
  for (const [name, text] of new FormData(form)) if (ASKED.test(name)) body.append(name, text);
  body.set("space", template.dataset.space);
  if (form.elements.page) body.set("page", form.elements.page.value);
  return body;
}

function line({ org, href, text }) {
  const item = document.createElement("li");
  const name = document.createElement(href ? "a" : "span");
  if (href) name.href = href;
  name.textContent = org;
  item.append(name, `: ${text}`);
  return item;
}

function put(name, iso) {
  const field = form.elements[name];
  field.value = iso;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}

function beside() {
  if (!place.contains(why)) place.append(why); // moved again it would lose the focus
  place.querySelector("[data-keep]").hidden = true;
}

function keep() {
  if (!why) return;
  for (const part of ["from", "until"]) put(`f.dates_kept_for.${part}`, form.elements[`f.dates.${part}`].value);
  beside();
  form.elements["f.dates_kept"].select();
}

function show({ clashes, later, kept, earlier }) {
  place.querySelector(".notice")?.remove();
  const said = clashes.map(({ org, text }) => `${org}: ${text}`).join(". ");
  if (clashes.length) {
    const warning = template.content.cloneNode(true);
    warning.querySelector("ul").append(...clashes.map(line));
    const [before, offer, take] = ["earlier", "later", "take"].map((name) => warning.querySelector(`[data-${name}]`));
    before.hidden = !earlier;
    before.textContent = earlier;
    offer.hidden = take.hidden = !later;
    if (later) {
      offer.textContent = later.said;
      take.firstElementChild.textContent = later.take;
      take.addEventListener("click", () => {
        put("f.dates.until", later.until);
        put("f.dates.from", later.from);
        first.focus();
      });
    }
    warning.querySelector("[data-choose]").addEventListener("click", () => (first.focus(), first.select()));
    warning.querySelector("[data-keep]").addEventListener("click", keep);
    if (said !== told) announce(`${warning.querySelector(".notice-title").textContent}: ${said}`);
    place.prepend(warning);
    if (why && (kept || (place.contains(why) && !earlier))) beside();
  }
  told = said;
  place.hidden = !clashes.length && !(why && place.contains(why) && form.elements["f.dates_kept"].value);
}

async function ask() {
  asking.abort();
  asking = new AbortController();
  if (!first.value.trim()) return show({ clashes: [] });
  try {
    const answer = await post(form, template.dataset.daySuits, question(), { signal: asking.signal });
    show(await answer.json());
  } catch {
    return; // without an answer the page says it after saving
  }
}

function later({ target }) {
  if (!ASKED.test(target.name || "")) return;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

if (template && first) {
  place.className = "event-day";
  place.hidden = true;
  if (given) given.hidden = true; // filled with the reason
  first.closest("fieldset").after(place);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  ask();
}
