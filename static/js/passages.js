// Words of the text as they stand on the page, the same words as the server counts (wiki/conversation/visible.py), and where some of them are.
const WORD = /[\p{L}\p{N}]+/gu;
export const AROUND = 8;

export const keysOf = (text) => [...text.matchAll(WORD)].map(([word]) => word.toLocaleLowerCase());

// Text that somebody wrote; what is said about it, and numbers of notes, are none of it.
export function wordsOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("sup, button, .talk, script") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const words = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (const found of node.data.matchAll(WORD))
      words.push({ key: found[0].toLocaleLowerCase(), node, start: found.index, end: found.index + found[0].length });
  return words;
}

function fitting(words, at, length, before, after) {
  let count = 0;
  while (count < before.length && words[at - 1 - count]?.key === before[before.length - 1 - count]) count++;
  let ahead = 0;
  while (ahead < after.length && words[at + length + ahead]?.key === after[ahead]) ahead++;
  return count + ahead;
}

// The words of a passage where they fit their surroundings best; none if they are not there.
export function find(words, passage, before, after) {
  const wanted = keysOf(passage);
  let best = null;
  for (let at = 0; wanted.length && at + wanted.length <= words.length; at++) {
    if (words[at].key !== wanted[0] || !wanted.every((key, n) => words[at + n].key === key)) continue;
    const fits = fitting(words, at, wanted.length, keysOf(before), keysOf(after));
    if (!best || fits > best.fits) best = { fits, words: words.slice(at, at + wanted.length) };
  }
  return best ? best.words : [];
}

// What somebody has selected, grown to whole words, with the words around it.
export function selected(words, range) {
  const inside = words.filter(({ node, start, end }) => range.comparePoint(node, start) <= 0 && range.comparePoint(node, end) >= 0
    && !(range.endContainer === node && range.endOffset <= start) && !(range.startContainer === node && range.startOffset >= end));
  if (!inside.length) return null;
  const first = words.indexOf(inside[0]);
  const last = words.indexOf(inside[inside.length - 1]);
  const whole = new Range();
  whole.setStart(words[first].node, words[first].start);
  whole.setEnd(words[last].node, words[last].end);
  return {
    quote: whole.toString().replace(/\s+/g, " "),
    before: words.slice(Math.max(0, first - AROUND), first).map(({ key }) => key).join(" "),
    after: words.slice(last + 1, last + 1 + AROUND).map(({ key }) => key).join(" "),
    range: whole,
  };
}
