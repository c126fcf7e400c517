"""The demo, Paper Coast: pages in files, with their histories, and the loader. The tests use the same data."""
