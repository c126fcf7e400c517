// What each part of a kind of page is for: shown where the part is still empty, never stored unless somebody writes.
import { Plugin, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { make, say } from "./parts.js";
import { schema } from "./schema.js";

const { heading, paragraph } = schema.nodes;
const is = (prompt, title) => prompt.known.some((name) => name.trim().toLowerCase() === title.trim().toLowerCase());

function write(view, pos) {
  const tr = view.state.tr.insert(pos, paragraph.create());
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 1)).scrollIntoView());
  view.focus();
}

function asButton(prompt, after) {
  return (view) => {
    const button = make("button", { type: "button", class: "editor-prompt", contenteditable: "false", tabindex: "-1" }, prompt.text);
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => write(view, after()));
    return button;
  };
}

const ghost = (text) => ({ class: "is-ghost", "data-ghost": text });
const isEmpty = (node) => node?.type === paragraph && !node.content.size;

function decorations(state, prompts) {
  const { doc, selection } = state;
  const found = [];
  doc.forEach((node, offset, index) => {
    const end = offset + node.nodeSize;
    const next = doc.maybeChild(index + 1);
    const prompt = node.type === heading && prompts.find((one) => is(one, node.textContent));
    if (!prompt) return;
    if (isEmpty(next) && (doc.maybeChild(index + 2)?.type ?? heading) === heading) found.push(Decoration.node(end, end + next.nodeSize, ghost(prompt.text)));
    else if (!next || next.type === heading) found.push(Decoration.widget(end, asButton(prompt, () => end), { side: -1, key: `${prompt.heading}:${end}`, ignoreSelection: true }));
  });
  if (doc.childCount === 1 && isEmpty(doc.firstChild)) found.push(Decoration.node(0, doc.firstChild.nodeSize, ghost(say("start"))));
  else if (selection.empty && isEmpty(selection.$from.parent) && selection.$from.depth === 1 && !found.some((one) => one.from === selection.$from.before())) {
    found.push(Decoration.node(selection.$from.before(), selection.$from.after(), { class: "is-ghost is-hint", "data-ghost": say("hint") }));
  }
  return DecorationSet.create(doc, found);
}

// The parts that the text does not have yet, as one button each below it.
function missingParts(place, prompts, view) {
  const buttons = prompts.map((prompt) => {
    const button = make("button", { type: "button", class: "button button-quiet editor-missing" }, make("strong", {}, prompt.heading), make("span", {}, prompt.text));
    button.addEventListener("click", () => {
      const { state } = view;
      const end = state.doc.content.size;
      const head = heading.create({ level: 2 }, schema.text(prompt.heading));
      const from = isEmpty(state.doc.lastChild) ? end - state.doc.lastChild.nodeSize : end;
      const tr = state.tr.replaceWith(from, end, [head, paragraph.create()]);
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, tr.doc.content.size - 1)).scrollIntoView());
      view.focus();
    });
    return button;
  });
  place.querySelector("[data-parts]").replaceChildren(...buttons);
  return (doc) => {
    const there = [];
    doc.forEach((node) => node.type === heading && there.push(node.textContent));
    prompts.forEach((prompt, index) => (buttons[index].hidden = there.some((title) => is(prompt, title))));
    place.hidden = buttons.every((button) => button.hidden);
  };
}

export function guiding(prompts, place) {
  return new Plugin({
    props: { decorations: (state) => decorations(state, prompts) },
    view(view) {
      const tell = missingParts(place, prompts, view);
      let known = null;
      const update = () => known !== view.state.doc && tell((known = view.state.doc));
      update();
      return { update };
    },
  });
}
