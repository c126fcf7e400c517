// The number of new notices beside the bell, asked for once the page is there; and the button that watches a page.
import { announce } from "./announce.js";
import { sendOwn } from "./own.js";

const bell = document.querySelector("[data-inbox]");
const watch = document.querySelector("[data-watch]:not([data-sample])");
const kept = `inbox:${document.documentElement.dataset.reader}`;
const FRESH = 20_000;

function show({ count, said }) {
  const badge = bell.querySelector("[data-inbox-count]");
  badge.hidden = !count;
  badge.textContent = count > 99 ? "99+" : count || "";
  bell.querySelector("[data-inbox-said]").textContent = said;
}

async function ask() {
  const known = JSON.parse(sessionStorage.getItem(kept) || "null");
  if (known && Date.now() - known.at < FRESH && location.pathname !== "/inbox") return show(known);
  const answer = await fetch("/inbox/count", { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const told = await answer.json();
  sessionStorage.setItem(kept, JSON.stringify({ ...told, at: Date.now() }));
  show(told);
}

if (bell) setTimeout(() => ask().catch(() => {}), 300);

watch?.addEventListener("click", async (event) => {
  event.preventDefault();
  const watched = watch.dataset.watch === "yes";
  const answer = await sendOwn(watch.getAttribute("href"), { do: watched ? "stop" : "watch" }).catch(() => null);
  if (!answer?.ok) return location.assign(watch.href);
  watch.dataset.watch = watched ? "no" : "yes";
  const text = watched ? watch.dataset.give : watch.dataset.given;
  watch.querySelector("span").textContent = text;
  announce(text);
});
