// Pictures: shown with their words, asked for them when they come in, and sent to the page's files.
import { dialog } from "./dialog.js";
import { make, say } from "./parts.js";
import { schema } from "./schema.js";

const { image } = schema.nodes;
const ATTACHED = /^(?:attachment:|(?:\.\/)?files\/)/i;

// Where the browser finds it; "" for what it may not load: pictures of other sites.
export function addressOf(src, attach) {
  if (ATTACHED.test(src)) return attach ? `${attach}/${src.replace(ATTACHED, "")}` : "";
  const url = URL.canParse(src, location.href) ? new URL(src, location.href) : null;
  return url?.origin === location.origin || src.startsWith("data:image/") ? src : "";
}

function asDataUrl(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => resolve("");
    reader.readAsDataURL(file);
  });
}

export function pictures({ attach, upload, toTree, announce }) {
  let asked = null;
  const box = () => (asked ??= dialog("image"));

  // Asks what is to be seen. Answers {alt}, "remove", or null.
  async function ask(view, { src, name, alt, isNew }) {
    const { element, named, open, settle } = box();
    const words = named("alt");
    const bare = named("decorative");
    const picture = named("shown");
    picture.hidden = !src;
    if (src) picture.src = src;
    words.value = alt;
    bare.checked = !isNew && !alt;
    named("name").textContent = name;
    named("problem").hidden = true;
    element.querySelector("[data-answer=remove]").hidden = isNew;
    element.querySelector("[type=submit] span").textContent = say(isNew ? "insert_picture" : "keep");
    const able = () => (words.disabled = bare.checked);
    bare.onchange = able;
    able();
    const answer = await open(null, () => {
      if (!bare.checked && !words.value.trim()) {
        named("problem").hidden = false;
        return words.focus();
      }
      settle({ alt: bare.checked ? "" : words.value.trim() });
    });
    view.focus();
    return answer;
  }

  async function edit(view, pos) {
    const node = view.state.doc.nodeAt(pos);
    const answer = await ask(view, { src: addressOf(node.attrs.src, attach()), name: node.attrs.src.replace(ATTACHED, ""), alt: node.attrs.alt, isNew: false });
    if (!answer || view.state.doc.nodeAt(pos) !== node) return;
    const tr = view.state.tr;
    view.dispatch(answer === "remove" ? tr.delete(pos, pos + node.nodeSize) : tr.setNodeAttribute(pos, "alt", answer.alt));
  }

  async function addOne(view, file) {
    const sending = upload(file);
    sending.catch(() => {});
    let alt = null;
    if (file.type.startsWith("image/")) {
      const answer = await ask(view, { src: await asDataUrl(file), name: file.name, alt: "", isNew: true });
      if (!answer) return;
      alt = answer.alt;
    }
    const { markdown } = await sending;
    const tree = await toTree(markdown);
    const inline = schema.nodeFromJSON(tree).firstChild.content;
    const made = inline.firstChild;
    const node = made.type === image ? image.create({ ...made.attrs, alt: alt ?? made.attrs.alt }) : null;
    view.dispatch(node ? view.state.tr.replaceSelectionWith(node, false).scrollIntoView() : view.state.tr.replaceWith(view.state.selection.from, view.state.selection.to, inline));
    view.focus();
  }

  async function add(view, files) {
    if (!attach()) return announce(say("attach_later"), true);
    for (const file of files) {
      try {
        await addOne(view, file);
      } catch (error) {
        announce(`${say("not_attached", file.name)} ${error.message}`, true);
      }
    }
  }

  // From another place: only where nothing can be attached yet is an address asked for.
  function choose(view) {
    if (!attach()) return announce(say("attach_later"), true);
    const input = make("input", { type: "file", accept: "image/*", multiple: "" });
    input.addEventListener("change", () => add(view, [...input.files]));
    input.click();
  }

  function nodeView(node, view, getPos) {
    const dom = make("span", { class: "picture" });
    let now = node;
    const change = make("button", { type: "button", class: "picture-words", tabindex: "-1" });
    change.addEventListener("click", () => edit(view, getPos()));

    function draw() {
      const src = addressOf(now.attrs.src, attach());
      const shown = src ? make("img", { src, alt: now.attrs.alt, draggable: "false" }) : make("span", { class: "picture-elsewhere" }, `${say("picture_elsewhere")} ${now.attrs.src}`);
      change.textContent = now.attrs.alt || say("decorative");
      change.setAttribute("aria-label", say("edit_picture", now.attrs.alt || say("decorative")));
      dom.replaceChildren(shown, change);
    }

    draw();
    return {
      dom,
      update(next) {
        if (next.type !== now.type) return false;
        if (!next.eq(now)) {
          now = next;
          draw();
        }
        return true;
      },
      stopEvent: (event) => change.contains(event.target),
      ignoreMutation: () => true,
    };
  }

  return { add, choose, edit, nodeView };
}
