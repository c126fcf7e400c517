// While a page is read: the section in sight is marked in the contents, the page is remembered as seen lately, stars
// are given and pages watched at once.
import { announce } from "./announce.js";
import { kept, sendOwn } from "./own.js";

const main = document.querySelector("[data-page-shown]");
const links = [...document.querySelectorAll(".contents a[href^='#']")];

if (links.length) {
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    const line = innerHeight * 0.25;
    let at = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top <= line);
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) at = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < innerHeight);
    links.forEach((link, n) => (n === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => ((waiting = false), mark()));
  }, { passive: true });
  mark();
}

// Told to the server now and then, not at each page: ids alone are kept here, under the number of who is signed in.
const reader = document.documentElement.dataset.reader;

function remember(seen) {
  try {
    localStorage.setItem(`seen:${reader}`, seen.slice(-60).join(","));
  } catch {
    return; // a browser that keeps nothing remembers nothing
  }
}

async function tell() {
  const seen = kept(reader);
  if (!seen.length || Date.now() - Number(localStorage.getItem("seen-told")) < 30_000) return;
  localStorage.setItem("seen-told", Date.now());
  const answer = await sendOwn("/account/seen", { pages: seen.join(",") });
  if (answer.ok) remember(kept(reader).filter((id) => !seen.includes(id)));
}

if (main && reader) {
  const here = main.dataset.pageShown;
  remember([...kept(reader).filter((id) => id !== here), here]);
  setTimeout(() => tell().catch(() => {}), 1500);
}

// The star, and the button that watches: what it is called when it is pressed, and what to send then.
for (const [name, give, take] of [["star", "add", "remove"], ["watch", "watch", "stop"]]) {
  const button = document.querySelector(`[data-${name}]:not([data-sample])`);
  button?.addEventListener("click", async (event) => {
    event.preventDefault();
    const given = button.dataset[name] === "yes";
    const answer = await sendOwn(button.getAttribute("href"), { do: given ? take : give }).catch(() => null);
    if (!answer?.ok) return location.assign(button.href);
    button.dataset[name] = given ? "no" : "yes";
    const text = given ? button.dataset.give : button.dataset.given;
    button.querySelector("span").textContent = text;
    announce(text);
  });
}
