// How blocks look that are more than an element around text: tasks, callouts, code, boxes of source, tables.
import { make, part, say } from "./parts.js";

const quiet = { contenteditable: "false" };

// Events in our own inputs are none of the editor's business, and neither are changes of them.
const own = (dom, head) => ({
  stopEvent: (event) => head.contains(event.target),
  ignoreMutation: (record) => record.type !== "selection" && (record.target === dom || head.contains(record.target)),
});

function setter(view, getPos) {
  return (name, value) => view.dispatch(view.state.tr.setNodeAttribute(getPos(), name, value));
}

function toText(view, getPos, head) {
  head.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    view.focus();
  });
}

function listItem(node, view, getPos) {
  const contentDOM = make("div", { class: "item-text" });
  const dom = make("li");
  const box = make("input", { type: "checkbox", class: "task-box", tabindex: "-1", "aria-label": say("done"), ...quiet });
  const label = make("label", { class: "task-label", ...quiet }, box);
  let now = node;
  dom.append(contentDOM);
  box.addEventListener("change", () => {
    view.dispatch(view.state.tr.setNodeAttribute(getPos(), "checked", box.checked));
    view.focus();
  });

  function draw() {
    const task = now.attrs.checked !== null;
    dom.classList.toggle("task", task);
    dom.classList.toggle("is-done", now.attrs.checked === true);
    box.checked = now.attrs.checked === true;
    if (task) dom.prepend(label);
    else label.remove();
  }

  draw();
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type !== now.type) return false;
      now = next;
      draw();
      return true;
    },
    stopEvent: (event) => label.contains(event.target),
    ignoreMutation: (record) => record.type !== "selection" && (record.target === dom || label.contains(record.target)),
  };
}

function callout(node, view, getPos) {
  const dom = make("div");
  const head = part("callout");
  const contentDOM = make("div", { class: "callout-text" });
  const kind = head.querySelector("select");
  const title = head.querySelector("input");
  const set = setter(view, getPos);
  let now = node;
  head.setAttribute("contenteditable", "false");
  dom.append(head, contentDOM);
  kind.addEventListener("change", () => set("kind", kind.value));
  title.addEventListener("input", () => set("title", title.value));
  toText(view, getPos, head);

  function draw() {
    dom.className = `callout callout-${now.attrs.kind}`;
    kind.value = now.attrs.kind;
    if (title.value !== now.attrs.title) title.value = now.attrs.title;
  }

  draw();
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type !== now.type) return false;
      now = next;
      draw();
      return true;
    },
    ...own(dom, head),
  };
}

function code(node, view, getPos) {
  const dom = make("div", { class: "code-box" });
  const contentDOM = make("code", { spellcheck: "false" });
  const head = part("code");
  const language = head.querySelector("input");
  const set = setter(view, getPos);
  let now = node;
  head.setAttribute("contenteditable", "false");
  dom.append(make("pre", {}, contentDOM), head);
  language.addEventListener("input", () => set("params", language.value.trim()));
  toText(view, getPos, head);

  function draw() {
    if (language.value.trim() !== now.attrs.params) language.value = now.attrs.params;
  }

  draw();
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type !== now.type) return false;
      now = next;
      draw();
      return true;
    },
    ...own(dom, head),
  };
}

// What the tree cannot hold: its Markdown in a box, with a word on what it is.
function source(node) {
  const contentDOM = make("code", { spellcheck: "false" });
  const label = make("div", { class: "island-label", ...quiet }, say(`holds_${node.attrs.holds}`));
  const dom = make("div", { class: "island" }, label, make("pre", {}, contentDOM));
  return { dom, contentDOM, ignoreMutation: (record) => record.type !== "selection" && label.contains(record.target) };
}

// A wide table scrolls by itself; the page never does.
function table() {
  const contentDOM = make("tbody");
  const dom = make("div", { class: "table-scroll" }, make("table", {}, contentDOM));
  return { dom, contentDOM, ignoreMutation: (record) => record.type === "attributes" && !contentDOM.contains(record.target) };
}

export const blockViews = { list_item: listItem, callout, code_block: code, source, table };
