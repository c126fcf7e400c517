"""`wiki …`: each command a few lines that call an action."""

import click

from wiki import __version__
from wiki.cli.data import backup, check, migrate_command, reindex, restore
from wiki.cli.demo import demo
from wiki.cli.imports import import_group
from wiki.cli.kinds import kinds_group
from wiki.cli.people import person, space, token
from wiki.cli.serve import serve
from wiki.cli.tick import tick


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="wiki")
def main() -> None:
    """Holdfast: the wiki that keeps what people know when people move on.

    Settings come from HOLDFAST_… in the environment and from settings.toml in the instance folder.
    """


for command in (
    serve,
    tick,
    migrate_command,
    check,
    demo,
    person,
    token,
    space,
    import_group,
    kinds_group,
    reindex,
    backup,
    restore,
):
    main.add_command(command)
