// Pages like the one that is read, fetched when their place comes into sight, and like the title that is typed for a new page; what is said about it.
const link = (one) => {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = one.href;
  anchor.textContent = one.title;
  const why = document.createElement("span");
  why.className = "muted";
  why.textContent = [one.kind, one.state, one.why].filter(Boolean).join(" · ");
  item.append(anchor, why);
  return item;
};

async function fill(place, url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const pages = await answer.json();
  place.querySelector("ul").replaceChildren(...pages.map(link));
  place.hidden = !pages.length;
}

for (const beside of document.querySelectorAll("[data-related-to]")) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    fill(beside, beside.dataset.relatedTo).catch(() => {});
  }, { rootMargin: "200px" });
  watch.observe(beside.parentElement);
}

// Conversation comes when the page is first used, not with the first bytes of it.
const talk = document.querySelector("[data-talk]")?.dataset.script;
if (talk) for (const use of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(use, () => import(talk).catch(() => {}), { once: true });
if (talk && location.hash) import(talk).catch(() => {});

const place = document.querySelector("[data-related]");
const title = place?.closest("form").elements.namedItem("title");
if (title && place.dataset.related) {
  let waiting, asked = "";
  const ask = () => {
    const text = title.value.trim();
    if (text === asked || text.length < 8) return;
    asked = text;
    const kind = title.form.elements.namedItem("kind")?.value || "";
    fill(place, `${place.dataset.related}?${new URLSearchParams({ text, kind })}`).catch(() => {});
  };
  title.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 600);
  });
  ask();
}
