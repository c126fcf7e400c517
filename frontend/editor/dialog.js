// A dialog of the page's template: opened over the text near a place of it, answered or left, and then the text has the focus again.
import { newId, part } from "./parts.js";

const GAP = 8;

export function dialog(name) {
  const element = part(name);
  const title = element.querySelector("[data-title]");
  const named = (key) => element.querySelector(`[data-${key}]`);
  let answer = () => {};
  let opened = null;
  if (title) element.setAttribute("aria-labelledby", (title.id = newId("dialog-title")));
  for (const label of element.querySelectorAll("label[data-for]")) label.htmlFor = named(label.dataset.for).id = newId(label.dataset.for);
  document.body.append(element);

  function place(rect) {
    if (!rect || window.innerWidth < 640) return element.classList.remove("is-placed");
    element.classList.add("is-placed");
    const height = element.offsetHeight;
    const under = rect.bottom + GAP + height < window.innerHeight;
    element.style.top = `${under ? rect.bottom + GAP : Math.max(GAP, rect.top - height - GAP)}px`;
    element.style.left = `${Math.max(GAP, Math.min(rect.left - GAP, window.innerWidth - element.offsetWidth - GAP))}px`;
  }

  function settle(value) {
    const told = answer;
    answer = () => {};
    element.close();
    told(value);
  }

  element.addEventListener("close", () => settle(null));
  element.addEventListener("click", (event) => event.target === element && settle(null));
  element.querySelectorAll("[data-answer]").forEach((button) => button.addEventListener("click", () => settle(button.dataset.answer)));
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    opened?.submit();
  });

  return {
    element,
    named,
    settle,
    // Answers with what `submit` settled, the data-answer of the button pressed, or null.
    open(rect, submit = () => settle("done")) {
      opened = { submit };
      element.showModal();
      element.scrollTop = 0;
      place(rect);
      return new Promise((resolve) => (answer = resolve));
    },
  };
}

export function selectionRect(view) {
  const { from, to } = view.state.selection;
  const start = view.coordsAtPos(from);
  const end = view.coordsAtPos(to, -1);
  return { top: start.top, bottom: Math.max(start.bottom, end.bottom), left: start.left };
}
