// Find and replace in the text, in a bar above it.
import { closeHistory } from "prosemirror-history";
import { SearchQuery, findNext, findPrev, getSearchState, replaceAll, replaceNext, search, setSearchState } from "prosemirror-search";
import { Plugin, TextSelection } from "prosemirror-state";
import { count, newId, part, say } from "./parts.js";

const MOST = 2000;

function matches(state) {
  const { query } = getSearchState(state);
  const found = [];
  if (!query.valid) return found;
  for (let from = 0; found.length < MOST; from = found.at(-1).to) {
    const next = query.findNext(state, from, state.doc.content.size);
    if (!next) return found;
    found.push(next);
  }
  return found;
}

export function finding({ announce, back }) {
  const bar = part("find");
  const named = (name) => bar.querySelector(`[data-${name}]`);
  const [words, instead, exact, told] = ["words", "instead", "case", "told"].map(named);
  let view = null;
  let counted = [null, null, null];
  let found = [];
  for (const label of bar.querySelectorAll("label[data-for]")) label.htmlFor = named(label.dataset.for).id = newId("find");

  function ask() {
    const query = new SearchQuery({ search: words.value, caseSensitive: exact.checked, replace: instead.value, literal: true });
    view.dispatch(setSearchState(view.state.tr, query));
  }

  function tell() {
    const { from, to } = view.state.selection;
    const { query } = getSearchState(view.state);
    if (counted[0] !== view.state.doc || counted[1] !== query) found = matches(view.state);
    counted = [view.state.doc, query];
    const at = found.findIndex((one) => one.from === from && one.to === to);
    told.textContent = !words.value ? "" : at < 0 ? count("found", found.length) : say("found_at").replace("{at}", at + 1).replace("{all}", found.length);
  }

  function step(command) {
    command(view.state, (tr) => view.dispatch(tr.scrollIntoView()));
    tell();
    if (told.textContent) announce(told.textContent);
  }

  function all() {
    const number = found.length;
    view.dispatch(closeHistory(view.state.tr));
    replaceAll(view.state, view.dispatch);
    announce(count("replaced", number));
  }

  const steps = { next: () => step(findNext), previous: () => step(findPrev), replace: () => step(replaceNext), all, close };

  function open() {
    const { from, to, $from, $to } = view.state.selection;
    bar.hidden = false;
    if (from < to && $from.sameParent($to)) words.value = view.state.doc.textBetween(from, to);
    words.focus();
    words.select();
    ask();
  }

  function close() {
    bar.hidden = true;
    words.value = "";
    ask();
    back();
  }

  bar.addEventListener("input", (event) => {
    event.stopPropagation();
    ask();
    if (event.target !== instead && words.value) {
      const { query } = getSearchState(view.state);
      const first = query.valid && (query.findNext(view.state, view.state.selection.from) || query.findNext(view.state, 0));
      if (first) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, first.from, first.to)).scrollIntoView());
      announce(told.textContent);
    }
  });
  bar.addEventListener("change", (event) => event.stopPropagation());
  bar.addEventListener("click", (event) => steps[event.target.closest("[data-step]")?.dataset.step]?.());
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === words) step(event.shiftKey ? findPrev : findNext);
    else if (event.key === "Enter" && event.target === instead) step(replaceNext);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const plugin = new Plugin({
    view(own) {
      view = own;
      return { update: () => bar.hidden || tell() };
    },
  });

  return { bar, open, plugins: [search(), plugin], next: () => step(findNext), previous: () => step(findPrev) };
}
