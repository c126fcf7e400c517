// The rich text editor: a tree that the server made of Markdown, edited here, and given back as a tree.
// The page's own script (static/js/rich.js) asks for it, keeps the text area beside it and sends the form.
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { closeHistory, history } from "prosemirror-history";
import { EditorState, Selection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { blockViews } from "./blocks.js";
import { commands, present } from "./commands.js";
import { counter } from "./count.js";
import { finding } from "./find.js";
import { showKeys } from "./help.js";
import { pictures } from "./images.js";
import { keyPlugins, tabKeys } from "./keys.js";
import { linking } from "./linking.js";
import { count, newId, part, say } from "./parts.js";
import { pasting } from "./pasting.js";
import { guiding } from "./prompts.js";
import { writingRules } from "./rules.js";
import { schema } from "./schema.js";
import { blockList, tools } from "./surface.js";
import { tableCommands, tablePlugins, tableTools } from "./tables.js";
import { triggers } from "./triggers.js";
import { typeaheads } from "./typeahead.js";

const EMPTY = { type: "doc", content: [{ type: "paragraph" }] };

// Writing may go on below a last block that is no plain text: a click there makes a line.
function lineBelow(view, event) {
  const last = view.dom.lastElementChild;
  if (event.target !== view.dom || !last || event.clientY < last.getBoundingClientRect().bottom) return false;
  const { doc } = view.state;
  const end = doc.content.size;
  const tr = doc.lastChild.type.name === "paragraph" ? view.state.tr : view.state.tr.insert(end, schema.nodes.paragraph.create());
  view.dispatch(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView());
  view.focus();
  event.preventDefault();
  return true;
}

// `frame` is the box that the editor fills, `doc` a tree or null; `services` is what the page can do for it:
// announce, complete, upload, toTree, toBlocks, suggest, changed, attach. Gives back {tree, isChanged, focus, destroy}.
export function open({ frame, form, label, describedBy, prompts, doc, small, place, services }) {
  const { announce, complete, changed } = services;
  const back = () => view.focus();
  const pics = pictures({ ...services });
  const links = linking({ form, frame, back, ...services });
  const find = finding({ announce, back });
  const surface = tools({ run: (name, from) => run(name, from), back });
  const tableBar = part("table");
  const cells = tableTools(tableBar, { run: (name) => run(name), back });
  const page = document.createElement("div");
  const missing = part("missing");
  const about = part("about");
  const tell = place ? counter(place) : () => {};

  const others = {
    link: () => links.open(view),
    image: () => pics.choose(view),
    find: () => find.open(),
    find_next: () => find.next(),
    find_previous: () => find.previous(),
    keys: () => showKeys(view, surface.bar),
    tools: () => (cells.shown && !tableBar.contains(document.activeElement) ? cells : surface).focus(),
    page: () => view.dispatch(view.state.tr.insertText("[[")),
    person: () => view.dispatch(view.state.tr.insertText("@")),
  };

  // Says what the text became: a screen reader does not see the buttons change.
  function said(name, from) {
    const named = from?.querySelector?.("[data-name]")?.textContent || from?.getAttribute?.("aria-label") || surface.bar.querySelector(`[data-command="${name}"]`)?.getAttribute("aria-label");
    const tool = surface.bar.querySelector(`.tool[data-command="${name}"]`);
    if (!named || ["undo", "redo"].includes(name)) return named && announce(named);
    announce(tool?.getAttribute("aria-pressed") === "false" ? say("off", named) : named);
  }

  function run(name, from) {
    if (others[name]) {
      others[name]();
      return true;
    }
    if (name === "source") return services.toSource();
    const command = commands[name] || tableCommands[name];
    if (!["undo", "redo"].includes(name)) view.dispatch(closeHistory(view.state.tr));
    const done = command?.(view.state, view.dispatch, view);
    if (done) said(name, from);
    if (!from || !from.matches("input, select")) view.focus();
    return true;
  }

  const plugins = [
    typeaheads({
      frame,
      label: say("suggestions"),
      announce,
      found: (number) => count("suggested", number),
      triggers: triggers({ complete, run, blocks: () => blockList(surface.bar) }),
    }),
    writingRules(),
    ...tablePlugins(),
    tabKeys(announce),
    ...keyPlugins(run),
    history(),
    gapCursor(),
    dropCursor({ color: false, class: "editor-drop" }),
    ...find.plugins,
    links.plugin(),
    pasting({ pictures: pics, ...services }),
    guiding(prompts, missing),
  ];
  const first = schema.nodeFromJSON(doc || EMPTY);
  let view = null;
  page.className = "editor-page";
  about.id = newId("editor-about");
  frame.prepend(surface.bar, find.bar, about, page, missing);
  page.append(tableBar);
  tableBar.hidden = true;
  view = new EditorView({ mount: page.appendChild(document.createElement("div")) }, {
    state: EditorState.create({ doc: first, plugins }),
    attributes: {
      class: "prose",
      role: "textbox",
      "aria-multiline": "true",
      "aria-autocomplete": "list",
      "aria-labelledby": label,
      "aria-describedby": [describedBy, about.id].filter(Boolean).join(" "),
    },
    // What is being written is never under the bars at the top and the foot of the window.
    scrollMargin: { top: 140, bottom: 110, left: 5, right: 5 },
    scrollThreshold: { top: 120, bottom: 90, left: 0, right: 0 },
    nodeViews: { ...blockViews, image: pics.nodeView },
    handleDOMEvents: { mousedown: lineBelow },
    handleDoubleClickOn: (_view, pos, node) => node.type === schema.nodes.image && (pics.edit(view, pos), true),
    dispatchTransaction(tr) {
      const before = view.state;
      view.updateState(before.apply(tr));
      if (before.doc !== view.state.doc) changed();
      show();
    },
  });

  function show() {
    surface.update(view);
    cells.update(view);
    tell(view.state.doc);
  }

  show();
  return {
    tree: () => view.state.doc.toJSON(),
    isChanged: () => !view.state.doc.eq(first),
    isEmpty: () => !view.state.doc.textContent && view.state.doc.childCount < 2,
    focus(atEnd) {
      if (atEnd) view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)));
      view.focus();
    },
    destroy() {
      view.destroy();
      for (const one of [surface.bar, find.bar, about, page, missing]) one.remove();
    },
  };
}
