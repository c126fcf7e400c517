// A button that opens a menu: arrow keys, Home, End and first letters move in it; Escape, Tab and a click elsewhere close it.
export function menu(button, list, choose) {
  const items = () => [...list.querySelectorAll("[role^=menuitem]")].filter((item) => !item.hidden);

  function show(open) {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) document.addEventListener("pointerdown", elsewhere, true);
    else document.removeEventListener("pointerdown", elsewhere, true);
  }

  function elsewhere(event) {
    if (!list.contains(event.target) && !button.contains(event.target)) show(false);
  }

  function open() {
    show(true);
    (list.querySelector("[aria-checked=true]") || items()[0]).focus();
  }

  function byLetter(key, from) {
    const order = [...items().slice(from + 1), ...items()];
    return order.find((item) => item.textContent.trim().toLowerCase().startsWith(key));
  }

  button.addEventListener("click", () => (list.hidden ? open() : show(false)));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || !list.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role^=menuitem]");
    if (!item) return;
    show(false);
    choose(item);
  });
  list.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !list.contains(event.relatedTarget)) show(false);
  });
  list.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: all[(at + 1) % all.length], ArrowUp: all[(at - 1 + all.length) % all.length], Home: all[0], End: all.at(-1) }[event.key];
    const found = to || (event.key.length === 1 && event.key !== " " ? byLetter(event.key.toLowerCase(), at) : null);
    if (event.key === "Escape") {
      show(false);
      button.focus();
    } else if (event.key === "Tab") {
      return show(false);
    } else if (found) {
      found.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  return { close: () => show(false) };
}
