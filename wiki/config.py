"""Every setting once: name, type, default, help. The environment (HOLDFAST_…) comes before instance/settings.toml, that before the default."""

import os
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wiki.errors import ConfigError
from wiki.i18n import is_language

PREFIX = "HOLDFAST_"


@dataclass(frozen=True)
class Setting:
    """One setting; `kind` is text, number, flag or list (comma separated in the environment)."""

    name: str
    kind: str
    default: Any
    help: str
    least: int = 0
    most: int = 10**6


SETTINGS = (
    Setting(
        "instance",
        "text",
        "instance",
        "Folder of this installation's own data: settings, database, attachments, kinds of its own.",
    ),
    Setting(
        "database_url",
        "text",
        "",
        "Where the database is: sqlite:///path or postgresql://user@host/name. Empty: wiki.db in the instance folder.",
    ),
    Setting("secret_key", "text", "", "Seals sessions and forms. Empty: made once and kept in the instance folder."),
    Setting(
        "base_url",
        "text",
        "http://127.0.0.1:8000",
        "The address people use, for links in mails. Its https decides whether cookies are secure.",
    ),
    Setting("site_name", "text", "Holdfast", "Shown at the top of every page and in mails."),
    Setting(
        "time_zone",
        "text",
        "UTC",
        'The site\'s time zone (an IANA name such as America/Vancouver): what "today" and "overdue" mean.',
    ),
    Setting(
        "holidays",
        "list",
        [],
        "Days on which nobody here works, besides weekends: 2026-12-24, or 12-25 for every year. A question waits longer over them.",
    ),
    Setting("language", "text", "en", "The language for people who have not chosen one."),
    Setting("languages", "list", ["en", "fr"], "Languages that pages can be written in."),
    Setting("currency", "text", "CAD", "The currency offered first for amounts of money."),
    Setting(
        "themes",
        "list",
        [
            "agreements",
            "money",
            "data",
            "youth",
            "culture",
            "meetings",
            "monitoring",
            "staffing",
            "communication",
            "safety",
        ],
        "Themes offered for every page; people can add others.",
    ),
    Setting(
        "smtp_url",
        "text",
        "",
        "The mail server: smtp://user:password@host:587 (STARTTLS) or smtps://…:465. Empty: mails are shown in the terminal.",
    ),
    Setting(
        "mail_from",
        "text",
        "holdfast@localhost",
        "The sender of mails: an address (it gets the name of the site), or Name <address>.",
    ),
    Setting("max_attachment_mb", "number", 25, "The largest file that can be attached, in megabytes.", 1, 2000),
    Setting("max_import_mb", "number", 200, "The largest zip that can be imported, unpacked, in megabytes.", 1, 10_000),
    Setting("session_hours", "number", 12, "How long somebody stays signed in without doing anything.", 1),
    Setting("session_days", "number", 30, "How long somebody stays signed in at most.", 1, 3650),
    Setting(
        "trusted_proxies",
        "number",
        0,
        "How many proxies stand before the server and set X-Forwarded-For and -Proto.",
        most=9,
    ),
    Setting("host", "text", "127.0.0.1", "The address that `wiki serve` listens on."),
    Setting("port", "number", 8000, "The port that `wiki serve` listens on.", 1, 65_535),
    Setting("workers", "number", 2, "How many processes `wiki serve` starts.", 1, 64),
)


@dataclass(frozen=True)
class Settings:
    """The values in force, by name: `settings.base_url`."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def folder(self) -> Path:
        return Path(self.values["instance"])

    @property
    def secure(self) -> bool:
        return str(self.values["base_url"]).startswith("https://")


def load(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from overrides, environment, instance/settings.toml and defaults, in that order.

    Raises ConfigError that names the setting and its place when a value cannot be read.
    """
    environment = os.environ if environment is None else environment
    instance = Path(overrides.get("instance") or environment.get(PREFIX + "INSTANCE") or "instance").absolute()
    from_file = _settings_file(instance / "settings.toml")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        variable = PREFIX + setting.name.upper()
        if setting.name in overrides:
            values[setting.name] = overrides[setting.name]
        elif variable in environment:
            values[setting.name] = _read(setting, environment[variable], variable)
        elif setting.name in from_file:
            values[setting.name] = _read(
                setting, from_file[setting.name], f"{instance / 'settings.toml'}: {setting.name}"
            )
        else:
            values[setting.name] = setting.default
    _check(values)
    values["instance"] = str(instance)
    values["database_url"] = values["database_url"] or f"sqlite:///{instance / 'wiki.db'}"
    values["base_url"] = values["base_url"].rstrip("/")
    return Settings(values)


def _check(values: Mapping[str, Any]) -> None:
    """Raises ConfigError for values that are of the right kind and still mean nothing."""
    try:
        ZoneInfo(values["time_zone"])
    except (KeyError, OSError, ValueError) as error:
        raise ConfigError(
            f"time_zone: there is no {values['time_zone']!r}. Write a name such as America/Vancouver."
        ) from error
    for code in (values["language"], *values["languages"]):
        if not is_language(code):
            raise ConfigError(f"language: there is no {code!r}. Write a code such as en or fr-CA.")
    for day in values["holidays"]:
        if not re.fullmatch(r"(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", day):
            raise ConfigError(f"holidays: {day!r} is no day. Write 2026-12-24, or 12-25 for every year.")
    for setting in SETTINGS:
        if setting.kind == "number" and not setting.least <= values[setting.name] <= setting.most:
            raise ConfigError(
                f"{setting.name} should be from {setting.least} to {setting.most}, not {values[setting.name]}."
            )


def default(name: str) -> Any:
    """What a setting is when nobody set it."""
    return next(setting.default for setting in SETTINGS if setting.name == name)


def make_folder(settings: Settings) -> None:
    """The instance folder, made for its owner alone: it holds what people wrote, and the secret key."""
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def with_secret(settings: Settings) -> Settings:
    """The settings with a secret key: the given one, or one made at first use and kept in the instance folder."""
    if settings.secret_key:
        return settings
    place = settings.folder / "secret_key"
    make_folder(settings)
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return Settings({**settings.values, "secret_key": place.read_text().strip()})


def _settings_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}. Mend the file or take it away.") from error
    unknown = sorted(set(found) - {setting.name for setting in SETTINGS})
    if unknown:
        raise ConfigError(
            f"{path}: unknown setting {', '.join(unknown)}. See docs/administrator.md for those that exist."
        )
    return found


def _read(setting: Setting, value: Any, place: str) -> Any:
    try:
        return _READERS[setting.kind](value)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{place} should be a {setting.kind}, not {value!r}.") from error


def _list(value: Any) -> list[str]:
    return (
        [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, str)
        else [str(part) for part in value]
    )


_READERS: dict[str, Callable[[Any], Any]] = {"text": str, "number": int, "list": _list}
