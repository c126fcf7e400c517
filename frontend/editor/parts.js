// The editor's buttons, menus and dialogs stand in the page, translated, in <template id="editor-parts">.
const template = document.getElementById("editor-parts");
const said = JSON.parse(template.dataset.words);
const plurals = new Intl.PluralRules(document.documentElement.lang);
const numbers = new Intl.NumberFormat(document.documentElement.lang);
export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

export const say = (key, value = "") => (said[key] ?? key).replace("{}", value);

// A counted thing: said[key_one] or said[key_other], by the rules of the language.
export function count(key, number) {
  const form = `${key}_${plurals.select(number)}`;
  return (said[form] ?? said[`${key}_other`]).replace("{}", numbers.format(number));
}

export const part = (name) => template.content.querySelector(`[data-part="${name}"]`).cloneNode(true);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

let made = 0;
export const newId = (name) => `${name}-${++made}`;
