// The palette: type a few letters of a page, a place or something to do; arrow keys and Enter choose. Opened by opener.js.
import { announce } from "./announce.js";
import { kept, keepToken, sendOwn } from "./own.js";
import { build } from "./palette-view.js";
import { words } from "./words.js";

const button = document.querySelector("[data-palette]");
const say = words(button);
const view = build(button, say);
const asked = new Map();
let offered = [];
let shown = [];
let active = 0;
let timer = 0;

button.addEventListener("palette", open);
view.input.addEventListener("input", () => {
  show();
  clearTimeout(timer);
  timer = setTimeout(ask, 120);
});
view.input.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
  if (step && shown.length) point(Math.abs(step) === 1 ? (active + step + shown.length) % shown.length : Math.min(Math.max(active + step, 0), shown.length - 1));
  else if (event.key === "Enter" && shown[active]) take(shown[active], event.ctrlKey || event.metaKey);
  else return;
  event.preventDefault();
});
view.list.addEventListener("mousedown", (event) => event.preventDefault());
view.list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) take(shown[Number(option.dataset.n)], event.ctrlKey || event.metaKey);
});

async function open() {
  if (view.dialog.open) return view.dialog.close();
  view.input.value = "";
  asked.clear();
  view.dialog.showModal();
  show();
  const reader = document.documentElement.dataset.reader;
  const about = new URLSearchParams({ space: button.dataset.space, seen: reader ? kept(reader).reverse().slice(0, 8).join(",") : "" });
  const answer = await fetch(`/palette?${about}`).catch(() => null);
  if (!answer?.ok) return;
  const told = await answer.json();
  offered = told.groups;
  keepToken(told.token);
  showMore();
}

// What can be done with the page itself is what stands beside its heading.
function here() {
  const links = [...document.querySelectorAll(".page-head > .actions a[href]")];
  const items = links.map((link) => ({ title: link.textContent.trim(), url: link.href, icon: link.querySelector("use")?.getAttribute("href").split("#")[1], hint: "" }));
  return { label: say("here", "This page"), items, brief: false };
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// The page that is open needs no way to itself.
function elsewhere(group) {
  return { ...group, items: group.items.filter((item) => item.url !== location.pathname) };
}

// Every word typed begins a word of the item; its title counts more than what else is known of it.
function rank(item, typed) {
  const title = plain(item.title).split(/[^\p{L}\p{N}]+/u);
  const more = plain(`${item.words || ""} ${item.hint || ""}`).split(/[^\p{L}\p{N}]+/u);
  let points = plain(item.title).startsWith(typed.join(" ")) ? 4 : 0;
  for (const word of typed) {
    if (title.some((one) => one.startsWith(word))) points += 2;
    else if (more.some((one) => one.startsWith(word))) points += 1;
    else return 0;
  }
  return points;
}

function fitting(group, typed) {
  const ranked = group.items.map((item) => ({ item, points: rank(item, typed) })).filter((one) => one.points);
  const best = ranked.sort((one, other) => other.points - one.points).slice(0, 6);
  return { label: group.label, items: best.map((one) => one.item), points: best[0]?.points || 0 };
}

function groups(query) {
  if (!query) return [...offered.filter((group) => group.brief).map(elsewhere), here()];
  const typed = plain(query).split(/\s+/);
  const search = { title: say("search", "Search for “{}”", query), url: `/search?${new URLSearchParams({ q: query, from: button.dataset.space })}`, hint: say("searchHint", "in all texts"), icon: "search" };
  const known = [here(), ...offered].map((group) => fitting(group, typed)).sort((one, other) => other.points - one.points);
  const listed = new Set(known.flatMap((group) => group.items.map((item) => item.url)));
  const pages = (asked.get(query) || nearest(query)).filter((item) => !listed.has(item.url));
  const found = [{ label: say("pages", "Pages"), items: pages }, ...known];
  return [...found.slice(0, 5), { label: "", items: [search] }];
}

// Until the answer for these letters is there: those of the letters before that still fit.
function nearest(query) {
  for (let length = query.length - 1; length > 0; length--) {
    const before = asked.get(query.slice(0, length));
    if (before) return before.filter((item) => rank(item, plain(query).split(/\s+/)));
  }
  return [];
}

function show() {
  const query = view.input.value.trim();
  const filled = groups(query).filter((group) => group.items.length);
  shown = filled.flatMap((group) => group.items);
  view.fill(filled);
  point(0);
}

// More has come for the same letters: what somebody went to meanwhile stays chosen.
function showMore() {
  const chosen = active && shown[active]?.url;
  show();
  if (chosen) point(Math.max(shown.findIndex((item) => item.url === chosen), 0));
}

async function ask() {
  const query = view.input.value.trim();
  if (query && !asked.has(query)) {
    const answer = await fetch(`/complete?${new URLSearchParams({ q: query, space: button.dataset.space })}`).catch(() => null);
    if (!answer?.ok) return;
    const found = await answer.json();
    asked.set(query, found.map((page) => ({ title: page.title, url: page.url, hint: [page.kind_label, page.space].filter(Boolean).join(" · "), icon: page.icon || "file-text" })));
    if (query !== view.input.value.trim()) return;
    showMore();
  }
  if (view.dialog.open) announce(say("found", "{} to choose from", shown.length), view.dialog);
}

function point(index) {
  active = index;
  view.point(index);
}

function take(item, elsewhere) {
  if (item.theme !== undefined) return colour(item.theme);
  if (elsewhere) return window.open(item.url, "_blank", "noopener");
  view.dialog.close();
  location.assign(item.url);
}

async function colour(theme) {
  view.dialog.close();
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.querySelector("meta[name=color-scheme]").content = theme || "light dark";
  await sendOwn("/appearance", { theme });
}
