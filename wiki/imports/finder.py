"""Where the links of imported files lead."""

from pathlib import PurePosixPath

from wiki.attachments import actions as attachments
from wiki.imports.documents import Document
from wiki.imports.links import Place, normal_path
from wiki.text import slugify


class Finder:
    """Where an address in one file leads: to the page of another file, or to a file to attach."""

    def __init__(self, found: list[Document], slugs: dict[str, str], paths: list[str]) -> None:
        self._paths = set(paths)
        self._files: dict[str, str] = {}
        for path in paths:
            self._files.setdefault(attachments.clean_name(path), path)
        self._pages: dict[str, str] = {}
        for document in found:
            if document.problem:
                continue
            for address in _addresses(document):
                self._pages.setdefault(address.lower(), slugs[document.path])

    def file(self, name: str) -> str | None:
        """The path of the file that would be attached under this name."""
        return self._files.get(name)

    def find(self, document: Document, address: str) -> Place | None:
        path, _hash, fragment = address.partition("#")
        path = path.split("?")[0]
        for folder in (PurePosixPath(document.path).parent.as_posix(), *_published_folders(document)):
            target = normal_path(folder, path)
            slug = self._pages.get(target.lower())
            if slug is not None:
                return Place(page=slug, fragment=slugify(fragment) if fragment else "")
            if target in self._paths:
                return Place(file=attachments.clean_name(target))
        return None


def _addresses(document: Document) -> list[str]:
    """All addresses under which a file may be meant: its path with and without ending, as a folder, where it was published."""
    path = PurePosixPath(document.path)
    found = [document.path, path.with_suffix("").as_posix(), path.with_suffix(".html").as_posix()]
    if path.stem.lower() in ("index", "readme", "_index"):
        found.append("" if path.parent.as_posix() == "." else path.parent.as_posix())
    for key in ("permalink", "redirect_from", "aliases"):
        value = document.matter.get(key)
        listed = value if isinstance(value, list) else [value]
        found += [normal_path("", one) for one in listed if isinstance(one, str) and one.strip("/")]
    return found


def _published_folders(document: Document) -> list[str]:
    """The folder of the address where the file was published: relative links of such sites begin there."""
    permalink = document.matter.get("permalink")
    return [permalink.strip("/")] if isinstance(permalink, str) and permalink.strip("/") else []
