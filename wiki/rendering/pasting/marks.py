"""What tags and styles on the clipboard mean for the words in them."""

from wiki.rendering.editor.tree import Mark
from wiki.rendering.pasting.html import Element

_MARKS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
}

#: The marks of the words at hand, by their type.
Marks = dict[str, Mark]


def is_unseen(one: Element) -> bool:
    """What readers of the document did not see: hidden parts, comments in the margin, words that a reviewer took out."""
    if one.style.get("display") == "none" or one.style.get("mso-hide") == "all" or "hidden" in one.attrs:
        return True
    if one.tag == "del" and "datetime" in one.attrs:
        return True
    return one.attrs.get("aria-hidden") == "true" or any(name.startswith("MsoComment") for name in one.classes)


def with_marks(one: Element, marks: Marks) -> Marks:
    kinds = {_MARKS[one.tag]} if one.tag in _MARKS else set()
    weight, slant = one.style.get("font-weight", ""), one.style.get("font-style", "")
    if weight in ("bold", "bolder", "600", "700", "800", "900"):
        kinds.add("strong")
    elif weight in ("normal", "400"):
        kinds.discard("strong")
    if slant in ("italic", "oblique"):
        kinds.add("em")
    elif slant == "normal":
        kinds.discard("em")
    if "line-through" in one.style.get("text-decoration", "") + one.style.get("text-decoration-line", ""):
        kinds.add("strike")
    return {**marks, **{kind: {"type": kind} for kind in kinds}}
