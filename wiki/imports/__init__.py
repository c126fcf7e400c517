"""One file per format that can be brought in."""
