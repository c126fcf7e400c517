"""`wiki kinds`: page templates on the command line: check, take out and bring in packs, pages of earlier versions."""

from pathlib import Path

import click

from wiki.cli.site import OPERATOR, command_settings, library_of, open_database, plainly
from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.packs import behind, bringing, pack
from wiki.packs.pack import CONFLICT, SAME


@click.group("kinds")
def kinds_group() -> None:
    """Page templates: check them, take packs out and bring them in, see which pages are behind."""


@kinds_group.command("check")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@plainly
def check(file: Path | None) -> None:
    """Check the page templates that hold now or, with FILE, a pack beside them."""
    settings = command_settings()
    with open_database(settings) as database, database.read() as session:
        library = library_of(settings)
        chosen = pack.read(file.read_bytes()).definitions if file else []
        wrong = pack.mistakes(session, library, chosen)
        count = len(chosen) or len(library.catalogue(session))
    for problem in wrong:
        click.echo(str(problem), err=True)
    if wrong:
        raise click.ClickException(ngettext("%(count)s mistake.", "%(count)s mistakes.", len(wrong)))
    click.echo(_("Page templates: %(count)s, no mistake.", count=count))


@kinds_group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("keys", nargs=-1)
@click.option("--name", default="", help="What the pack is called.")
@plainly
def export(file: Path, keys: tuple[str, ...], name: str) -> None:
    """Write the templates KEYS (all without any) as a pack into FILE."""
    settings = command_settings()
    with open_database(settings) as database, database.read() as session:
        library = library_of(settings)
        catalogue = library.catalogue(session)
        if unknown := [key for key in keys if key not in catalogue]:
            raise NotFound(_("There is no template “%(key)s”.", key=unknown[0]))
        content = pack.write(session, library, catalogue, keys or catalogue, name or settings.site_name)
    file.write_bytes(content)
    click.echo(_("Wrote %(file)s.", file=file))


@kinds_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Store it; without this, only what it would change is said.")
@click.option("--over-own", is_flag=True, help="Also where this site has changed the template itself.")
@plainly
def import_pack(file: Path, yes: bool, over_own: bool) -> None:
    """Say what the pack FILE would change and, with --yes, bring it in."""
    settings = command_settings()
    with open_database(settings) as database, database.transaction() as session:
        library = library_of(settings)
        found = pack.read(file.read_bytes())
        coming = pack.compared(session, library, library.catalogue(session), found)
        for one in coming:
            click.echo(f"{one.definition.part}/{one.definition.key}: {one.how}")
        chosen = [one.definition for one in coming if one.how != SAME and (over_own or one.how != CONFLICT)]
        if wrong := pack.mistakes(session, library, chosen):
            raise Invalid([Problem("file", str(problem)) for problem in wrong])
        made = []
        if yes:
            made = bringing.bring_in(session, library, OPERATOR, found, {(one.part, one.key) for one in chosen})
    if yes:
        count = len(made)
        click.echo(
            ngettext("%(count)s new version holds from now on.", "%(count)s new versions hold from now on.", count)
        )
    else:
        click.echo(_("Nothing was stored. Say --yes to bring it in."))


@kinds_group.command("behind")
@click.argument("keys", nargs=-1)
@plainly
def pages_behind(keys: tuple[str, ...]) -> None:
    """Say how many pages were written with earlier versions of KEYS (all without any), and which need a person."""
    settings = command_settings()
    with open_database(settings) as database, database.read() as session:
        catalogue = library_of(settings).catalogue(session)
        for key in keys or catalogue:
            if key not in catalogue:
                raise NotFound(_("There is no template “%(key)s”.", key=key))
            found = behind.report(session, catalogue, None, catalogue[key])
            if not found.earlier and not keys:
                continue
            click.echo(
                _(
                    "%(key)s, version %(version)s: %(total)s pages, %(earlier)s of earlier versions: %(same)s say the same, "
                    "%(moving)s can be brought over by themselves, %(asking)s have %(values)s values that need a person.",
                    key=key,
                    version=catalogue[key].version,
                    total=found.total,
                    earlier=found.earlier,
                    same=len(found.same),
                    moving=len(found.moving),
                    asking=len(found.asking),
                    values=found.values,
                )
            )
            for one in found.asking:
                click.echo(f"  {one.url}: {', '.join(each.name.removeprefix('a.') for each in one.needs.asked)}")
