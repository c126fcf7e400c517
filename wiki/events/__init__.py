"""Events and workshops: who comes, what they need, how it was; calendars, reminders, waiting lists."""

from wiki.events.dates.keeping import complete
from wiki.events.plan import KIND
from wiki.pages.completing import completes

completes(KIND, complete)
