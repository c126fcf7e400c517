// Puts text in place of a range of an input or text area, so that the browser's own Undo takes it back.
export function insert(element, text, start = element.selectionStart, end = element.selectionEnd) {
  element.focus();
  element.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, text)) return;
  element.setRangeText(text, start, end, "end");
  element.dispatchEvent(new Event("input", { bubbles: true }));
}
