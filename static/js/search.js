// The page of results: filters work as they are ticked, without a new page; what was searched for is noted on this device.
import { announce } from "./announce.js";
import { lately, note } from "./lately.js";

const finding = document.querySelector("[data-finding]");
const ours = { createHTML: (html) => html };
// What our own server wrote, read as a document of its own; no script in it runs.
const written = window.trustedTypes?.createPolicy("results", ours) || ours;
let asking = new AbortController();

function addressOf(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  return `${form.getAttribute("action")}?${new URLSearchParams(filled)}`;
}

// Unfolded stays unfolded, and the focus where it was.
function put(page) {
  const open = [...finding.querySelectorAll("details[open][id]")].map((one) => one.id);
  const focused = document.activeElement?.id;
  for (const part of [".facets", "[data-results]"]) {
    const [old, fresh] = [finding.querySelector(part), page.querySelector(part)];
    if (old && fresh) old.replaceWith(fresh);
    else if (fresh) finding.append(fresh);
    else old?.remove();
  }
  unfold();
  for (const id of open) if (document.getElementById(id)) document.getElementById(id).open = true;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  finding.classList.toggle("has-filters", finding.querySelector(".facets") !== null);
  document.title = page.title;
  const field = finding.querySelector("[data-search-field]");
  const form = finding.querySelector("[data-facets]");
  if (field && form) keepFilters(field.form, form);
}

// Where there is room the filters are open anyway; this says so to those who cannot see it.
function unfold() {
  const filters = finding.querySelector("#filters");
  if (filters && matchMedia("(min-width: 62rem)").matches) filters.open = true;
}

// A search for other words keeps the filters.
function keepFilters(find, facets) {
  for (const old of find.querySelectorAll("input[type=hidden]")) old.remove();
  for (const [name, value] of new FormData(facets)) {
    if (name === "q") continue;
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name, value });
    find.append(kept);
  }
}

async function go(address, push = true) {
  asking.abort();
  asking = new AbortController();
  finding.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(written.createHTML(await answer.text()), "text/html");
    if (push) history.pushState(null, "", address);
    put(page);
    announce(finding.querySelector("[data-count]")?.textContent.trim() || page.title);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  finding.removeAttribute("aria-busy");
}

function again() {
  const list = finding.querySelector("[data-recent]");
  if (!list || !lately().length) return;
  for (const title of lately()) {
    const [item, link] = [document.createElement("li"), document.createElement("a")];
    link.href = `/search?${new URLSearchParams({ q: title })}`;
    link.textContent = title;
    item.append(link);
    list.querySelector("ul").append(item);
  }
  list.hidden = false;
}

if (finding) {
  unfold();
  finding.addEventListener("change", (event) => {
    const form = event.target.closest("[data-facets]");
    if (form) go(addressOf(form));
  });
  finding.addEventListener("click", (event) => {
    const link = event.target.closest(".chosen a, .sorts a, .left-out a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href")).then(() => scrollTo({ top: 0 }));
  });
  window.addEventListener("popstate", () => go(location.href, false));
  if (finding.querySelector(".result")) note(finding.querySelector("[data-search-field]").defaultValue);
  again();
}
