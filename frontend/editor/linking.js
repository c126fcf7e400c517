// The dialog in which a link is made and changed, and what shows below a link in which the caret is.
import { Plugin } from "prosemirror-state";
import { dialog, selectionRect } from "./dialog.js";
import { addressOf, asAddress, chosen, isAddress, linkAt, setLink, unlink } from "./links.js";
import { part, say } from "./parts.js";
import { linkTo } from "./triggers.js";
import { schema } from "./schema.js";

function question({ form, suggest }) {
  const asked = dialog("link");
  const where = asked.named("where");
  const fields = asked.element.querySelector("form");
  let page = null;
  fields.dataset.words = form.dataset.words || "{}";
  fields.dataset.space = form.dataset.space || "";
  where.addEventListener("input", () => (asked.named("problem").hidden = true));
  suggest(where, {
    source: () => (isAddress(where.value.trim()) ? null : { query: where.value.trim(), kinds: "" }),
    choose(item) {
      page = item;
      where.value = item.title;
      const text = asked.named("text");
      if (!text.value) text.value = item.title;
    },
  });

  // What was asked for, as {href} or {node}; null when it cannot be linked to.
  function meant(text) {
    const typed = where.value.trim();
    if (page && page.title === typed) return text === null ? { href: page.url } : { node: linkTo(page, text === page.title ? "" : text) };
    if (isAddress(typed)) return asAddress(typed) ? { href: asAddress(typed) } : null;
    if (!typed || text === null || /[[\]|#<>`]/.test(typed)) return null;
    return { node: schema.nodes.wikilink.create({ target: typed, text: text === typed ? "" : text }) };
  }

  return async function ask(view, at) {
    const text = asked.named("text");
    const known = Boolean(at.href || at.page);
    page = null;
    where.value = at.href || at.page?.target || "";
    text.value = at.text || "";
    text.closest(".field").hidden = at.text === null;
    asked.named("problem").hidden = true;
    asked.element.querySelector("[data-answer=remove]").hidden = !known;
    const answer = await asked.open(selectionRect(view), () => {
      const words = at.text === null ? null : text.value.trim();
      const to = meant(words);
      if (to) return asked.settle({ ...to, text: words });
      asked.named("problem").hidden = false;
      where.focus();
    });
    return answer;
  };
}

export function linking({ form, frame, complete, suggest, announce, back }) {
  let ask = null;

  async function open(view) {
    ask ??= question({ form, suggest });
    const at = chosen(view.state);
    if (view.state.selection.$from.parent.type.spec.code) return;
    const { doc } = view.state;
    const answer = await ask(view, at);
    if (answer && view.state.doc === doc) {
      if (answer === "remove") unlink(view, at);
      else if (answer !== "cancel") setLink(view, at, answer);
      if (answer !== "cancel") announce(say(answer === "remove" ? "unlinked" : "linked"));
    }
    view.focus();
  }

  const bubble = part("bubble");
  frame.append(bubble);
  bubble.addEventListener("mousedown", (event) => event.preventDefault());

  function plugin() {
    let at = null;
    return new Plugin({
      view(view) {
        bubble.addEventListener("click", async (event) => {
          const does = event.target.closest("[data-do]")?.dataset.do;
          if (does === "edit") open(view);
          if (does === "remove") {
            unlink(view, at);
            back();
          }
          if (does === "open") window.open(await addressOf(at, complete), "_blank", "noopener");
        });
        return {
          update() {
            at = view.hasFocus() && (view.state.selection.empty || view.state.selection.node) ? linkAt(view.state) : null;
            bubble.hidden = !at;
            if (!at) return;
            bubble.querySelector("[data-where]").textContent = at.page ? at.text : at.href;
            const box = frame.getBoundingClientRect();
            const spot = view.coordsAtPos(at.from);
            bubble.style.insetBlockStart = `${spot.bottom - box.top + 6}px`;
            bubble.style.left = `${Math.max(4, Math.min(spot.left - box.left, box.width - bubble.offsetWidth - 8))}px`;
          },
          destroy: () => bubble.remove(),
        };
      },
      props: { handleDOMEvents: { blur: () => void (bubble.hidden = true) } },
    });
  }

  return { open, plugin };
}
