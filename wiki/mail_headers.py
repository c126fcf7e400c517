"""Headers by which mail programs sort what Holdfast sends: who it is from, mails that belong together, the list they are of."""

import re
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import urlsplit

from wiki.config import Settings
from wiki.text import tidy


def sender(settings: Settings) -> str | Address:
    """The address that mails come from, under the name of the site unless the setting holds another."""
    name, address = parseaddr(settings.mail_from)
    if name or not address.isascii() or address.count("@") != 1:
        return str(settings.mail_from)
    return Address(tidy(settings.site_name), addr_spec=address)


def strand(settings: Settings, *names: str) -> tuple[tuple[str, str], ...]:
    """Mails with the same names stand together, below those with fewer: ("page-12",) and ("page-12", "thread-3").

    The mail that they seem to answer was never sent: mail programs need only that they name the same one.
    """
    ids = [f"<{'.'.join(names[: length + 1])}@{_host(settings)}>" for length in range(len(names))]
    return (("In-Reply-To", ids[-1]), ("References", " ".join(ids))) if ids else ()


def of_list(settings: Settings, name: str) -> tuple[str, str]:
    """What filters know these mails by (RFC 2919)."""
    return ("List-Id", f"<{name}.{_host(settings)}>")


def _host(settings: Settings) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "-", urlsplit(settings.base_url).hostname or "") or "localhost"
