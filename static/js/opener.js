// Ctrl K, or the button "Go to", opens the palette. Its script is fetched when it is first wanted.
const button = document.querySelector("[data-palette]");

async function open() {
  const there = await import(button.dataset.palette).catch(() => null);
  if (there) button.dispatchEvent(new Event("palette"));
  else location.assign(button.href);
}

if (button?.dataset.palette) {
  if (/Mac|iPhone|iPad/.test(navigator.platform)) button.querySelector("kbd").textContent = "⌘ K";
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const modified = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!modified || event.key.toLowerCase() !== "k" || event.defaultPrevented) return;
    event.preventDefault();
    open();
  });
}
