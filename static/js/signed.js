// Whether the person is still signed in, and signing in again without leaving the form.
import { words } from "./words.js";

const FRESH = 60000;
const dialog = document.querySelector("[data-sign-in-here]");
let heardAt = Date.now();

export function heard() {
  heardAt = Date.now();
}

export const isFresh = () => Date.now() - heardAt < FRESH;

function renewed(form, told) {
  if (String(told.who) !== form.dataset.who) return false;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = told.csrf_token;
  heard();
  return true;
}

const ask = (options = {}) => fetch("/sign-in", { ...options, headers: { Accept: "application/json", ...options.headers } });

// True: the same person, with a fresh token in the form. False: somebody else, or nobody. Throws without a connection.
export async function isIn(form) {
  const answer = await ask();
  return answer.ok && renewed(form, await answer.json());
}

async function signIn(form, fields) {
  const { csrf_token } = await (await ask()).json();
  const answer = await ask({ method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": csrf_token } });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error.message);
  if (!renewed(form, told)) throw new Error(words(form)("not_you", "Somebody else signed in here. Sign in as the one who began this text."));
}

// Opens the dialog; resolves to whether the person who began the text is signed in at its end.
export function signInHere(form) {
  if (!dialog) return Promise.resolve(false);
  const box = dialog.querySelector("form");
  const problem = dialog.querySelector("[data-sign-in-problem]");
  const email = box.querySelector("input[type=email]");
  const password = box.querySelector("input[type=password]");
  problem.hidden = true;
  dialog.showModal();
  email.focus();
  return new Promise((resolve) => {
    const end = (result) => {
      password.value = "";
      box.removeEventListener("submit", submit);
      dialog.removeEventListener("close", closed);
      if (dialog.open) dialog.close();
      resolve(result);
    };
    const closed = () => end(false);
    const submit = async (event) => {
      event.preventDefault();
      try {
        await signIn(form, { email: email.value, password: password.value });
        end(true);
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
        password.select();
      }
    };
    box.addEventListener("submit", submit);
    dialog.addEventListener("close", closed);
    dialog.querySelector("[data-sign-in-later]").onclick = () => dialog.close();
  });
}
