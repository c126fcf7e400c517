"""The sections of a kind's body: headings, each with the question that is shown beside the editor."""

from wiki.kinds.definition import Prompt
from wiki.kinds.problems import Place, Problems


def read_prompts(text: str, place: Place, problems: Problems) -> tuple[Prompt, ...]:
    """The `## Heading` lines of `text`, each with the text up to the next one."""
    found: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            heading = line[3:].strip()
            if heading in [known for known, _lines in found]:
                problems.add(place, number, f"There is another section “{heading}”", "give one of them another heading")
            found.append((heading, []))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            problems.add(place, number, "Text before the first heading", "begin the file with a line “## Heading”")
    return tuple(Prompt(heading, "\n".join(lines).strip()) for heading, lines in found)
