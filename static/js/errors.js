// After a refused form, focus the list of problems; a link in it opens what hides the field.
const summary = document.querySelector("[data-error-summary]");

function reveal(id) {
  const target = document.getElementById(id);
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.focus();
}

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    reveal(decodeURIComponent(link.hash.slice(1)));
  });
}
