// What the lists offer: blocks after "/", pages after "[[", people after "@".
import { say } from "./parts.js";
import { schema } from "./schema.js";

const { wikilink } = schema.nodes;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// A link to a page, as the page is called; where several are called the same, by its address.
export function linkTo(item, text = "") {
  const same = item.typed === item.title;
  return wikilink.create({ target: same ? item.title : item.url.replace(/^\//, "").split("#")[0], text: text || (same ? "" : item.title) });
}

// In place of what was typed, with a space behind it to go on writing.
export function putLink(view, from, to, node) {
  const after = view.state.doc.textBetween(to, Math.min(to + 1, view.state.doc.resolve(to).end()));
  const tr = view.state.tr.replaceWith(from, to, /^[\s.,;:!?)]/.test(after) ? node : [node, schema.text(" ")]);
  view.dispatch(tr.scrollIntoView());
}

const asItem = (page) => ({ title: page.title, note: page.kind_label, run: (view, from, to) => putLink(view, from, to, linkTo(page)) });

function missing(query) {
  const title = query.trim();
  return { title: say("link_new", title), note: say("no_page_yet"), run: (view, from, to) => putLink(view, from, to, wikilink.create({ target: title })) };
}

// `blocks`: what the "+" menu holds, as {command, title, note, words, icon}; `run(command)` does it.
export function triggers({ complete, blocks, run }) {
  const asCommand = (block) => ({
    title: block.title,
    note: block.note,
    typed: true,
    icon: block.icon,
    run: (view, from, to) => {
      view.dispatch(view.state.tr.delete(from, to));
      block.act ? block.act(view) : run(block.command);
    },
  });
  const fits = (query) => (block) => query.split(/\s+/).every((word) => plain(`${block.title} ${block.words}`).split(/[\s,/]+/).some((one) => one.startsWith(word)));

  async function pages(query) {
    const found = query.trim() || query === "" ? await complete(query.trim(), "") : [];
    const exact = found.some((page) => page.title.toLowerCase() === query.trim().toLowerCase());
    return [...found.map(asItem), ...(query.trim() && !exact ? [missing(query)] : [])];
  }

  return [
    { sign: "/", pattern: /^\/([\p{L}\p{M}\d ]{0,24})$/u, find: async (query) => blocks().filter(fits(plain(query.trim()))).map(asCommand) },
    { sign: "[[", closing: "]]", wait: true, pattern: /\[\[([^[\]|#\n￼]{0,80})$/u, find: pages },
    { sign: "@", wait: true, pattern: /(?<![\p{L}\p{N}.@/])@((?:[\p{L}\p{M}'’-]+ ?){0,4})$/u, find: async (query) => (await complete(query.trim(), "person")).map(asItem) },
  ];
}
