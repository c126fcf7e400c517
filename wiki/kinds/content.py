"""What people write on a page: title, body, and values by field key."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Content:
    """`fields` holds the values of the kind's fields and of the envelope; the value of a table is its list of rows.

    Values are JSON as docs/kinds.md says; an empty value is absent.
    """

    title: str
    body: str = ""
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, text: str) -> "Content":
        """What canonical() wrote."""
        read = json.loads(text)
        return cls(title=read["title"], body=read["body"], fields=read["fields"])

    def canonical(self) -> str:
        """One text for one content, whatever the order of its keys: for digests and to see whether anything changed."""
        whole = {"title": self.title, "body": self.body, "fields": self.fields}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table; none if it is empty."""
        value = self.fields.get(table)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
