"""Being told, not flooded: notices, an inbox, watching, mails and feeds of one's own."""
