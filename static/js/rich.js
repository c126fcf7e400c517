// Rich text over a text area: <textarea data-rich>, and data-rich="when-asked" for those that change when somebody
// goes into them. The editor itself is a script of its own, fetched when it is needed; without it, and until it and
// the text have come, there is the text area. While rich text is shown the form carries `<name>.tree` in place of `<name>`.
import { announce } from "./announce.js";
import { upload } from "./attach.js";
import { post } from "./send.js";
import { suggest } from "./suggest.js";

const CHOICE = "holdfast.writing";
const parts = document.getElementById("editor-parts");
const said = parts ? JSON.parse(parts.dataset.words) : {};
const part = (name) => parts.content.querySelector(`[data-part="${name}"]`).cloneNode(true);
let script = null;

const fetched = () => (script ??= import(parts.dataset.script));
const prefers = () => localStorage.getItem(CHOICE) || "rich";

function asked(form, where, body) {
  const sent = JSON.stringify({ ...body, space: form.dataset.space || "" });
  const type = { "Content-Type": "application/json" };
  return post(form, `/editor/${where}`, sent, { headers: { ...type, Accept: "application/json", "X-CSRFToken": form.elements.csrf_token?.value || "" } }).then((answer) => answer.json());
}

async function complete(form, query, kinds) {
  const answer = await fetch(`/complete?${new URLSearchParams({ q: query, kinds, space: form.dataset.space || "" })}`);
  return answer.ok ? answer.json() : [];
}

class Field {
  constructor(area) {
    this.area = area;
    this.form = area.form;
    this.small = area.dataset.rich === "when-asked";
    this.editor = null;
    this.carrier = Object.assign(document.createElement("input"), { type: "hidden" });
    this.frame = Object.assign(document.createElement("div"), { className: this.small ? "editor editor-small" : "editor" });
    this.label = this.form.querySelector(`label[for="${CSS.escape(area.id)}"]`);
    this.form.addEventListener("formdata", (event) => this.carry(event.formData));
    document.addEventListener("click", (event) => this.follow(event));
  }

  get name() {
    return this.area.name || this.carrier.name.replace(/\.tree$/, "");
  }

  // What nobody changed goes back as the text that it was.
  carry(data) {
    if (!this.editor || !this.area.isConnected) return;
    const name = this.name;
    data.delete(`${name}.tree`);
    if (this.editor.isChanged()) data.set(`${name}.tree`, JSON.stringify(this.editor.tree()));
    else data.set(name, this.area.value);
  }

  // The label, and the list of problems, lead to the text area, which is hidden.
  follow(event) {
    const way = event.target.closest?.(`label, a[href^="#"]`);
    const to = way?.htmlFor ?? decodeURIComponent(way?.hash?.slice(1) ?? "");
    if (!this.editor || to !== this.area.id) return;
    event.preventDefault();
    this.frame.scrollIntoView({ block: "nearest" });
    this.editor.focus();
  }

  // The frame stands around the text area, which keeps what was typed, the focus and the caret.
  wrap() {
    if (this.frame.isConnected) return;
    const held = this.area.closest(".complete") || this.area;
    const caret = document.activeElement === this.area && [this.area.selectionStart, this.area.selectionEnd];
    held.before(this.frame);
    this.frame.append(held);
    if (caret) {
      this.area.focus();
      this.area.setSelectionRange(...caret);
    }
  }

  tell(text) {
    this.told?.remove();
    if (!text) return;
    this.told = part("told");
    this.told.className = "hint editor-told";
    this.told.textContent = text;
    (this.frame.querySelector(".editor-tools") || this.area).after(this.told);
    announce(text);
  }

  async rich({ focus = false, atEnd = false } = {}) {
    const { form, area } = this;
    const text = area.value;
    const last = area.selectionStart > 0 && area.selectionStart >= text.trimEnd().length;
    try {
      const [{ open }, answer] = await Promise.all([fetched(), this.given() || asked(form, "tree", { markdown: text })]);
      if (area.value !== text) return this.rich({ focus, atEnd });
      if (!answer.safe) return this.source(`${said.not_opened} ${answer.why}`);
      const here = focus || document.activeElement === area;
      this.show(open, answer.doc);
      if (here) this.editor.focus(atEnd || last);
    } catch (error) {
      this.small ? this.wait() : this.source(error.status ? `${said.not_opened} ${error.message}` : "");
    }
  }

  // An empty text needs no server, and neither does one that came with its tree.
  given() {
    const { area } = this;
    if (!area.value.trim()) return { safe: true, doc: null };
    return area.dataset.tree && area.value === area.defaultValue ? { safe: true, doc: JSON.parse(area.dataset.tree) } : null;
  }

  show(open, doc) {
    const { form, area } = this;
    this.wrap();
    this.bar?.remove();
    this.tell("");
    if (this.label && !this.label.id) this.label.id = `${area.id}-label`;
    this.carrier.name = `${this.name}.tree`;
    area.removeAttribute("name");
    area.after(this.carrier);
    (area.closest(".complete") || area).hidden = true;
    const count = this.small ? null : form.querySelector("[data-editor-count]");
    this.editor = open({
      frame: this.frame,
      form,
      doc,
      small: this.small,
      label: this.label?.id,
      describedBy: area.getAttribute("aria-describedby"),
      prompts: JSON.parse(area.dataset.prompts || "[]"),
      place: count,
      services: {
        announce: (words, seen) => (seen ? this.tell(words) : announce(words)),
        attach: () => form.dataset.attach || "",
        changed: () => this.carrier.dispatchEvent(new Event("input", { bubbles: true })),
        complete: (query, kinds) => complete(form, query, kinds),
        suggest,
        toBlocks: (data) => asked(form, "paste", data).then((answer) => answer.doc),
        toSource: () => this.toSource(),
        toTree: (markdown) => asked(form, "tree", { markdown }).then((answer) => answer.doc),
        upload: (file) => upload(form, file, {}),
      },
    });
    this.aside(true);
  }

  aside(rich) {
    if (this.small) return;
    for (const one of this.form.querySelectorAll("[data-only-source]")) one.hidden = rich;
    for (const one of this.form.querySelectorAll("[data-only-rich]")) one.hidden = !rich;
  }

  async toSource() {
    try {
      if (this.editor.isChanged()) this.area.value = (await asked(this.form, "markdown", { doc: this.editor.tree() })).markdown;
    } catch (error) {
      return this.tell(`${said.not_switched} ${error.message}`);
    }
    this.choose("source");
    this.source();
    this.area.focus();
    announce(said.as_source);
  }

  source(why = "") {
    if (this.editor) {
      this.area.name = this.name;
      this.editor.destroy();
      this.editor = null;
      this.carrier.remove();
    }
    this.wrap();
    (this.area.closest(".complete") || this.area).hidden = false;
    this.bar?.remove();
    this.bar = part("source");
    this.bar.querySelector("[data-rich]").addEventListener("click", () => {
      this.choose("rich");
      this.rich({ focus: true }).then(() => this.editor && announce(said.rich));
    });
    this.frame.prepend(this.bar);
    this.aside(false);
    this.tell(why);
  }

  choose(mode) {
    localStorage.setItem(CHOICE, mode);
  }

  begin() {
    if (!this.small) prefers() === "rich" ? this.rich() : this.source();
    else this.wait();
  }

  // A small field becomes rich when somebody goes into it; the caret goes to its end.
  wait() {
    this.area.addEventListener("focus", () => prefers() === "rich" && this.rich({ atEnd: true }), { once: true });
  }
}

const begin = (place) => place.querySelectorAll("textarea[data-rich]").forEach((area) => area.form && new Field(area).begin());

if (parts) {
  begin(document);
  document.addEventListener("rows:added", (event) => begin(event.target));
  if (document.querySelector("textarea[data-rich]") && prefers() === "rich") fetched().catch(() => {});
}
