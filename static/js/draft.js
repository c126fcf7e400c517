// Keeps what is being written on the server, some seconds after each pause, and says so. Without a connection, or without a
// sign-in, it stays on this device and is sent when that is mended. Leaving with text that is not kept yet asks first.
import { dropOf, isHere, keepHere } from "./device.js";
import { post } from "./send.js";
import { heard, isFresh, isIn, signInHere } from "./signed.js";
import { words } from "./words.js";

const PAUSE = 2500;
const RETRY = 15000;

function keep(form) {
  const status = form.querySelector("[data-form-status]");
  const say = words(form);
  let timer = 0;
  let unkept = false;
  let leaving = false;
  let sending = null;

  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const tell = (text) => status && (status.textContent = text);
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  // A new page's draft gets an address of its own, so that loading the page again brings it back.
  function nameIt() {
    const here = new URL(location.href);
    const place = form.elements.draft_place?.value || "";
    if (!place.startsWith("new:") || here.searchParams.get("draft") || form.querySelector("[name=draft_page]")) return;
    here.searchParams.set("kind", form.dataset.kind);
    here.searchParams.set("draft", place);
    for (const name of ["from", "copy", "title"]) here.searchParams.delete(name);
    history.replaceState(history.state, "", here);
  }

  function signedOut() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: document.querySelector("[data-sign-in-here] .button-primary")?.textContent.trim() });
    tell(`${say("signed_out", "You were signed out. Your text is kept on this device.")} `);
    button.addEventListener("click", async () => (await signInHere(form)) && send());
    status?.append(button);
  }

  function failed(error) {
    unkept = true;
    const here = keepHere(form);
    clearTimeout(timer);
    if (error.status === 401 || error.status === 400) return signedOut();
    timer = setTimeout(send, RETRY);
    if (error.status) tell(say("refused", "Draft not saved: {}", error.message));
    else tell(here ? say("offline", "Kept on this device {}. It is sent when you are back online.", clock()) : say("unkept", "No connection. Your text is still here; trying again."));
  }

  async function attempt(options, again = true) {
    try {
      await post(form, form.dataset.draft, typed(), options);
    } catch (error) {
      if (again && [400, 401].includes(error.status) && (await isIn(form).catch(() => false))) return attempt(options, false);
      return failed(error);
    }
    heard();
    dropOf(form);
    nameIt();
    tell(say("kept", "Draft saved {}", clock()));
  }

  function send(options) {
    unkept = false;
    clearTimeout(timer);
    sending = attempt(options).finally(() => (sending = null));
    return sending;
  }

  // Before the form goes: no draft is on its way that would come after it, nothing of it waits on this device, and the
  // person is still signed in.
  async function settled() {
    await sending;
    if (isHere(form)) await send();
    if (isHere(form) || !isFresh()) {
      try {
        if (!(await isIn(form)) && !(await signInHere(form))) return false;
      } catch (error) {
        failed(error);
        return false;
      }
      if (isHere(form)) await send();
    }
    return true;
  }

  form.addEventListener("input", () => {
    unkept = true;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    const button = event.submitter;
    leaving = true;
    if (form.dataset.settled || (!sending && !isHere(form) && isFresh())) return;
    event.preventDefault();
    leaving = false;
    if (!(await settled())) return;
    form.dataset.settled = "yes";
    leaving = true;
    form.requestSubmit(button);
  });
  form.addEventListener("draft:now", () => send());
  window.addEventListener("online", () => isHere(form) && send());
  window.addEventListener("pageshow", () => {
    leaving = false;
    delete form.dataset.settled;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!unkept || leaving) return;
    if (navigator.onLine) send({ keepalive: true });
    else keepHere(form);
    unkept = true;
    event.preventDefault();
  });
}

document.querySelectorAll("form[data-draft]").forEach(keep);
