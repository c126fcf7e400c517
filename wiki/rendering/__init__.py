"""Markdown to safe HTML, contents, wikilinks, comparison of texts, three-way merge. No Flask, no database."""
