"""Where definitions are read from: the files of the folders, and versions of them that a site has made its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wiki.kinds.positions import Positions
from wiki.kinds.problems import Place, Problems

ENVELOPE = "envelope"


@dataclass(frozen=True)
class Source:
    """The text of one definition; `written` is None as long as it stands in its file and nowhere else."""

    file: Path
    written: str | None = None

    def text(self, problems: Problems) -> str | None:
        """Its text; None, with the reason noted, if it cannot be read."""
        if self.written is not None:
            return self.written.replace("\r\n", "\n")
        try:
            return self.file.read_text(encoding="utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            problems.add(at_line(self.file, 1), (), "The file is not UTF-8", "save it again as UTF-8")
        except OSError as error:
            said = f"The file cannot be read: {error.strerror}"
            problems.add(at_line(self.file, 1), (), said, "let this program read it")
        return None

    def taken(self) -> "Source":
        """The same with its text; a file that cannot be read stays one, for those who say so."""
        text = self.text(Problems())
        return self if text is None else Source(self.file, text)


@dataclass(frozen=True)
class Sources:
    """All definitions by name: kinds, the sections of their bodies, shared row types, and the fields of every page."""

    folders: tuple[Path, ...] = ()
    kinds: Mapping[str, Source] = field(default_factory=dict)
    sections: Mapping[str, Source] = field(default_factory=dict)
    rows: Mapping[str, Source] = field(default_factory=dict)
    envelope: Source | None = None

    def with_kind(self, key: str, text: str, sections: str, file: Path) -> "Sources":
        """The same with another definition of one kind; empty sections are none."""
        kept = {name: one for name, one in self.sections.items() if name != key}
        if sections.strip():
            kept[key] = Source(file.with_suffix(".md"), sections)
        return replace(self, kinds={**self.kinds, key: Source(file, text)}, sections=kept)

    def with_rows(self, key: str, text: str, file: Path) -> "Sources":
        """The same with another definition of one row type."""
        return replace(self, rows={**self.rows, key: Source(file, text)})

    def taken(self) -> "Sources":
        """The same with the texts as they are in the files now, whatever becomes of the files."""
        return replace(
            self,
            kinds={key: one.taken() for key, one in self.kinds.items()},
            sections={key: one.taken() for key, one in self.sections.items()},
            rows={key: one.taken() for key, one in self.rows.items()},
            envelope=self.envelope and self.envelope.taken(),
        )

    def texts(self, key: str) -> tuple[str, str]:
        """Definition and sections of a kind, as they are written. Raises KeyError."""
        problems = Problems()
        sections = self.sections.get(key)
        return self.kinds[key].text(problems) or "", (sections.text(problems) or "") if sections else ""

    def row_text(self, key: str) -> str:
        """The definition of a row type, as it is written. Raises KeyError."""
        return self.rows[key].text(Problems()) or ""


def read_folders(folders: Sequence[Path]) -> Sources:
    """The files in `folders`; one replaces that of the same name in an earlier folder. A folder that is not there is passed over."""
    kinds = _files(folders, "*.toml")
    envelope = kinds.pop(ENVELOPE, None)
    return Sources(tuple(folders), kinds, _files(folders, "*.md"), _files(folders, "rows/*.toml"), envelope)


def _files(folders: Sequence[Path], pattern: str) -> dict[str, Source]:
    return {path.stem: Source(path) for folder in folders for path in sorted(folder.glob(pattern))}


def at_line(file: Path, line: int) -> Place:
    """A place in a text that has no keys."""
    return Place(file, Positions("\n" * (line - 1) + "at ="), ("at",))
