"""For people without an account who come to an event: signing up, confirming, their own page."""
