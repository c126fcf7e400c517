// Suggestions for page titles after "[[", and for people after "@", shown where the caret is.
import { insert } from "./insert.js";
import { suggest } from "./suggest.js";

const OPEN = /\[\[([^[\]|#\n]*)$/;
const PERSON = /(?<![\p{L}\p{N}.@/[])@((?:[\p{L}\p{M}'’-]+ ?){1,4})$/u;
const COPIED = ["font", "padding", "border", "lineHeight", "letterSpacing", "boxSizing"];

// Where the caret stands inside a text area: a copy of the text before it, laid out the same way, is measured.
function caret(field) {
  const copy = document.createElement("div");
  const end = document.createElement("span");
  const look = getComputedStyle(field);
  for (const name of COPIED) copy.style[name] = look[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
  copy.style.inlineSize = `${field.offsetWidth}px`;
  copy.append(field.value.slice(0, field.selectionStart), end);
  field.parentElement.append(copy);
  const top = end.offsetTop + end.offsetHeight - field.scrollTop;
  copy.remove();
  return top;
}

export function link(field) {
  const before = () => field.value.slice(0, field.selectionStart);
  suggest(field, {
    eager: true,
    source: () => {
      const found = before().match(OPEN);
      if (found) return { query: found[1], kinds: "" };
      const named = before().match(PERSON);
      return named && { query: named[1].trim(), kinds: "person" };
    },
    choose: (item) => {
      const named = before().match(OPEN) ? null : before().match(PERSON);
      if (named) return insert(field, `[[${item.typed}]] `, named.index, field.selectionStart);
      const start = before().match(OPEN).index + 2;
      const closed = field.value.startsWith("]]", field.selectionStart);
      insert(field, item.typed + "]]", start, field.selectionStart + (closed ? 2 : 0));
    },
    place: (list) => (list.style.insetBlockStart = `${Math.min(caret(field), field.offsetHeight)}px`),
  });
}

document.querySelectorAll("textarea[data-body]").forEach(link);
