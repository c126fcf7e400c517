"""Suggested changes in the browser."""
