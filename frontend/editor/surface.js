// The buttons around the text and what they show of it.
import { redoDepth, undoDepth } from "prosemirror-history";
import { hasMark, present } from "./commands.js";
import { KEYS, readable } from "./keys.js";
import { menu } from "./menu.js";
import { newId, part, say } from "./parts.js";
import { schema } from "./schema.js";
import { toolbar } from "./toolbar.js";

const MARKS = { bold: "strong", italic: "em", strike: "strike", code: "code" };

// The "+" menu's lines, for it and for the slash menu.
export function blockList(bar) {
  return [...bar.querySelectorAll("[data-menu-of=insert] [data-command]")].map((item) => ({
    command: item.dataset.command,
    title: item.querySelector("[data-name]").textContent,
    note: item.querySelector("kbd")?.textContent || "",
    words: item.dataset.words || "",
    icon: item.querySelector("svg"),
  }));
}

export function tools({ run, back }) {
  const bar = part("tools");
  const bars = toolbar(bar, { run, back });
  const shownBlock = bar.querySelector("[data-shown-block]");
  for (const list of bar.querySelectorAll("[data-menu-of]")) {
    const button = bar.querySelector(`[data-menu="${list.dataset.menuOf}"]`);
    button.setAttribute("aria-controls", (list.id = newId("editor-menu")));
    menu(button, list, (item) => run(item.dataset.command, item));
    for (const item of list.querySelectorAll("[data-command]")) {
      const keys = KEYS[item.dataset.command];
      if (keys) item.querySelector("[data-keys]")?.append(readable(keys));
    }
  }
  const kinds = [...bar.querySelectorAll("[data-menu-of=block] [data-command]")];

  function update({ state }) {
    const now = present(state);
    for (const [command, mark] of Object.entries(MARKS)) bars.press(command, hasMark(state, schema.marks[mark]));
    bars.press("link", hasMark(state, schema.marks.link) || state.selection.node?.type === schema.nodes.wikilink);
    for (const list of ["bullet", "ordered", "task"]) bars.press(list, now.list === list);
    bars.enable("undo", undoDepth(state) > 0);
    bars.enable("redo", redoDepth(state) > 0);
    const kind = kinds.find((one) => one.dataset.command === now.block);
    for (const one of kinds) one.setAttribute("aria-checked", String(one === kind));
    shownBlock.textContent = kind ? kind.querySelector("[data-name]").textContent : say("heading", now.block.replace("heading", ""));
  }

  return { bar, focus: bars.focus, update };
}
