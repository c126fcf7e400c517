// Texts that scripts show come with the page, already translated: a JSON object in data-words on the form.
export function words(element) {
  const holder = element.closest("[data-words]");
  const said = holder ? JSON.parse(holder.dataset.words) : {};
  return (key, fallback, value = "") => (said[key] || fallback).replace("{}", value);
}
