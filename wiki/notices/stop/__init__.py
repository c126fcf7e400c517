"""Stopping the mails of notices without signing in."""
