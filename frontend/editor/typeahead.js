// Lists that follow what is being typed: "/" at the start of a line, "[[" for pages, "@" for people.
// A trigger has a pattern on the text before the caret, `find(query)` → items {title, note, icon, run}, and is asked
// again at each key. The focus stays in the text; the chosen line is told by aria-activedescendant.
import { Plugin, PluginKey } from "prosemirror-state";
import { make, newId } from "./parts.js";

export const typeahead = new PluginKey("typeahead");
const NOTHING = { found: null, refused: -1, list: "", option: "" };
const WAIT = 100;

function look(triggers, state) {
  const { $cursor } = state.selection;
  if (!$cursor || $cursor.parent.type.spec.code) return null;
  const before = $cursor.parent.textBetween(0, $cursor.parentOffset, null, "￼");
  for (const trigger of triggers) {
    const match = before.match(trigger.pattern);
    if (!match) continue;
    const from = $cursor.pos - match[1].length - trigger.sign.length;
    return { trigger, query: match[1], from, to: $cursor.pos };
  }
  return null;
}

export function typeaheads({ frame, label, announce, found, triggers }) {
  let menu = null;
  return new Plugin({
    key: typeahead,
    state: {
      init: () => NOTHING,
      apply(tr, before, _old, state) {
        const told = tr.getMeta(typeahead) || {};
        const now = { ...before, ...told };
        if (tr.docChanged || tr.selectionSet || told.refused !== undefined) now.found = look(triggers, state);
        if (!now.found || (tr.selectionSet && !tr.docChanged && !before.found)) now.found = null;
        if (now.found?.from !== now.refused) now.refused = -1;
        else now.found = null;
        return now.found ? now : { ...NOTHING, refused: now.refused };
      },
    },
    props: {
      attributes(state) {
        const { list, option } = typeahead.getState(state);
        return list ? { "aria-controls": list, "aria-activedescendant": option } : {};
      },
      handleKeyDown: (_view, event) => menu?.key(event) || false,
      handleDOMEvents: { blur: () => void menu?.close() },
    },
    view(view) {
      menu = popup({ view, frame, label, announce, found });
      return { update: () => menu.update(typeahead.getState(view.state).found), destroy: () => menu.destroy() };
    },
  });
}

function popup({ view, frame, label, announce, found }) {
  // A list that scrolls has to be reachable by keyboard; in fact Tab takes a line of it.
  const list = make("ul", { class: "editor-list", role: "listbox", tabindex: "0", "aria-label": label, id: newId("editor-list") });
  let items = [];
  let at = 0;
  let asked = null;
  let asking = 0;
  list.hidden = true;
  frame.append(list);

  function tell(option) {
    if (typeahead.getState(view.state).option === option) return;
    view.dispatch(view.state.tr.setMeta(typeahead, { list: option && list.id, option }));
  }

  function point(index) {
    at = index;
    [...list.children].forEach((line, n) => line.setAttribute("aria-selected", String(n === index)));
    list.children[index].scrollIntoView({ block: "nearest" });
    tell(list.children[index].id);
  }

  function line(item, index) {
    const option = make("li", { role: "option", id: `${list.id}-${index}` });
    const words = make("span", { class: "editor-list-words" }, item.title);
    if (item.icon) option.append(item.icon.cloneNode(true));
    option.append(words);
    if (item.note) option.append(make(item.typed ? "kbd" : "small", {}, item.note));
    return option;
  }

  // Below the caret, or above it where there is more room; never beyond the edge of the frame.
  function place(from) {
    const box = frame.getBoundingClientRect();
    const caret = view.coordsAtPos(from);
    const under = caret.bottom + list.offsetHeight + 16 < window.innerHeight || caret.top < list.offsetHeight + 80;
    const top = under ? caret.bottom + 6 : caret.top - list.offsetHeight - 6;
    list.style.insetBlockStart = `${top - box.top}px`;
    list.style.left = `${Math.max(0, Math.min(caret.left - box.left - 12, box.width - list.offsetWidth - 8))}px`;
  }

  function show(wanted, answer) {
    items = answer;
    if (!items.length) return hide();
    list.replaceChildren(...items.map(line));
    list.hidden = false;
    place(wanted.from);
    point(0);
    announce(found(items.length));
  }

  function hide() {
    list.hidden = true;
    list.replaceChildren();
    items = [];
    tell("");
  }

  function take(index) {
    const { trigger, from, to } = typeahead.getState(view.state).found;
    const item = items[index];
    hide();
    const closing = trigger.closing && view.state.doc.textBetween(to, Math.min(to + trigger.closing.length, view.state.selection.$to.end())) === trigger.closing;
    item.run(view, from, to + (closing ? trigger.closing.length : 0));
    view.focus();
  }

  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("mousemove", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0 && index !== at) point(index);
  });
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0) take(index);
  });

  function update(wanted) {
    const key = wanted && `${wanted.trigger.sign}${wanted.from}:${wanted.query}`;
    if (key === asked) return;
    asked = key;
    clearTimeout(asking);
    if (!wanted) return hide();
    asking = setTimeout(async () => {
      const answer = await wanted.trigger.find(wanted.query).catch(() => []);
      if (asked === key) show(wanted, answer);
    }, wanted.trigger.wait ? WAIT : 0);
  }

  function key(event) {
    if (list.hidden || event.altKey || event.ctrlKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) point((at + step + items.length) % items.length);
    else if (event.key === "Enter" || event.key === "Tab") take(at);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  }

  function close() {
    const now = typeahead.getState(view.state).found;
    if (now) view.dispatch(view.state.tr.setMeta(typeahead, { refused: now.from }));
    hide();
  }

  return { update, key, close, destroy: () => list.remove() };
}
