"""Orientation pages: what stands today, worked out when they are read, and when they are out of date."""
