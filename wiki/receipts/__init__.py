"""Who has read what: receipts, requests to read and confirm, what changed since somebody read it."""
