"""Proposed changes to page templates, and proposed new ones, in the browser."""
