// The number of new notices beside the bell, asked for once the page is there and kept for a moment.
const bell = document.querySelector("[data-inbox]");
const kept = `inbox:${document.documentElement.dataset.reader}`;

async function ask() {
  let told = JSON.parse(sessionStorage.getItem(kept));
  if (!told || Date.now() - told.at > 20_000 || location.pathname === "/inbox") {
    const answer = await fetch("/inbox/count");
    if (!answer.ok) return;
    told = { ...(await answer.json()), at: Date.now() };
    sessionStorage.setItem(kept, JSON.stringify(told));
  }
  const [badge, said] = bell.querySelectorAll("[data-inbox-count], [data-inbox-said]");
  badge.hidden = !told.count;
  badge.textContent = told.count > 99 ? "99+" : told.count;
  said.textContent = told.said;
}

if (bell) setTimeout(() => ask().catch(() => {}), 300);
