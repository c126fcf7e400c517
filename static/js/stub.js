// Somebody without a page yet: the list offers to make one. It is made when the form is saved, by the field
// `stub` ("person:Ann Lee"), and not at all when the name is taken out again.
import { words } from "./words.js";

const MADE = { person: "new_person", organisation: "new_organisation" };

const wished = (form, name) => [...form.querySelectorAll("input[name=stub][type=hidden], input[name=stub]:checked")].filter((one) => one.value.slice(one.value.indexOf(":") + 1) === name);

export function offered(field, kinds, query, found) {
  const kind = kinds.split(",")[0];
  const name = query.trim();
  if (!MADE[kind] || name.length < 3 || found.some((item) => item.title.toLocaleLowerCase() === name.toLocaleLowerCase())) return [];
  const say = words(field);
  return [{ title: say(MADE[kind], "New: “{}”", name), typed: name, kind_label: say("stub", "A page is made when you save"), stub: kind }];
}

export function isWished(form, name) {
  return wished(form, name).length > 0;
}

export function wish(form, item) {
  if (!item.stub || isWished(form, item.typed)) return;
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "stub", value: `${item.stub}:${item.typed}` });
  form.append(input);
}
