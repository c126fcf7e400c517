"""Events and workshops: who comes, what they need, how it was; calendars, reminders, waiting lists."""
