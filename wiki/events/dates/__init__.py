"""Whether the day of an event suits those whom it concerns: while it is written, and to keep it with a reason."""
