// Says every now and then that the form is open, and at what; shows who else has it open, and what was saved meanwhile.
import { post } from "./send.js";
import { heard } from "./signed.js";

const EVERY = 25000;
const SETTLED = 1500;

// The heading that the cursor is below, in a text area or in rich text.
function heading(element) {
  if (element.matches("textarea")) {
    const above = element.value.slice(0, element.selectionStart).match(/^#{1,6} .+$/gm);
    return above ? above.at(-1).replace(/^#+ +/, "").replace(/[*_`~[\]]/g, "").trim() : "";
  }
  const text = element.closest("[contenteditable]");
  const at = text && document.getSelection().anchorNode;
  if (!at || !text.contains(at)) return "";
  const above = [...text.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => one.contains(at) || one.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
  return above.at(-1)?.textContent.trim() || "";
}

function where(form) {
  const element = document.activeElement;
  if (!element || !form.contains(element)) return { place: "", heading: "" };
  if (element.closest(".body-editor")) return { place: "body", heading: heading(element) };
  const parts = (element.name || element.id || element.closest("[id]")?.id || "").split(".");
  const place = parts.length > 1 ? parts[1] : parts[0] === "title" ? "title" : "";
  return { place, heading: "" };
}

function beat(form) {
  const shown = form.querySelector("[data-presence-here]");
  const url = form.dataset.presence;
  let timer = 0;
  let told = "";

  function show({ others, newer }) {
    const lines = [...others, newer].filter(Boolean);
    if (lines.join("\n") === told) return;
    told = lines.join("\n");
    shown.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  }

  async function tell() {
    clearTimeout(timer);
    timer = setTimeout(tell, EVERY);
    if (document.hidden) return;
    const body = new URLSearchParams({ base: form.elements.base.value, ...where(form) });
    const answer = await post(form, url, body).catch(() => null);
    if (!answer) return;
    heard();
    show(await answer.json());
  }

  form.addEventListener("focusin", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLED);
  });
  document.addEventListener("visibilitychange", () => document.hidden || tell());
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    post(form, url, new URLSearchParams({ do: "leave" }), { keepalive: true }).catch(() => null);
  });
  tell();
}

document.querySelectorAll("form[data-presence]").forEach(beat);
