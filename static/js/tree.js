// The side column of a space: the pages of each kind, fetched when they are unfolded; a box that finds a page by its title.
// What is open is remembered in this browser, for each space.
import { announce } from "./announce.js";
import { words } from "./words.js";

const tree = document.querySelector("nav[data-tree]");
const column = tree?.closest(".space-nav");
const say = tree ? words(tree) : () => "";
const ask = async (fields) => (await fetch(`${tree.dataset.tree}?${new URLSearchParams({ as: "json", ...fields })}`)).json();
const memory = tree ? `open:${tree.dataset.tree}` : "";
const shownPage = Number(document.querySelector("[data-page-shown]")?.dataset.pageShown || 0);
let counted = false;

if (tree) {
  for (const group of tree.querySelectorAll(".nav-group")) group.addEventListener("toggle", () => (remember(), count()));
  for (const line of tree.querySelectorAll("[data-tree-kind]")) addButton(line);
  const form = tree.querySelector(".nav-filter");
  if (form) filter(form, tree.querySelector("[data-tree-found]"), tree.querySelector("[data-tree-kinds]"));
  if (column.querySelector(".nav-toggle").checkVisibility()) column.addEventListener("toggle", begin, { once: true });
  else {
    column.open = true; // it is shown open anyway; now programs that read the page aloud know too
    begin();
  }
}

// Unfold what was open when this reader was here last, and the kind of the page that is read.
function begin() {
  const open = new Set(recall());
  for (const group of tree.querySelectorAll(".nav-group")) if (open.has(`group:${group.dataset.group}`)) group.open = true;
  for (const line of tree.querySelectorAll("[data-tree-kind]")) {
    if (open.has(line.dataset.treeKind) || (shownPage && line.dataset.treeKind === tree.dataset.kind)) unfold(line, true);
  }
  count();
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(memory)) || [];
  } catch {
    return [];
  }
}

function remember() {
  const groups = [...tree.querySelectorAll(".nav-group[open]")].map((group) => `group:${group.dataset.group}`);
  const kinds = [...tree.querySelectorAll("[data-tree-kind]:has(> [aria-expanded=true])")].map((line) => line.dataset.treeKind);
  try {
    localStorage.setItem(memory, JSON.stringify([...groups, ...kinds]));
  } catch {
    return; // a browser that keeps nothing
  }
}

// How many pages there are of each kind; those without any step back.
async function count() {
  if (counted || !tree.querySelector(".nav-group[open]")) return;
  counted = true;
  const { counts } = await ask({}).catch(() => ({}));
  if (!counts) return;
  for (const line of tree.querySelectorAll("[data-tree-kind]")) {
    const number = counts[line.dataset.treeKind] || 0;
    const shown = document.createElement("span");
    shown.className = "count";
    shown.textContent = number || "";
    line.querySelector(".nav-link").append(shown);
    line.classList.toggle("none", !number);
    line.querySelector("button").hidden = !number;
  }
}

function addButton(line) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "unfold";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-label", say("show", "Pages: {}", line.textContent.trim()));
  button.addEventListener("click", () => unfold(line, button.getAttribute("aria-expanded") === "false").then(remember));
  line.prepend(button);
}

async function unfold(line, open) {
  const button = line.querySelector(".unfold");
  button.setAttribute("aria-expanded", String(open));
  let list = line.querySelector("ul");
  if (list) list.hidden = !open;
  if (list || !open) return;
  list = document.createElement("ul");
  list.className = "nav-pages";
  line.append(list);
  const kind = line.dataset.treeKind;
  let piece = await ask({ kind }).catch(() => null);
  if (!piece) return list.remove();
  const shown = shownPage && kind === tree.dataset.kind;
  if (shown && piece.more && !piece.pages.some((page) => page.id === shownPage)) piece = await ask({ kind, at: shownPage });
  fill(list, kind, piece);
  if (shown) list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function fill(list, kind, piece) {
  list.append(...piece.pages.map((page) => entry(page)));
  if (!list.children.length) list.append(Object.assign(document.createElement("li"), { className: "muted", textContent: say("empty", "None yet") }));
  if (piece.first > 0 && !list.querySelector(".earlier")) list.prepend(more(list, kind, piece.first - piece.pages.length, "earlier"));
  if (piece.more) list.append(more(list, kind, piece.first + piece.pages.length, "more"));
}

function entry(page) {
  const line = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { className: "nav-page", href: page.url, textContent: page.title });
  if (page.id === shownPage) link.setAttribute("aria-current", "page");
  line.append(link);
  return line;
}

// Further pages of a long list, after or before those that stand there.
function more(list, kind, first, which) {
  const line = Object.assign(document.createElement("li"), { className: which });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "nav-more", textContent: say(which, which) });
  button.addEventListener("click", async () => {
    const start = which === "earlier" ? Math.max(0, Math.floor(first / 100) * 100) : first;
    const piece = await ask({ kind, first: start });
    const lines = piece.pages.map((page) => entry(page));
    line.replaceWith(...lines);
    if (which === "earlier" && piece.first > 0) list.prepend(more(list, kind, piece.first - 1, which));
    if (which === "more" && piece.more) list.append(more(list, kind, piece.first + piece.pages.length, which));
    lines[0]?.querySelector("a").focus();
  });
  line.append(button);
  return line;
}

function filter(form, found, kinds) {
  const input = form.elements.q;
  let timer = 0;
  async function ask_for() {
    const typed = input.value.trim();
    found.hidden = !typed;
    kinds.hidden = Boolean(typed);
    if (!typed) return found.replaceChildren();
    const { pages } = await ask({ q: typed }).catch(() => ({}));
    if (!pages || typed !== input.value.trim()) return;
    found.replaceChildren(...pages.map((page) => entry(page)));
    if (!pages.length) found.append(Object.assign(document.createElement("li"), { className: "muted", textContent: say("none", "No page is called so") }));
    announce(pages.length ? say("found", "{} pages", pages.length) : say("none", "No page is called so"));
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask_for, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && input.value) {
      input.value = "";
      ask_for();
      event.preventDefault();
    } else if (event.key === "ArrowDown") {
      found.querySelector("a")?.focus();
      event.preventDefault();
    }
  });
}
