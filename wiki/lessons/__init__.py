"""Noting what was learned without leaving the page on which it was learned."""
