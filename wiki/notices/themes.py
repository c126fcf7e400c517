"""Themes as they can be watched."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.kinds import Catalogue
from wiki.models import FieldValue


def known_themes(catalogue: Catalogue) -> list[str]:
    """The themes that this site has words for."""
    field = next((one for kind in catalogue.values() if (one := kind.field("themes"))), None)
    return list(field.choices) if field is not None else []


def themes_of_page(session: Session, page_id: int) -> list[str]:
    found = select(FieldValue.text).where(FieldValue.page_id == page_id, FieldValue.key == "themes")
    return [theme for theme in session.scalars(found.order_by(FieldValue.position)) if theme]
