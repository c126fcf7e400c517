// A row of buttons of which one is in the tab order and arrow keys move between them; Escape goes back to the text.
import { KEYS, readable, spoken } from "./keys.js";

export function toolbar(bar, { run, back }) {
  const tools = [...bar.querySelectorAll(".tool")];
  const seen = () => tools.filter((tool) => tool.offsetParent && !tool.disabled);

  for (const tool of tools) {
    const keys = KEYS[tool.dataset.command];
    tool.tabIndex = -1;
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
    const all = seen();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") back();
    else if (at < 0) return;
    else if (event.key === "ArrowRight") move(all[(at + 1) % all.length]);
    else if (event.key === "ArrowLeft") move(all[(at - 1 + all.length) % all.length]);
    else if (event.key === "Home") move(all[0]);
    else if (event.key === "End") move(all.at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    focus: () => move(seen().find((tool) => tool.tabIndex === 0) || seen()[0]),
    press: (command, on) => bar.querySelectorAll(`.tool[data-command="${command}"]`).forEach((tool) => tool.setAttribute("aria-pressed", String(on))),
    enable: (command, on) => bar.querySelectorAll(`.tool[data-command="${command}"]`).forEach((tool) => tool.setAttribute("aria-disabled", String(!on))),
  };
}
