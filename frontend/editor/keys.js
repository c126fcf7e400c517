// The keys of each command: what the buttons say, what the list of keys shows, and what the keyboard does.
import { baseKeymap, chainCommands, createParagraphNear, exitCode } from "prosemirror-commands";
import { undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { Plugin, Selection, TextSelection } from "prosemirror-state";
import { within } from "./commands.js";
import { isMac, say } from "./parts.js";
import { schema } from "./schema.js";

const { list_item, hard_break, paragraph, heading, code_block, source } = schema.nodes;

export const KEYS = {
  bold: "Mod-b",
  italic: "Mod-i",
  strike: "Mod-Shift-x",
  code: "Mod-e",
  link: "Mod-k",
  paragraph: "Mod-Alt-0",
  heading2: "Mod-Alt-2",
  heading3: "Mod-Alt-3",
  heading4: "Mod-Alt-4",
  ordered: "Mod-Shift-7",
  bullet: "Mod-Shift-8",
  task: "Mod-Shift-9",
  quote: "Mod-Shift-.",
  code_block: "Mod-Alt-c",
  undo: "Mod-z",
  redo: isMac ? "Mod-Shift-z" : "Mod-y",
  find: "Mod-f",
  keys: "Mod-/",
  tools: "Alt-F10",
};

const NAMES = isMac ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl" };
const SPOKEN = { Mod: isMac ? "Meta" : "Control" };
const letter = (key) => (key.length === 1 ? key.toUpperCase() : key);

// "Mod-Shift-x" as people read it, and as aria-keyshortcuts has it.
export function readable(keys) {
  const words = keys.split("-").map((key) => NAMES[key] || (key.length === 1 ? letter(key) : say(`key_${key}`)));
  return words.join(isMac ? "" : "+");
}
export const spoken = (keys) => keys.split("-").map((key) => SPOKEN[key] || letter(key)).join("+");

const inItem = (state) => within(state, list_item);

function atItemStart(state) {
  const { $cursor } = state.selection;
  return $cursor && $cursor.parentOffset === 0 && $cursor.depth > 1 && $cursor.node(-1).type === list_item && $cursor.index(-1) === 0;
}

function backToText(state, dispatch) {
  const { $cursor } = state.selection;
  if (!$cursor || $cursor.parentOffset > 0) return false;
  if (atItemStart(state)) return liftListItem(list_item)(state, dispatch);
  if (!["heading", "code_block"].includes($cursor.parent.type.name)) return false;
  dispatch?.(state.tr.setBlockType($cursor.pos, $cursor.pos, paragraph));
  return true;
}

// A new item after a task is a task that is not done.
function nextItem(state, dispatch) {
  const item = inItem(state);
  if (!item) return false;
  return splitListItem(list_item, { checked: item.node.attrs.checked === null ? null : false })(state, dispatch);
}

function toggleTask(state, dispatch) {
  const item = inItem(state);
  if (!item || item.node.attrs.checked === null) return false;
  dispatch?.(state.tr.setNodeAttribute(item.pos, "checked", !item.node.attrs.checked));
  return true;
}

function lineBreak(state, dispatch) {
  if (state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
}

// Whether nothing of the document stands below the line of the caret.
function onLastLine($head) {
  for (let depth = 0; depth < $head.depth; depth++) {
    const node = $head.node(depth);
    if (node.type !== schema.nodes.table_row && $head.index(depth) < node.childCount - 1) return false;
  }
  return true;
}

// Below a last heading, code, table or box there is always a line to go to.
function downAndOut(state, dispatch, view) {
  const { $head, empty } = state.selection;
  const leaving = [code_block, source, heading].includes($head.parent.type) || $head.node(1).type !== $head.parent.type;
  if (!empty || !leaving || !onLastLine($head) || !view?.endOfTextblock("down")) return false;
  if (dispatch) {
    const end = state.doc.content.size;
    const tr = state.tr.insert(end, paragraph.create());
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(end + 1))).scrollIntoView());
  }
  return true;
}

// To the start or the end of all; browsers stop before what cannot be edited, such as a ghost.
function toEdge(atEnd, extend) {
  return (state, dispatch) => {
    const edge = atEnd ? Selection.atEnd(state.doc) : Selection.atStart(state.doc);
    dispatch?.(state.tr.setSelection(extend ? TextSelection.between(state.selection.$anchor, edge.$head) : edge).scrollIntoView());
    return true;
  };
}
const [START, END] = isMac ? ["Cmd-ArrowUp", "Cmd-ArrowDown"] : ["Ctrl-Home", "Ctrl-End"];

// Tab moves items in and out. After Escape it leaves the editor, so nobody is held in it.
export function tabKeys(announce) {
  let leaving = false;
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        if (event.key === "Escape" && !event.defaultPrevented) {
          leaving = true;
          announce(say("leave"));
          return true;
        }
        if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) {
          if (event.key !== "Shift") leaving = false;
          return false;
        }
        if (leaving) return false;
        const { state } = view;
        if (!inItem(state) || within(state, schema.nodes.table)) return false;
        const move = event.shiftKey ? liftListItem : sinkListItem;
        move(list_item)(state, view.dispatch);
        event.preventDefault();
        return true;
      },
      handleDOMEvents: { blur: () => void (leaving = false) },
    },
  });
}

export function keyPlugins(run) {
  const own = Object.fromEntries(Object.entries(KEYS).map(([name, keys]) => [keys, () => run(name)]));
  return [
    keymap({ ...own, "Mod-Shift-z": () => run("redo"), "Mod-y": () => run("redo"), "Mod-g": () => run("find_next"), "Mod-Shift-g": () => run("find_previous") }),
    keymap({
      Backspace: chainCommands(undoInputRule, backToText),
      Enter: nextItem,
      "Mod-Enter": chainCommands(toggleTask, exitCode, createParagraphNear),
      "Shift-Enter": lineBreak,
      ArrowDown: downAndOut,
      [START]: toEdge(false, false),
      [END]: toEdge(true, false),
      [`Shift-${START}`]: toEdge(false, true),
      [`Shift-${END}`]: toEdge(true, true),
    }),
    keymap(baseKeymap),
  ];
}
