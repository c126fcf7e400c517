// The search field of every page: its script comes when it is first wanted. A browser in which nobody is signed in forgets
// what was searched for lately.
const field = document.querySelector("[data-search]");

if (field?.dataset.finder) field.addEventListener("focus", () => import(field.dataset.finder).catch(() => {}), { once: true });

if (!document.documentElement.dataset.reader) {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("holdfast.searches:")) localStorage.removeItem(name);
  } catch {
    // The browser keeps nothing here.
  }
}
