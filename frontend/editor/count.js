// How long the text is, quietly below it.
import { count } from "./parts.js";

const A_MINUTE = 230;
const PAUSE = 250;

export function counter(place) {
  let timer = 0;
  let counted = null;
  function tell(doc) {
    const words = doc.textBetween(0, doc.content.size, " ", " ").match(/[\p{L}\p{N}][^\s]*/gu)?.length || 0;
    place.textContent = words ? `${count("words", words)} · ${count("minutes", Math.max(1, Math.round(words / A_MINUTE)))}` : "";
  }
  return (doc) => {
    if (doc === counted) return;
    counted = doc;
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE, doc);
  };
}
