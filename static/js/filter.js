// Narrows what stands below to what holds the typed words: <input data-filter="selector">. Groups that are empty then hide.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

for (const field of document.querySelectorAll("input[data-filter]")) {
  const items = [...document.querySelectorAll(field.dataset.filter)];
  const said = field.form?.querySelector("[data-filter-said]");
  const narrow = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !words.every((word) => plain(item.dataset.filtered).includes(word));
    for (const group of new Set(items.map((item) => item.closest("section")))) group.hidden = !group.querySelector(`${field.dataset.filter}:not([hidden])`);
    if (said) said.textContent = items.some((item) => !item.hidden) ? "" : said.dataset.none;
  };
  field.addEventListener("input", narrow);
  if (field.value !== field.defaultValue) narrow(); // typed before this script came
}
