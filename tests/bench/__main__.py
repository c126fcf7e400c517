"""`python -m tests.bench`: measure and print the table."""

import argparse
import json
import sys
from pathlib import Path

from tests.bench import runs, table, wikis


def main() -> None:
    asked = _arguments()
    options = runs.Options(asked.rounds, asked.in_process, frozenset(filter(None, asked.only.split(","))))
    sizes = [1_000] if asked.quick else [1_000, 20_000, *([100_000] if asked.large else [])]
    ready = [wikis.wiki_of(size, _say) for size in sizes]
    measured = [runs.measure(settings, size, options, _say) for settings, size in zip(ready, sizes, strict=True)]
    imported = runs.importing(options, _say)
    print(table.as_text(table.lines(measured, imported)))
    if asked.json:
        asked.json.write_text(json.dumps(table.as_json(measured, imported), indent=1), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the wiki of 1,000 pages")
    parser.add_argument("--large", action="store_true", help="a wiki of 100,000 pages as well")
    parser.add_argument("--rounds", type=int, default=5, help="of which the best counts (5)")
    parser.add_argument(
        "--only",
        default="",
        help="some of: view,visitor,search,register,named,home,completion,unchanged,save,index,start,import",
    )
    parser.add_argument("--in-process", action="store_true", help="call the application without a server")
    parser.add_argument("--json", type=Path, help="write everything into this file as well")
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


main()
