"""Asking a question: what was asked before is shown before it is sent, and who will get it."""
