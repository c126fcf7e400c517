"""How the headers of mails are written: as Python's standard policy does, but for addresses in `List-…` headers and names of mails.

That policy wraps a header that is longer than a line by encoding its words. An address wrapped so is none any more: programs
that offer “unsubscribe” would not find it (RFC 2369 allows no encoded words there).
"""

from email.policy import SMTP, EmailPolicy
from typing import Any

_WHOLE = ("list-", "in-reply-to", "references")


class MailPolicy(EmailPolicy):
    """SMTP's line ends; headers that hold addresses and names of mails stand as they are, in one line."""

    def fold(self, name: str, value: Any) -> str:
        return _whole(name, value, self.linesep) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return _whole(name, value, self.linesep).encode("ascii") or super().fold_binary(name, value)


def _whole(name: str, value: str, line_end: str) -> str:
    return f"{name}: {value}{line_end}" if name.lower().startswith(_WHOLE) else ""


POLICY = MailPolicy(linesep=SMTP.linesep)
