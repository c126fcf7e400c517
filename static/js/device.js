// What could not be sent stays on this device, under the person's and the place's name, until it was sent, thrown away or
// the person signs out.
export const PREFIX = "holdfast.text:";

const NOT_KEPT = ["csrf_token", "do"];
const keyOf = (form) => `${PREFIX}${form.dataset.who}:${form.dataset.place}`;

function storage(use) {
  try {
    return use(window.localStorage);
  } catch {
    return null; // full, or forbidden: then there is only the open form
  }
}

export function entriesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name));
}

export function keepHere(form) {
  return storage((store) => {
    store.setItem(keyOf(form), JSON.stringify({ moment: new Date().toISOString(), entries: entriesOf(form) }));
    return true;
  });
}

export function dropHere(key) {
  storage((store) => store.removeItem(key));
}

export const dropOf = (form) => dropHere(keyOf(form));

export function isHere(form) {
  return storage((store) => store.getItem(keyOf(form)) !== null) || false;
}

// The newest text for this form; a new page has another place each time, so any of its kind in this space will do.
export function foundHere(form) {
  const key = keyOf(form);
  const any = form.dataset.place.startsWith("new:") ? key.slice(0, key.lastIndexOf(":") + 1) : key;
  const found = storage((store) =>
    Object.keys(store)
      .filter((name) => name === key || (any !== key && name.startsWith(any)))
      .map((name) => ({ key: name, ...JSON.parse(store.getItem(name)) })),
  );
  return (found || []).sort((a, b) => (a.moment < b.moment ? 1 : -1))[0] || null;
}
