// The tour on the first visit: without scripts three steps in a list; with them one after the other, each pointing at its place.
import { sendOwn } from "./own.js";

const tour = document.querySelector("[data-tour]");

if (tour) {
  const steps = [...tour.querySelectorAll("[data-tour-step]")];
  const form = tour.querySelector("form");
  const [back, next] = tour.querySelectorAll("[data-tour-back], [data-tour-next]");
  const number = tour.querySelector("[data-tour-number]");
  let at = 0;

  const pointed = () => document.querySelector(steps[at].dataset.tourStep);
  const show = (to) => {
    pointed()?.classList.remove("pointed");
    at = to;
    steps.forEach((step, n) => (step.hidden = n !== at));
    pointed()?.classList.add("pointed");
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    number.textContent = `${at + 1} / ${steps.length}`;
  };
  tour.classList.add("stepped");
  for (const button of [back, next]) button.parentElement.hidden = false;
  back.addEventListener("click", () => (show(at - 1), next.focus()));
  next.addEventListener("click", () => (show(at + 1), (next.hidden ? back : next).focus()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pointed()?.classList.remove("pointed");
    tour.remove();
    document.getElementById("main").focus();
    sendOwn(form.getAttribute("action"), { do: "end" }).catch(() => {});
  });
  show(0);
}
