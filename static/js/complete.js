// Pickers: <input data-complete="person,role"> for one person, organisation or page, and <textarea data-complete data-lines>
// for several, which becomes a field with what was chosen beside it (picker.js).
import { insert } from "./insert.js";
import { several } from "./picker.js";
import { isWished, offered, wish } from "./stub.js";
import { suggest } from "./suggest.js";
import { words } from "./words.js";

function one(field) {
  const kinds = field.dataset.complete;
  const note = document.createElement("p");
  note.className = "hint stub-note";
  const tell = () => {
    const name = field.value.trim();
    note.textContent = name && field.form && isWished(field.form, name) ? words(field)("stub", "A page is made when you save") : "";
  };
  suggest(field, {
    likely: true,
    source: () => ({ query: field.value.trim(), kinds }),
    choose: (item) => {
      wish(field.form, item);
      insert(field, item.typed, 0, field.value.length);
    },
    more: (query, found) => offered(field, kinds, query, found),
  });
  field.parentElement.after(note);
  field.addEventListener("input", tell);
  tell();
}

function complete(place) {
  for (const field of place.querySelectorAll("[data-complete]")) (field.matches("textarea") ? several : one)(field);
}

complete(document);
document.addEventListener("rows:added", (event) => complete(event.target));
