// Signing out takes what was typed here and not sent off this device: the next person may sit at it. It says so before.
const form = document.querySelector("form[action='/sign-out']");

function kept() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith("holdfast.text:"));
  } catch {
    return [];
  }
}

if (form) {
  const warning = document.querySelector("[data-not-sent]");
  if (warning) warning.hidden = !kept().length;
  form.addEventListener("submit", () => kept().forEach((name) => localStorage.removeItem(name)));
}
