// A search field that says what may be meant: what was searched for lately, pages by their titles, filters.
import { announce } from "./announce.js";
import { lately } from "./lately.js";
import { words } from "./words.js";

const WAIT = 120;
let count = 0;

function line(item, id, icons) {
  const option = document.createElement("li");
  const detail = document.createElement("small");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  if (icons) option.append(icon(icons, { lately: "history", filter: "filter" }[item.type] || "file-text"));
  const title = document.createElement(item.type === "filter" ? "code" : "span");
  title.textContent = item.title;
  detail.textContent = item.detail || "";
  option.append(title, detail);
  return option;
}

function icon(sprite, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

function finder(field) {
  const list = document.createElement("ul");
  const say = words(field);
  let items = [];
  let active = -1;
  let timer = 0;
  let asking = new AbortController();

  list.className = "complete-list find-list";
  list.id = `found-${++count}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("suggestions", "Suggestions"));
  field.form.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) point(-1);
  }

  function point(index) {
    active = index;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === index)));
    if (index < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function offer(found) {
    items = found;
    list.replaceChildren(...items.map((item, n) => line(item, `${list.id}-${n}`, field.dataset.icons)));
    point(-1);
    show(items.length > 0);
    if (items.length) announce(say("offered", "{} suggestions", items.length));
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const typed = field.value;
    if (!typed.trim()) return offer(lately().map((title) => ({ type: "lately", title, detail: "", text: title })));
    const answer = await fetch(`/search/suggestions?${new URLSearchParams({ q: typed })}`, { signal: asking.signal }).catch(() => null);
    if (!answer?.ok || document.activeElement !== field || field.value !== typed) return;
    offer(await answer.json());
  }

  function take(item) {
    clearTimeout(timer);
    asking.abort();
    show(false);
    if (item.type === "page") return location.assign(item.url);
    field.value = item.text;
    if (item.type === "lately") return field.form.requestSubmit();
    field.setSelectionRange(field.value.length, field.value.length);
    ask();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("focus", () => field.value.trim() || ask());
  field.addEventListener("blur", () => show(false));
  field.form.addEventListener("submit", () => show(false));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) take(items[[...list.children].indexOf(option)]);
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden && event.key === "ArrowDown") ask();
    else if (list.hidden || event.altKey || event.isComposing) return;
    else if (step) point(active + step >= items.length ? -1 : active + step < -1 ? items.length - 1 : active + step);
    else if (event.key === "Enter" && active >= 0) take(items[active]);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  if (document.activeElement === field) ask();
}

document.querySelectorAll("[data-search], [data-search-field]").forEach(finder);
