"""What moves a page up or down beside its words: put away, no longer holding, changed lately, in a space of the reader's."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Float, case, literal

from wiki import clock
from wiki.access import Viewer
from wiki.models import Page

#: All the words of the question in the title.
IN_TITLE = 1.5
#: What is put away counts half; what was replaced, rejected or ended less than that.
ARCHIVED, OVER = 0.5, 0.4
#: What was changed within so many days counts a little more.
RECENT = ((30, 1.06), (365, 1.03))
#: So do pages of spaces of which the reader is a member.
AT_HOME = 1.06
#: What should have been looked at again by now counts a little less.
OVERDUE = 0.95


def weight(viewer: Viewer) -> ColumnElement[float]:
    """What the score of a page is multiplied with."""
    now = clock.now()
    recent = case(*((Page.changed_at >= now - timedelta(days=days), factor) for days, factor in RECENT), else_=1.0)
    archived = case((Page.archived_at.is_not(None), ARCHIVED), else_=1.0)
    over = case((Page.over != "", OVER), else_=1.0)
    spaces = sorted({member.space_id for member in viewer.memberships})
    at_home = case((Page.space_id.in_(spaces), AT_HOME), else_=1.0) if spaces else literal(1.0, Float)
    overdue = case((Page.review_due < now.date(), OVERDUE), else_=1.0)
    return archived * over * recent * overdue * at_home
