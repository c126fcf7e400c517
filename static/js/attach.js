// Files dropped on the body, pasted into it or chosen beside it are sent at once; their Markdown goes where the caret is.
import { insert } from "./insert.js";
import { token } from "./send.js";
import { words } from "./words.js";

// XMLHttpRequest, because fetch cannot say how far an upload is.
export function upload(form, file, progress) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.set("file", file);
  return new Promise((resolve, reject) => {
    request.open("POST", form.dataset.attach);
    request.setRequestHeader("X-CSRFToken", token(form));
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => (progress.value = event.loaded / (event.total || 1));
    request.onload = () => (request.status < 400 ? resolve(request.response) : reject(new Error(request.response?.error?.message || request.statusText)));
    request.onerror = () => reject(new Error(words(form)("no_connection", "no connection")));
    request.send(body);
  });
}

async function add(form, field, list, file) {
  const say = words(form);
  const line = document.createElement("li");
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", file.name);
  line.append(`${file.name} `, progress);
  list.append(line);
  try {
    const { markdown } = await upload(form, file, progress);
    const apart = field.selectionStart && /\S/.test(field.value[field.selectionStart - 1]) ? " " : "";
    insert(field, apart + markdown);
    line.textContent = say("attached", "{} is attached", file.name);
  } catch (error) {
    line.textContent = `${say("not_attached", "{} was not attached:", file.name)} ${error.message}`;
    line.className = "field-error";
  }
}

function accept(form, field) {
  const list = document.createElement("ul");
  list.className = "uploads";
  list.setAttribute("aria-live", "polite");
  (field.closest(".complete") || field).after(list);
  const all = async (files) => {
    for (const file of files) await add(form, field, list, file);
  };
  const over = (on) => (event) => {
    if (on && !event.dataTransfer.types.includes("Files")) return;
    if (on) event.preventDefault();
    field.classList.toggle("dropping", on);
  };
  field.addEventListener("dragover", over(true));
  field.addEventListener("dragleave", over(false));
  field.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    all(event.dataTransfer.files);
  });
  field.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    all(event.clipboardData.files);
  });
  form.querySelector("input[type=file][data-choose]")?.addEventListener("change", async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    await all(files);
  });
}

for (const form of document.querySelectorAll("form[data-attach]")) {
  const field = form.querySelector("textarea[data-body]");
  if (field) accept(form, field);
}
