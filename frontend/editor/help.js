// The list of keys, made from what the buttons are called and what the keyboard does.
import { dialog } from "./dialog.js";
import { KEYS, readable } from "./keys.js";
import { make, say } from "./parts.js";

const TYPED = ["slash", "brackets", "at"];
let asked = null;

function lines(bar) {
  const named = (command) => {
    const tool = bar.querySelector(`[data-command="${command}"]`);
    return tool?.querySelector("[data-name]")?.textContent || tool?.getAttribute("aria-label") || say(`key_for_${command}`);
  };
  const keys = Object.entries(KEYS).map(([command, key]) => [readable(key), named(command)]);
  const others = [["Mod-Enter", "tick"], ["Mod-Shift-v", "plain"], ["Shift-Enter", "break"]].map(([key, name]) => [readable(key), say(`key_for_${name}`)]);
  const typed = TYPED.map((name) => [{ slash: "/", brackets: "[[", at: "@" }[name], say(`key_for_${name}`)]);
  return [...typed, ...keys, ...others, [`${say("key_Escape")}, ${say("key_Tab")}`, say("key_for_leave")]];
}

export async function showKeys(view, bar) {
  asked ??= dialog("keys");
  const list = asked.named("list");
  list.replaceChildren(...lines(bar).map(([keys, what]) => make("div", {}, make("dt", {}, make("kbd", {}, keys)), make("dd", {}, what))));
  await asked.open(null);
  view.focus();
}
