// "/" goes to the search box, "e" to the edit link of the page. Never while somebody is typing.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const target = { "/": "[data-search]", e: "[data-edit]" }[event.key];
  const element = target && document.querySelector(target);
  if (!element) return;
  event.preventDefault();
  if (event.key === "/") element.select();
  element.click();
  element.focus();
});
