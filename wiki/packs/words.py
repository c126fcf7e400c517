"""A site's own words: translations of the texts of its templates, and themes; kept as versions, as templates are."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.models import TemplateVersion

WORDS, THEMES = "words", "themes"


@dataclass(frozen=True)
class Words:
    """Translations into a language, by text; or the themes, as keys."""

    part: str
    key: str
    texts: Mapping[str, str]


def stored_words(session: Session) -> list[Words]:
    """The newest of each language, and the newest themes."""
    rows = session.scalars(
        select(TemplateVersion).where(TemplateVersion.part.in_((WORDS, THEMES))).order_by(TemplateVersion.id)
    )
    return [
        Words(one.part, one.key, json.loads(one.text)) for one in {(one.part, one.key): one for one in rows}.values()
    ]


def add_words(session: Session, viewer: Viewer, new: Iterable[Words], note: str) -> None:
    """Add to what the site says itself; what it has in its own words already stays."""
    held = {(one.part, one.key): one.texts for one in stored_words(session)}
    for one in new:
        before = held.get((one.part, one.key), {})
        both = {**one.texts, **before}
        if both == before:
            continue
        known = session.scalars(
            select(TemplateVersion.version).where(TemplateVersion.part == one.part, TemplateVersion.key == one.key)
        )
        version = max([0, *known]) + 1
        session.add(
            TemplateVersion(
                part=one.part,
                key=one.key,
                version=version,
                text=json.dumps(both, ensure_ascii=False, sort_keys=True),
                note=note[:500],
                author_id=viewer.account_id,
                author_name=viewer.name,
                made_at=clock.now(),
                mark=secrets.token_hex(12),
            )
        )
        session.flush()
        eventlog.record(session, viewer, "template.published", part=one.part, key=one.key, version=version)
