// On a comparison two buttons go from change to change; keys.js presses them for n and p. Without this the summary's links do.
const steps = document.querySelector("[data-change-steps]");

function go(by) {
  const changes = [...document.querySelectorAll("[data-change]")];
  const here = changes.findIndex((one) => one === document.activeElement);
  const next = changes[here < 0 ? (by > 0 ? 0 : changes.length - 1) : Math.min(Math.max(here + by, 0), changes.length - 1)];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
  const said = steps.querySelector("[data-said]");
  said.textContent = said.dataset.said.replace("{number}", changes.indexOf(next) + 1).replace("{count}", changes.length);
}

if (steps && document.querySelector("[data-change]")) {
  steps.hidden = false;
  let last = null;
  document.addEventListener("focusin", (event) => (last = event.target.closest("[data-change]") || last));
  steps.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    last?.focus({ preventScroll: true });
    go(Number(button.dataset.step));
  });
}
