"""The care of what is stored: backups, checks, and derived tables made anew."""
