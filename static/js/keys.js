// Single keys, one after the other for some ("g h"). Which there are says the sheet on the page (parts/keys.html); a reader
// who switched them off has no sheet. Never while somebody is typing, nor while a dialog is open.
const sheet = document.getElementById("keys-sheet");
const typing = (element) => element.closest?.("input, textarea, select, [contenteditable], dialog");
const does = new Map();
let begun = "";
let timer = 0;

if (sheet) {
  for (const line of sheet.content.querySelectorAll("[data-press]")) does.set(line.dataset.press, line.dataset.does);
  document.addEventListener("keydown", press);
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const keys = begun ? `${begun} ${event.key}` : event.key;
  clearTimeout(timer);
  begun = "";
  if ([...does.keys()].some((one) => one.startsWith(`${keys} `))) {
    begun = keys;
    timer = setTimeout(() => (begun = ""), 1500);
  } else if (does.has(keys) && act(does.get(keys))) event.preventDefault();
}

// Says whether there was anything to do.
function act(what) {
  if (what === "sheet") return show();
  if (what === "next") return step(1);
  if (what === "previous") return step(-1);
  if (what.startsWith("/")) return location.assign(what), true;
  const element = document.querySelector(what);
  if (!element) return false;
  element.focus();
  if (element.matches("input")) element.select();
  else element.click();
  return true;
}

function show() {
  const dialog = sheet.content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.showModal();
  return true;
}

// The first link of each entry of the page's main list.
const entries = "main :is(.plain-list, .timeline, .changes, .register-list, .cards, .page-groups ul) > li, main .register tbody > tr";

function step(by) {
  const links = [...document.querySelectorAll(entries)].map((entry) => entry.querySelector("a[href]")).filter((link) => link?.checkVisibility());
  if (!links.length) return false;
  const at = links.findIndex((link) => link.closest("li, tr").contains(document.activeElement));
  const goal = links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)];
  goal.focus();
  goal.scrollIntoView({ block: "nearest" });
  return true;
}
