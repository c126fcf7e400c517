// A row of buttons of which one is in the tab order and arrow keys move between them; Escape goes back to the text.
import { KEYS, readable, spoken } from "./keys.js";

export function toolbar(bar, { run, back }) {
  const tools = [...bar.querySelectorAll(".tool")];
  const all = new Map();
  const seen = () => tools.filter((tool) => tool.offsetParent && !tool.disabled);

  for (const tool of tools) {
    const keys = KEYS[tool.dataset.command];
    tool.tabIndex = -1;
    all.set(tool.dataset.command, tool);
    if (keys) tool.setAttribute("aria-keyshortcuts", spoken(keys));
    if (tool.classList.contains("tool-icon")) tool.dataset.tip = tool.getAttribute("aria-label") + (keys ? ` (${readable(keys)})` : "");
  }
  tools[0].tabIndex = 0;

  function move(tool) {
    for (const one of tools) one.tabIndex = one === tool ? 0 : -1;
    tool.focus();
  }

  // The text keeps its selection while somebody clicks on a tool.
  bar.addEventListener("mousedown", (event) => event.target.closest("input, select") || event.preventDefault());
  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-command]");
    if (tool) run(tool.dataset.command, tool);
  });
  bar.addEventListener("keydown", (event) => {
    const shown = seen();
    const at = shown.indexOf(document.activeElement);
    if (event.key === "Escape") back();
    else if (at < 0) return;
    else if (event.key === "ArrowRight") move(shown[(at + 1) % shown.length]);
    else if (event.key === "ArrowLeft") move(shown[(at - 1 + shown.length) % shown.length]);
    else if (event.key === "Home") move(shown[0]);
    else if (event.key === "End") move(shown.at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    focus: () => move(seen().find((tool) => tool.tabIndex === 0) || seen()[0]),
    press: (command, on) => all.get(command).setAttribute("aria-pressed", String(on)),
    enable: (command, on) => all.get(command).setAttribute("aria-disabled", String(!on)),
  };
}
