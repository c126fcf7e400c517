// Says something to screen readers, without moving the focus. Inside an open dialog the words must stand in it to be heard.
let region;

export function announce(text, within = document.body) {
  if (!region) {
    region = document.createElement("div");
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
  }
  if (region.parentElement !== within) within.append(region);
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}
