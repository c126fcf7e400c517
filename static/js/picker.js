// Several people, organisations or pages: what was chosen stands as a list of its own before the field in which one types.
// The text area stays in the form, one entry on each line: that is what is sent.
import { announce } from "./announce.js";
import { isWished, offered, wish } from "./stub.js";
import { suggest } from "./suggest.js";
import { words } from "./words.js";

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

// What the help says of lines is no longer so.
function withoutLines(area) {
  for (const id of (area.getAttribute("aria-describedby") || "").split(" ")) {
    const hint = id && document.getElementById(id);
    if (hint?.firstChild?.nodeType === Node.TEXT_NODE) hint.firstChild.data = hint.firstChild.data.replace(area.dataset.lines, "").trimEnd();
  }
}

export function several(area) {
  const kinds = area.dataset.complete;
  const say = words(area);
  const box = document.createElement("div");
  const list = document.createElement("ul");
  const field = document.createElement("input");
  let entries = lines(area.value);

  box.className = "picker";
  list.className = "picked";
  list.setAttribute("aria-label", say("picked", "Chosen"));
  field.className = "input";
  field.type = "text";
  field.id = area.id;
  area.id = `${area.id}-lines`;
  for (const name of ["aria-describedby", "aria-invalid"]) if (area.hasAttribute(name)) field.setAttribute(name, area.getAttribute(name));
  area.hidden = true;
  withoutLines(area);
  area.before(box);
  box.append(list, field, area);

  // What is being typed counts too: leaving the field is no condition for being saved.
  function sync() {
    const text = [...entries, ...lines(field.value)].join("\n");
    if (text === area.value) return;
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function entry(text, n) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const button = document.createElement("button");
    name.textContent = text;
    button.type = "button";
    button.className = "unpick";
    button.textContent = "×";
    button.setAttribute("aria-label", say("remove", "Remove {}", text));
    button.addEventListener("click", () => remove(n));
    button.addEventListener("keydown", (event) => onKey(event, n));
    item.append(name);
    if (area.form && isWished(area.form, text)) item.append(Object.assign(document.createElement("small"), { textContent: say("stub", "A page is made when you save") }));
    item.append(button);
    return item;
  }

  function draw() {
    list.replaceChildren(...entries.map(entry));
    list.hidden = !entries.length;
  }

  function add(texts) {
    const fresh = texts.filter((text) => !entries.includes(text));
    entries = [...entries, ...fresh];
    field.value = "";
    draw();
    sync();
    if (fresh.length) announce(say("chosen", "{} added", fresh.join(", ")));
  }

  function remove(n) {
    const [gone] = entries.splice(n, 1);
    draw();
    sync();
    announce(say("unchosen", "{} removed", gone));
    (list.querySelectorAll("button")[Math.min(n, entries.length - 1)] || field).focus();
  }

  function onKey(event, n) {
    const buttons = list.querySelectorAll("button");
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) (buttons[n + by] || (by > 0 ? field : buttons[n])).focus();
    else if (["Backspace", "Delete"].includes(event.key)) remove(n);
    else if (event.key === "Escape") field.focus();
    else return;
    event.preventDefault();
  }

  suggest(field, {
    likely: true,
    source: () => ({ query: field.value.trim(), kinds }),
    choose: (item) => {
      wish(area.form, item);
      add([item.typed]);
    },
    more: (query, found) => offered(field, kinds, query, found),
    skip: (item) => entries.includes(item.typed),
  });
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    sync();
  });
  field.addEventListener("blur", () => field.value.trim() && add(lines(field.value)));
  field.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && field.value.trim()) add(lines(field.value));
    else if (event.key === "Backspace" && !field.value && entries.length) list.querySelectorAll("button")[entries.length - 1].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("paste", (event) => {
    const pasted = lines(event.clipboardData.getData("text/plain"));
    if (pasted.length < 2) return;
    event.preventDefault();
    add(pasted);
  });
  area.closest("[data-rows]")?.addEventListener("rows:filled", () => {
    entries = lines(area.value);
    draw();
  });
  draw();
}
