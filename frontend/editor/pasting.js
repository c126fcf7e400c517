// What is pasted or dropped. Pages of the web and of Word are cleaned by the server; our own text is taken as it is;
// with Ctrl-Shift-V there is only plain text, and it stays plain: that one paste, whatever follows it.
import { Fragment, Slice } from "prosemirror-model";
import { Plugin, Selection } from "prosemirror-state";
import { say } from "./parts.js";
import { schema } from "./schema.js";

const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const OURS = /data-pm-slice/;

// The page's title is the only heading of the first rank.
function below(tree) {
  const headings = tree.content.filter((node) => node.type === "heading");
  if (headings.some((node) => node.attrs?.level === 1)) for (const node of headings) node.attrs = { ...node.attrs, level: Math.min(6, (node.attrs?.level ?? 2) + 1) };
  return tree;
}

// One paragraph goes into the line; several blocks go in as blocks, the first and last joined to what is around them.
function asSlice(doc) {
  const open = (node) => (node?.type === schema.nodes.paragraph ? 1 : 0);
  return new Slice(Fragment.from(doc.content), open(doc.firstChild), open(doc.lastChild));
}

export function pasting({ toBlocks, pictures, announce }) {
  let plain = false;
  let places = [];

  async function clean(view, data) {
    const place = { mark: view.state.selection.getBookmark() };
    places.push(place);
    try {
      const doc = schema.nodeFromJSON(below(await toBlocks(data)));
      const tr = view.state.tr.setSelection(place.mark.resolve(view.state.doc));
      view.dispatch(tr.replaceSelection(asSlice(doc)).scrollIntoView().setMeta("paste", true));
    } catch (error) {
      if (data.text) view.pasteText(data.text);
      announce(`${say("pasted_plain")} ${error.message || ""}`, true);
    } finally {
      places = places.filter((one) => one !== place);
    }
  }

  function taken(view, event) {
    const data = event.clipboardData;
    if (!data || event.target.closest("input, select")) return false;
    const [html, text, files] = [data.getData("text/html"), data.getData("text/plain"), [...data.files]];
    const { empty, $from, $to } = view.state.selection;
    if (files.length && !text && !OURS.test(html)) {
      pictures.add(view, files);
      return true;
    }
    if ($from.parent.type.spec.code || OURS.test(html)) return false;
    if (!empty && $from.sameParent($to) && ADDRESS.test(text.trim())) {
      view.dispatch(view.state.tr.addMark($from.pos, $to.pos, schema.marks.link.create({ href: text.trim() })));
      announce(say("linked"));
      return true;
    }
    if (plain || (!html && !text.includes("\n") && ADDRESS.test(text.trim()))) return false;
    if (!html && !/\n|^\s*(?:[-*+#>|]|\d+\.)\s/.test(text)) return false;
    clean(view, html ? { html, text } : { text });
    return true;
  }

  return new Plugin({
    state: {
      init: () => null,
      apply(tr) {
        if (tr.docChanged) for (const place of places) place.mark = place.mark.map(tr.mapping);
        return null;
      },
    },
    props: {
      handleDOMEvents: {
        keydown(_view, event) {
          plain = event.key.toLowerCase() === "v" && event.shiftKey && (event.ctrlKey || event.metaKey);
          return false;
        },
        keyup: () => void (plain = false),
        // While an empty paste is waited for the focus is elsewhere, and the key is let go there.
        blur: () => void (plain = false),
        // Before the browser makes elements of it, whose style attributes our content security policy forbids.
        paste(view, event) {
          const done = taken(view, event);
          plain = false;
          if (!done) return false;
          event.preventDefault();
          return true;
        },
        // From elsewhere; what is moved within the text is moved by the editor itself.
        drop(view, event) {
          const html = event.dataTransfer?.getData("text/html") || "";
          const files = [...(event.dataTransfer?.files || [])];
          if (view.dragging || (!files.length && (!html || OURS.test(html)))) return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (at) view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
          if (files.length) pictures.add(view, files);
          else clean(view, { html, text: event.dataTransfer.getData("text/plain") });
          event.preventDefault();
          return true;
        },
      },
    },
  });
}
