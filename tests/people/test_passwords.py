"""Passwords: long enough, not the first ones that a guesser tries, kept as argon2id."""

import pytest

from wiki.errors import Invalid
from wiki.people import passwords

ADA = ("Ada Verdana", "ada.v@paper-coast.example")


def test_it_works() -> None:
    passwords.check("stones under the pier", ADA)
    stored = passwords.hashed("stones under the pier")
    assert passwords.fits(stored, "stones under the pier")
    assert not passwords.fits(stored, "stones under the piers")


@pytest.mark.parametrize(
    "password",
    [
        "stones-41!",
        "only lower case letters",
        "1029 77 5501 38",
        "ÜBER den Wolken",
        "   leading and trailing   ",
        "пароль из четырёх слов",
        "finnish lakes are cold",
        "x" + "ab cd ef gh " * 16,
    ],
)
def test_no_rule_asks_for_special_characters(password: str) -> None:
    passwords.check(password, ADA)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "123456789",
        "x" * 201,
        "password12",
        "Password123!",
        "PASSWORD PASSWORD",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "poiuytrewq",
        "abcabcabcabc",
        "aaaaaaaaaaaa",
        "          ",
        "iloveyou2026",
        "letmein-letmein",
        "changeme!!!",
        "Ada Verdana 1",
        "ada.v@paper-coast.example",
        "verdana-2026",
    ],
)
def test_what_a_guesser_tries_first_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.check(password, ADA)


def test_the_hash_is_argon2id_with_19_mebibytes() -> None:
    assert passwords.hashed("stones under the pier").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_checking_nobody_is_the_same_work_as_checking_somebody() -> None:
    assert not passwords.is_outdated(passwords.NOBODYS_HASH)
    assert not passwords.fits(None, "stones under the pier")


def test_a_weaker_hash_is_known_as_outdated() -> None:
    assert passwords.is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$Jk6gcRUfX6k")


def test_a_damaged_hash_lets_nobody_in() -> None:
    assert not passwords.fits("not a hash", "stones under the pier")


def test_the_same_letters_composed_differently_are_the_same_password() -> None:
    stored = passwords.hashed("caf\u00e9 by the sea")
    assert passwords.fits(stored, "cafe\u0301 by the sea")
