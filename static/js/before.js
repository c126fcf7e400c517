// Before somebody opens a page's form: pointing at the Edit link, or reaching it with the keys, asks whether others write there now.
const link = document.querySelector("a[data-edit]");

async function ask() {
  const answer = await fetch(`${new URL(link.href).pathname.replace(/\/edit$/, "")}/presence`, { headers: { Accept: "application/json" } }).catch(() => null);
  const told = answer?.ok ? (await answer.json()).others : [];
  if (!told.length) return;
  const note = document.createElement("p");
  note.className = "presence-before";
  note.setAttribute("role", "status");
  link.parentElement.append(note);
  note.textContent = told.join(" · ");
}

let asked = false;
function once() {
  if (asked) return;
  asked = true;
  ask();
}

link?.addEventListener("pointerenter", once);
link?.addEventListener("focus", once);
