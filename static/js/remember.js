// "Add more detail" stays as each person left it, for each kind of page; where an error needs it open, it is.
for (const details of document.querySelectorAll("form[data-place] details[data-remember]")) {
  const { who, kind } = details.closest("form").dataset;
  const key = `holdfast.open:${who}:${kind}:${details.id}`;
  try {
    if (localStorage.getItem(key) === "yes") details.open = true;
    details.addEventListener("toggle", () => (details.open ? localStorage.setItem(key, "yes") : localStorage.removeItem(key)));
  } catch {
    break; // the browser keeps nothing here
  }
}
