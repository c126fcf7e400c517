"""Where the files that come with the program are: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def resource_folder(name: str) -> Path:
    """The folder of that name ("static", "page_templates") that belongs to this program.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is neither inside {PACKAGE} nor beside it; install Holdfast again")
