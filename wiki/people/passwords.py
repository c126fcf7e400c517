"""Passwords: what is accepted, how it is kept (argon2id), and an answer that takes equally long for everybody."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _

SHORTEST = 10
LONGEST = 200
#: What has to remain of a password without the person's own names.
OWN_SHARE = 6
_COMMON = Path(__file__).parent / "common_passwords.txt"
_RUNS = "01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

#: The hash of a secret that nobody has: checked for unknown accounts, so that they take as long as known ones.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$ssRNGYIPKAOyPt1m7sQ+OA$22xvtgmO4mKB3krOckHj1ljN8xzVrgq2WX+ikkwm/iY"


def normal(password: str) -> str:
    """The same password however the keyboard composed it."""
    return unicodedata.normalize("NFC", password)


def hashed(password: str) -> str:
    return _hasher.hash(normal(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored hash. No hash takes as long as a wrong password."""
    try:
        right = _hasher.verify(stored or NOBODYS_HASH, normal(password)[: LONGEST * 4])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check(password: str, own_words: Iterable[str] = (), field: str = "password") -> None:
    """Raises Invalid when a guesser would find the password early. `own_words`: the person's name and address."""
    password = normal(password)
    if len(password) < SHORTEST:
        raise _refused(
            field, _("Use at least %(count)s characters. A few words in a row are easy to remember.", count=SHORTEST)
        )
    if len(password) > LONGEST:
        raise _refused(field, _("Use at most %(count)s characters.", count=LONGEST))
    if _is_common(password.casefold()):
        raise _refused(field, _("This password is among the first that a guesser tries. Use a few words in a row."))
    if len(_without(password.casefold(), own_words)) < OWN_SHARE:
        raise _refused(field, _("This password is mostly your own name or address. Use a few other words in a row."))


def _refused(field: str, message: str) -> Invalid:
    return Invalid([Problem(field, message)])


@lru_cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _is_common(password: str) -> bool:
    squeezed = re.sub(r"[\s_.-]+", "", password)
    piece = _repeated_piece(squeezed)
    candidates = {squeezed, piece, squeezed.strip("0123456789!?#$%&*+@=()"), piece.strip("0123456789!?#$%&*+@=()")}
    return len(set(squeezed)) < 4 or any(one in _common() or _is_run(one) for one in candidates if one)


def _repeated_piece(text: str) -> str:
    """The shortest piece that the text is made of by repeating it: "abcabcabc" gives "abc"."""
    for length in range(1, len(text) // 2 + 1):
        if len(text) % length == 0 and text[:length] * (len(text) // length) == text:
            return text[:length]
    return text


def _is_run(text: str) -> bool:
    return len(text) > 3 and any(text in run or text in run[::-1] for run in _RUNS)


def _without(password: str, own_words: Iterable[str]) -> str:
    words = {part for word in own_words for part in re.split(r"[\W_]+", word.casefold()) if len(part) > 2}
    for word in sorted(words, key=len, reverse=True):
        password = password.replace(word, "")
    return re.sub(r"[\W_]+", "", password)
