"""Events: sign-up, waiting list, guests, calendars, how it was."""
