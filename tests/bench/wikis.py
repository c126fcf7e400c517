"""Whole wikis to measure, built once and kept below build/bench."""

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench import texts
from wiki import config, kinds
from wiki.access import Viewer
from wiki.config import Settings
from wiki.db import Database
from wiki.kinds import Catalogue
from wiki.models import Space
from wiki.pages import actions as pages
from wiki.people import actions as people
from wiki.people import queries
from wiki.resources import resource_folder
from wiki.serve import prepare
from wiki.spaces import actions as spaces

KEPT = Path(__file__).parents[2] / "build" / "bench"
EMAIL, PASSWORD = "member@paper-coast.example", "stones under the pier"
FOUNDER = Viewer(account_id=None, person_id=None, name="The founder", admin=True)
#: Pages stored in one transaction.
BATCH = 200
#: The page that is saved again and again: 10 KB of text and 30 rows.
LARGE = "a-large-page"


def wiki_of(count: int, say: Callable[[str], None]) -> Settings:
    """The settings of a wiki of `count` pages; one made by this program before is brought up to date."""
    folder = KEPT / f"{count}-{_mark()}"
    ready = (folder / "ready").exists()
    for old in KEPT.glob(f"{count}-*"):
        if not ready or old != folder:
            shutil.rmtree(old)
    settings = settings_of(folder)
    prepare(settings)
    if not ready:
        _fill(settings, count, say)
        (folder / "ready").touch()
    return settings


def settings_of(folder: Path) -> Settings:
    return config.load({}, instance=str(folder), secret_key="bench" * 8)


def environment(settings: Settings) -> dict[str, str]:
    """What a process of this wiki is started with."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(config.PREFIX)}
    return {**mine, "HOLDFAST_INSTANCE": settings.instance, "HOLDFAST_SECRET_KEY": settings.secret_key}


def catalogue_of(settings: Settings) -> Catalogue:
    return kinds.load([resource_folder("page_templates")])


def _mark() -> str:
    """Changes when other pages would be made, or indexed otherwise; migrations are applied to what was built before."""
    package = Path(config.__file__).parent
    here = Path(__file__).parent
    sources = [here / "texts.py", here / "wikis.py"]
    sources += [package / "search" / name for name in ("dates.py", "entry.py", "language.py", "letters.py", "stems.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:10]


def _fill(settings: Settings, count: int, say: Callable[[str], None]) -> None:
    database = Database(settings.database_url)
    catalogue = catalogue_of(settings)
    with database.transaction() as session:
        account = people.add_person(session, catalogue, FOUNDER, EMAIL, "Mona Member", password=PASSWORD)
        spaces.add_space(session, FOUNDER, "Commons", default_role="member")
        harbour = spaces.add_space(session, FOUNDER, "Harbour", default_role="none")
        spaces.set_member(session, FOUNDER, harbour, account, "member", None)
        where = _spaces(session)
        pages.create_page(
            session, catalogue, _member(session), where["commons"], catalogue["meeting"], texts.large(), slug=LARGE
        )
    for start in range(1, count + 1, BATCH):
        with database.transaction() as session:
            by, where = _member(session), _spaces(session)
            made = [texts.made(number) for number in range(start, min(start + BATCH, count + 1))]
            for slug, space in where.items():
                new = [pages.NewPage(catalogue[page.kind], page.content) for page in made if page.space == slug]
                pages.create_pages(session, catalogue, by, space, new)
        if (start - 1) % 1000 == 0:
            say(f"building a wiki of {count:,} pages: {start - 1:,}")
    database.close()


def _member(session: Session) -> Viewer:
    """Who wrote it all, with leave to make pages public."""
    found = queries.viewer_for_email(session, EMAIL)
    assert found is not None
    return replace(found, admin=True)


def _spaces(session: Session) -> dict[str, Space]:
    return {space.slug: space for space in session.scalars(select(Space))}
