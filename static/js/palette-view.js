// How the palette stands on the page: a dialog with a combobox and its list of groups.
const SVG = "http://www.w3.org/2000/svg";

function element(tag, properties, ...inside) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}

export function build(button, say) {
  const input = element("input", { className: "palette-input", type: "text", placeholder: say("placeholder", ""), autocomplete: "off", spellcheck: false });
  const list = element("div", { className: "palette-list", id: "palette-list" });
  const none = element("p", { className: "palette-none muted", hidden: true }, say("none", "Nothing is called so"));
  const close = element("button", { className: "button button-quiet", type: "button" }, say("close", "Close"));
  const dialog = element("dialog", { className: "palette" }, element("div", { className: "palette-head" }, icon("compass"), input, close), list, none);
  const attributes = { role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list", "aria-label": say("label", "Go to or do") };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  dialog.setAttribute("aria-label", say("label", "Go to or do"));
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("label", "Go to or do"));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);

  function icon(name) {
    const drawing = document.createElementNS(SVG, "svg");
    const use = document.createElementNS(SVG, "use");
    drawing.setAttribute("class", "icon");
    drawing.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${button.dataset.icons}#${name || "circle-dot"}`);
    drawing.append(use);
    return drawing;
  }

  function option(item, n) {
    const line = element("div", { className: "palette-option", id: `palette-${n}` }, icon(item.icon), element("span", { className: "palette-title" }, item.title), element("span", { className: "palette-hint" }, item.hint || ""));
    line.setAttribute("role", "option");
    line.dataset.n = n;
    return line;
  }

  // A group is named by its heading; a single thing without one stands by itself.
  function fill(groups) {
    let n = 0;
    const parts = groups.map((group, place) => {
      const options = group.items.map((item) => option(item, n++));
      const part = element("div", { className: "palette-group" });
      part.setAttribute("role", "group");
      if (group.label) {
        const heading = element("p", { className: "palette-label", id: `palette-group-${place}` }, group.label);
        heading.setAttribute("role", "presentation");
        part.append(heading);
        part.setAttribute("aria-labelledby", heading.id);
      } else part.setAttribute("aria-label", options[0].textContent);
      part.append(...options);
      return part;
    });
    list.replaceChildren(...parts);
    none.hidden = n > 0;
    input.setAttribute("aria-expanded", String(n > 0));
  }

  function point(index) {
    for (const line of list.querySelectorAll("[role=option]")) line.setAttribute("aria-selected", String(Number(line.dataset.n) === index));
    const line = document.getElementById(`palette-${index}`);
    if (!line) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  return { dialog, input, list, fill, point };
}
