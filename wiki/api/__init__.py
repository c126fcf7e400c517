"""The API, version 1: JSON over the same verbs and rights as the browser, with a personal token."""
