// Conversation on the page itself: passages are marked, a panel shows what is said about them, selected words can be commented on.
// Without it the section at the foot leads to a page on which all of this can be done.
import { announce } from "./announce.js";
import { find, selected, wordsOf } from "./passages.js";
import { link } from "./wikilinks.js";

const section = document.querySelector("[data-talk]");
const place = section?.querySelector("[data-talk-here]");
const say = section?.dataset ?? {};
const wide = matchMedia("(min-width: 76rem)"); // where talk.css gives the panel a column
const BLOCK = "p, li, h2, h3, h4, h5, h6, td, th, dd, blockquote, pre";
let loading = null;
let panel = null;

const text = () => [...document.querySelectorAll("main .prose")].find((one) => !one.closest(".page-fields, .talk")) ?? null;

function load() {
  loading ??= new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", say.talk);
    request.responseType = "document"; // no text is turned into markup here
    request.onload = () => {
      const fresh = request.status === 200 && request.response?.querySelector(".talk");
      if (fresh) dressed().then(() => (place.replaceChildren(document.adoptNode(fresh)), (section.hidden = false), ready(), resolve(true)));
      else resolve(false);
    };
    request.onerror = () => resolve(false);
    request.send();
  });
  return loading;
}

// The style sheet of forms and conversations, which a page that is only read did not load.
function dressed() {
  if (!say.styles || document.querySelector(`link[href="${say.styles}"]`)) return Promise.resolve();
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: say.styles });
  return new Promise((resolve) => {
    sheet.onload = sheet.onerror = resolve;
    document.head.append(sheet);
  });
}

function ready() {
  for (const form of place.querySelectorAll("form"))
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "from", value: "page" }));
  place.querySelectorAll("textarea[data-body]").forEach(link);
  for (const thread of place.querySelectorAll("[data-passage]")) mark(thread);
  for (const thread of place.querySelectorAll("[data-row]:not([data-row=''])")) count(thread, document.getElementById(thread.dataset.row)?.cells?.[0]);
}

// --- marks in the text

function mark(thread) {
  const root = text();
  if (!root) return;
  const there = find(wordsOf(root), thread.dataset.passage, thread.dataset.before, thread.dataset.after);
  if (!there.length) return;
  const block = there[there.length - 1].node.parentElement.closest(BLOCK);
  const pieces = new Map();
  for (const word of there) {
    const known = pieces.get(word.node);
    pieces.set(word.node, known ? { start: known.start, end: word.end } : { start: word.start, end: word.end });
  }
  for (const [node, { start, end }] of [...pieces].reverse()) {
    const range = new Range();
    range.setStart(node, start);
    range.setEnd(node, end);
    const span = document.createElement("span");
    span.className = "talk-mark";
    span.dataset.of = thread.dataset.thread;
    span.addEventListener("click", (event) => event.target.closest("a") || getSelection().isCollapsed && open(thread));
    range.surroundContents(span);
  }
  count(thread, block);
}

function count(thread, block) {
  if (!block) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "talk-count";
  button.textContent = thread.dataset.said;
  button.setAttribute("aria-label", thread.dataset.say);
  button.dataset.of = thread.dataset.thread;
  button.addEventListener("click", () => open(thread, button));
  block.classList.add("talk-has");
  block.append(button);
}

const lit = (thread, on) => document.querySelectorAll(`.talk-mark[data-of="${thread.dataset.thread}"]`).forEach((one) => one.classList.toggle("talk-lit", on));

// --- the panel

function open(thread, from = document.activeElement) {
  close();
  if (!wide.matches) return thread.scrollIntoView({ block: "center" }), thread.focus({ preventScroll: true });
  show(thread, say.sayPanel, from, () => lit(thread, false));
  lit(thread, true);
}

function show(content, label, from, after = () => {}) {
  const home = document.createComment("");
  content.parentNode.insertBefore(home, content); // a form has fields of its own named "before"
  const frame = document.createElement("section");
  const shut = document.createElement("button");
  frame.className = "talk-panel talk";
  frame.tabIndex = -1;
  frame.setAttribute("role", "dialog");
  frame.setAttribute("aria-label", label);
  Object.assign(shut, { type: "button", className: "button button-quiet talk-shut", textContent: say.sayClose });
  shut.addEventListener("click", close);
  frame.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());
  frame.append(shut, content);
  document.querySelector(".columns").append(frame);
  panel = { frame, content, home, from, after };
  frame.focus({ preventScroll: true });
}

function close() {
  if (!panel) return;
  const { frame, content, home, from, after } = panel;
  panel = null;
  home.replaceWith(content);
  frame.remove();
  after();
  if (from?.isConnected) from.focus({ preventScroll: true });
}

// --- selected words

const offer = document.createElement("button");
let wish = null;

function look() {
  const selection = getSelection();
  const root = text();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const row = range?.startContainer.parentElement?.closest("tr[id^='r-']") ?? null;
  const inText = range && root?.contains(range.commonAncestorContainer) && !range.startContainer.parentElement.closest(".talk");
  wish = inText ? selected(wordsOf(root), range) : row ? { quote: range.toString().replace(/\s+/g, " ").trim(), before: "", after: "", row: row.id.slice(2), range } : null;
  offer.hidden = !wish?.quote;
  if (offer.hidden) return;
  const box = wish.range.getBoundingClientRect();
  offer.style.insetBlockStart = `${Math.max(8, Math.min(innerHeight - 56, box.bottom + 8))}px`;
  offer.style.insetInlineStart = `${Math.max(8, Math.min(innerWidth - 140, box.left))}px`;
}

async function begin() {
  const { quote, before, after, row } = wish;
  offer.hidden = true;
  if (!(await load())) return location.assign(document.querySelector("[data-say]").href);
  const form = document.getElementById("talk-new");
  if (!form) return;
  const fill = (name, value) => form.elements[name] && (form.elements[name].value = value);
  Object.entries({ quote, before, after }).forEach(([name, value]) => fill(name, value));
  fill("part", [...(form.elements.part?.options ?? [])].find((one) => row && one.value.endsWith(`/${row}`))?.value ?? "");
  const words = Object.assign(document.createElement("blockquote"), { className: "talk-quote", textContent: quote });
  form.prepend(words);
  const tidy = () => (words.remove(), ["quote", "before", "after", "part"].forEach((name) => fill(name, "")));
  close();
  if (wide.matches) show(form, say.sayNew, document.activeElement, tidy);
  else form.scrollIntoView({ block: "center" });
  form.elements.text.focus({ preventScroll: true });
  announce(say.sayOn.replace("{}", quote));
}

// "Comment" at the foot of the page: its form is there at once.
async function write(event) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const field = (await load()) && document.getElementById("talk-new")?.elements.text;
  if (!field) return location.assign(event.target.closest("a").href);
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

function arrive() {
  const wanted = /^#(thread|comment)-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  const thread = wanted && wanted.closest(".talk-thread");
  if (!thread) return;
  const where = document.querySelector(`.talk-mark[data-of="${thread.dataset.thread}"]`);
  if (where && wide.matches) (where.scrollIntoView({ block: "center" }), open(thread, null));
  else (wanted.scrollIntoView({ block: "center" }), wanted.focus({ preventScroll: true }));
}

if (section) {
  Object.assign(offer, { type: "button", className: "button talk-offer", hidden: true, textContent: say.sayComment });
  offer.addEventListener("mousedown", (event) => event.preventDefault());
  offer.addEventListener("click", begin);
  document.body.append(offer);
  let timer = 0;
  document.addEventListener("selectionchange", () => (clearTimeout(timer), (timer = setTimeout(look, 150))));
  addEventListener("scroll", () => offer.hidden || look(), { passive: true });
  document.querySelector("[data-say]")?.addEventListener("click", write);
  if (Number(say.count) || location.hash) load().then((there) => there && arrive());
}
