"""A handful of pages and rows that references in the tests may name: a Resolver and a Namer in memory."""

from collections.abc import Sequence

from wiki.kinds.types import BadValue, UnknownPage

#: id -> (kind, title, address)
PAGES = {
    1: ("person", "Ada Verdana", "people/ada-verdana"),
    2: ("person", "Ben Optima", "people/ben-optima"),
    3: ("organisation", "Keel Office", "orgs/keel-office"),
    4: ("organisation", "Open Current Society", "orgs/open-current"),
    5: ("agreement", "Shoreline agreement", "coast/agreement"),
    6: ("meeting", "First meeting", "coast/first-meeting"),
    7: ("meeting", "First meeting", "coast/first-meeting-2"),
    8: ("role", "Coordinator", "coast/coordinator"),
}
#: (page, row) -> (table, text)
ROWS = {
    (5, "c1"): ("agreement.commitments", "Answer within thirty days"),
    (5, "c2"): ("agreement.commitments", "Pay capacity support"),
}


class KnownPages:
    def page(self, text: int | str, kinds: Sequence[str] = ()) -> "int | str":
        return self._name(text) if isinstance(text, int) else self._find(text, kinds)

    def row(self, text: int | str, targets: Sequence[str] | str) -> "tuple[int, str] | str":
        if isinstance(text, int):
            _table, said = ROWS[(text, str(targets))]
            return f"{said} ({PAGES[text][2]}#{targets})"
        for (page, row), (table, said) in ROWS.items():
            if text in (said, f"{said} ({PAGES[page][2]}#{row})") and table in targets:
                return page, row
        raise UnknownPage(f"There is no row {text}. Choose one from the list.")

    def known(self, page_id: int, kinds: Sequence[str]) -> bool:
        return page_id in PAGES and (not kinds or PAGES[page_id][0] in kinds)

    def known_row(self, page_id: int, row_id: str, targets: Sequence[str]) -> bool:
        return (page_id, row_id) in ROWS and ROWS[(page_id, row_id)][0] in targets

    def _name(self, page_id: int) -> str:
        _kind, title, address = PAGES[page_id]
        shared = sum(one[1] == title for one in PAGES.values()) > 1
        return f"{title} ({address})" if shared else title

    def _find(self, text: str, kinds: Sequence[str]) -> int:
        fitting = [
            page
            for page, (kind, title, address) in PAGES.items()
            if text in (title, f"{title} ({address})") and (not kinds or kind in kinds)
        ]
        if not fitting:
            raise UnknownPage(f"There is no page called {text}. Choose one from the list.")
        if len(fitting) > 1:
            named = ", ".join(f"{PAGES[page][1]} ({PAGES[page][2]})" for page in fitting)
            raise BadValue(f"Several pages are called that. Write one of: {named}")
        return fitting[0]
