// What is typed in the habit of Markdown becomes what it means: "# ", "- ", "1. ", "[] ", "> ", "```", "---", **x**.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { schema } from "./schema.js";

const { heading, code_block, blockquote, bullet_list, ordered_list, list_item, horizontal_rule } = schema.nodes;
const { strong, em, strike, code, link } = schema.marks;

// The page's title is its first heading, so "# " and "## " are both the highest that a text can have.
const level = (match) => ({ level: Math.max(2, match[1].length) });

function markRule(pattern, type) {
  return new InputRule(pattern, (state, match, start, end) => {
    const text = match[1];
    const from = start + match[0].indexOf(text);
    if (state.doc.rangeHasMark(start, end, code)) return null;
    const tr = state.tr.delete(from + text.length, end).delete(start, from);
    return tr.addMark(start, start + text.length, type.create(match[2] ? { href: match[2] } : null)).removeStoredMark(type);
  });
}

// "[] " makes a task: of a list's item, or of a line, which becomes a list.
const task = new InputRule(/^\[([ xX]?)\]\s$/, (state, match, start, end) => {
  const checked = /x/i.test(match[1]);
  const tr = state.tr.delete(start, end);
  const $from = tr.doc.resolve(start);
  const item = $from.node(-1);
  if (item?.type === list_item && $from.index(-1) === 0) return tr.setNodeAttribute($from.before(-1), "checked", checked);
  const range = $from.blockRange();
  if (!range || !range.parent.canReplaceWith(range.startIndex, range.endIndex, bullet_list)) return null;
  return tr.wrap(range, [{ type: bullet_list }, { type: list_item, attrs: { checked } }]);
});

const divider = new InputRule(/^(?:---|—-|\*\*\*|___)$/, (state, _match, start, end) => {
  const $start = state.doc.resolve(start);
  const index = $start.index(-1);
  if (!$start.node(-1).canReplaceWith(index, index, horizontal_rule)) return null;
  return state.tr.delete(start, end).insert($start.before(), horizontal_rule.create());
});

export function writingRules() {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,4})\s$/, heading, level),
      textblockTypeInputRule(/^```$/, code_block),
      wrappingInputRule(/^\s*[-+*]\s$/, bullet_list),
      wrappingInputRule(/^(\d{1,4})[.)]\s$/, ordered_list, (match) => ({ order: Number(match[1]) }), (match, node) => node.childCount + node.attrs.order === Number(match[1])),
      wrappingInputRule(/^\s*>\s$/, blockquote),
      task,
      divider,
      markRule(/(?<![*\w])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, strong),
      markRule(/(?<![_\w])__([^_\s](?:[^_]*[^_\s])?)__$/, strong),
      markRule(/(?<![*\w])\*([^*\s](?:[^*]*[^*\s])?)\*$/, em),
      markRule(/(?<![_\w])_([^_\s](?:[^_]*[^_\s])?)_$/, em),
      markRule(/(?<![~\w])~~([^~\s](?:[^~]*[^~\s])?)~~$/, strike),
      markRule(/(?<!`)`([^`]+)`$/, code),
      markRule(/(?<!!)\[([^[\]]+)\]\(([^\s()]+)\)$/, link),
    ],
  });
}
