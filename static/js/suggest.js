// A list of suggestions below a text field, worked with arrow keys, Enter and Escape, or the mouse.
// `source` says what is being typed ({query, kinds}) or null; `choose` puts the chosen one in; `likely` asks before
// anything is typed; `more(query, items)` gives further items at the end; `skip(item)` leaves one out.
import { announce } from "./announce.js";
import { words } from "./words.js";

const PAUSE = 120;
let count = 0;

export function suggest(field, { source, choose, eager = false, likely = false, place = () => {}, more = () => [], skip = () => false }) {
  const list = document.createElement("ul");
  const box = document.createElement("div");
  const say = words(field);
  const isInput = field.matches("input");
  let items = [];
  let active = -1;
  let timer = 0;
  let asking = new AbortController();

  list.className = "complete-list";
  list.id = `suggestions-${++count}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("suggestions", "Suggestions"));
  box.className = "complete";
  field.before(box);
  box.append(field, list);
  field.setAttribute("autocomplete", "off");
  field.setAttribute("aria-autocomplete", "list");
  if (isInput) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);
  }

  function show(open) {
    list.hidden = !open;
    if (isInput) field.setAttribute("aria-expanded", String(open));
    if (!open) point(-1);
  }

  function point(index) {
    active = index;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === index)));
    if (index < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function option(item, index) {
    const line = document.createElement("li");
    const title = document.createElement("span");
    const kind = document.createElement("small");
    line.id = `${list.id}-${index}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.classList.toggle("complete-new", Boolean(item.stub));
    title.textContent = item.title;
    kind.textContent = [item.kind_label, item.space].filter(Boolean).join(" · ");
    line.append(title, kind);
    return line;
  }

  async function ask() {
    const wanted = source();
    asking.abort();
    if (!wanted || (!wanted.query && !(likely && wanted.kinds))) return show(false);
    asking = new AbortController();
    const space = field.form?.dataset.space || "";
    const address = `/complete?${new URLSearchParams({ q: wanted.query, kinds: wanted.kinds, space })}`;
    const answer = await fetch(address, { signal: asking.signal }).catch(() => null);
    if (!answer?.ok) return;
    const told = await answer.json().catch(() => null);
    if (!told || document.activeElement !== field) return;
    const found = told.filter((item) => !skip(item));
    items = [...found, ...more(wanted.query, found)];
    list.replaceChildren(...items.map(option));
    show(items.length > 0);
    if (!items.length) return;
    place(list);
    list.scrollIntoView({ block: "nearest" });
    point(eager ? 0 : -1);
    announce(say("found", "Suggestions: {}", items.length));
  }

  function take(index) {
    const item = items[index];
    close();
    choose(item);
    clearTimeout(timer);
  }

  function close() {
    clearTimeout(timer);
    asking.abort();
    show(false);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  // Enter takes the one suggestion that begins with what was typed, without an arrow first.
  function only() {
    const real = items.filter((item) => !item.stub);
    const typed = source()?.query.toLocaleLowerCase();
    return isInput && typed && real.length === 1 && real[0].title.toLocaleLowerCase().startsWith(typed) ? items.indexOf(real[0]) : -1;
  }

  field.addEventListener("input", later);
  if (likely) {
    field.addEventListener("focus", () => source()?.query || later());
    field.addEventListener("click", () => list.hidden && !source()?.query && later());
  }
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const line = event.target.closest("li");
    if (line) take([...list.children].indexOf(line));
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = active >= 0 ? active : only();
    if (by) point(active < 0 && by < 0 ? items.length - 1 : (active + by + items.length) % items.length);
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
