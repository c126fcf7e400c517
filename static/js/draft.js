// Keeps what is being written on the server, some seconds after each pause, and says so. Leaving with text that
// is not kept yet asks first.
import { post } from "./send.js";
import { words } from "./words.js";

const PAUSE = 2500;
const RETRY = 15000;

function keep(form) {
  const status = form.querySelector("[data-form-status]");
  const say = words(form);
  let timer = 0;
  let unkept = false;
  let leaving = false;

  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const tell = (text) => status && (status.textContent = text);
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  async function save(options) {
    unkept = false;
    try {
      await post(form, form.dataset.draft, typed(), options);
      tell(say("kept", "Draft saved {}", clock()));
    } catch (error) {
      unkept = true;
      tell(error.status ? say("refused", "Draft not saved: {}", error.message) : say("offline", "No connection. Your text is still here; trying again."));
      timer = setTimeout(save, RETRY);
    }
  }

  form.addEventListener("input", () => {
    unkept = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("beforeunload", (event) => {
    if (!unkept || leaving) return;
    save({ keepalive: true });
    unkept = true;
    event.preventDefault();
  });
}

document.querySelectorAll("form[data-draft]").forEach(keep);
