"""Conversation on pages, passages and rows, and suggested changes."""
