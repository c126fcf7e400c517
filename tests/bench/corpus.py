"""Where the public texts are that search is measured on, if they are here."""

import os
from pathlib import Path

import pytest

#: The folder that has `cranfield/` and `guides/` in it.
VARIABLE = "HOLDFAST_CORPUS"


def folder(name: str) -> Path:
    """The folder of one collection; skips the test where it is absent."""
    found = Path(os.environ.get(VARIABLE, ""), name)
    if not os.environ.get(VARIABLE) or not found.is_dir():
        pytest.skip(f"{VARIABLE} does not name a folder with {name}/")
    return found
