"""Packs of page templates in the browser: taken out, looked at, brought in."""
