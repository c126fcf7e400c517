// A list of suggestions below a text field, worked with arrow keys, Enter and Escape, or the mouse.
// `source` says what is being typed ({query, kinds}) or null; `choose` puts the chosen one in.
import { announce } from "./announce.js";
import { words } from "./words.js";

let count = 0;

export function suggest(field, { source, choose, eager = false, place = () => {} }) {
  const list = document.createElement("ul");
  const box = document.createElement("div");
  const say = words(field);
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
  if (field.matches("input")) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);
  }

  function show(open) {
    list.hidden = !open;
    if (field.matches("input")) field.setAttribute("aria-expanded", String(open));
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
    const kind = document.createElement("small");
    line.id = `${list.id}-${index}`;
    line.setAttribute("role", "option");
    line.append(item.title, kind);
    kind.textContent = item.kind_label;
    return line;
  }

  async function ask() {
    const wanted = source();
    asking.abort();
    if (!wanted || !wanted.query) return show(false);
    asking = new AbortController();
    const space = field.form?.dataset.space || "";
    const address = `/complete?${new URLSearchParams({ q: wanted.query, kinds: wanted.kinds, space })}`;
    const answer = await fetch(address, { signal: asking.signal }).catch(() => null);
    if (!answer?.ok || document.activeElement !== field) return;
    items = await answer.json();
    list.replaceChildren(...items.map(option));
    show(items.length > 0);
    if (!items.length) return;
    place(list);
    list.scrollIntoView({ block: "nearest" });
    point(eager ? 0 : -1);
    announce(say("found", "{} suggestions", items.length));
  }

  function take(index) {
    show(false);
    asking.abort();
    choose(items[index]);
    clearTimeout(timer);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const line = event.target.closest("li");
    if (line) take([...list.children].indexOf(line));
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) point((active + step + items.length) % items.length);
    else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
