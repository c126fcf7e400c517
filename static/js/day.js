// A day is typed as people say it ("21 nov", "in 2 weeks") or picked in the browser's calendar. What was typed is read by
// the server, in the reader's language. Where a finger points, the browser's own control stays.
import { words } from "./words.js";

const ISO = /^\d{4}-\d\d-\d\d$/;
const PAUSE = 350;

const written = (iso) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));

// The page brings the picture, so that it is in the sprite that is loaded anyway.
const picture = () => document.querySelector("template[data-day-icon]")?.content.firstElementChild?.cloneNode(true) || "▾";

function calendar(field, say, put) {
  const native = document.createElement("input");
  const button = document.createElement("button");
  native.type = "date";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  native.className = "day-native";
  button.type = "button";
  button.className = "day-button";
  button.title = say("pick_day", "Open the calendar");
  button.setAttribute("aria-label", button.title);
  button.append(picture());
  button.addEventListener("click", () => native.showPicker?.());
  native.addEventListener("change", () => {
    put(native.value);
    field.focus();
  });
  return { native, button };
}

function day(field) {
  const say = words(field);
  const box = document.createElement("span");
  const told = document.createElement("span");
  let known = ISO.test(field.value) ? field.value : "";
  let timer = 0;
  let asked = "";

  field.type = "text";
  field.setAttribute("autocomplete", "off");
  box.className = "day";
  told.className = "day-means";
  told.setAttribute("aria-live", "polite");

  function put(iso, text = iso && written(iso)) {
    known = iso;
    asked = field.value = text;
    told.textContent = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const { native, button } = calendar(field, say, put);
  field.before(box);
  box.append(field, native, button);
  box.after(told);
  if (known) asked = field.value = written(known);

  async function read(left) {
    const text = field.value.trim();
    if (text === asked && !left) return;
    asked = text;
    if (!text) return (told.textContent = "");
    const answer = await fetch(`/complete/day?${new URLSearchParams({ q: text })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || field.value.trim() !== text) return;
    const meant = await answer.json().catch(() => null);
    if (!meant?.iso) return (told.textContent = "");
    native.value = meant.iso;
    if (left) {
      if (text !== meant.short) put(meant.iso, meant.short);
      told.textContent = "";
    } else told.textContent = say("means", "= {}", meant.said);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, PAUSE, false);
  });
  field.addEventListener("change", () => {
    clearTimeout(timer);
    read(true);
  });
  if (known) native.value = known;
}

function ready(place) {
  if (matchMedia("(pointer: coarse)").matches) return;
  place.querySelectorAll("input[data-day]").forEach(day);
}

ready(document);
document.addEventListener("rows:added", (event) => ready(event.target));
