"""`chainrule assignments`, `starter`, `doctor`, `settings`: look, change nothing."""

import sys

import click

from app.gradings.sandbox_examination import examine
from app.installed_catalog import installed_catalog
from app.sandbox_health import SandboxState, Wall
from app.settings import SandboxLevel, read_settings
from app.settings_table import settings_table
from reference.catalog import SHIPPED
from reference.errors import AssignmentInvalid

VERSION_CHARACTERS = 12
"""Of a hash, as many as people compare."""


@click.command()
def assignments() -> None:
    """List the assignments of this installation: slug, points, title, version, and the folder it is in.

    A broken one is listed too, with every reason. The version is the beginning of the hash kept with each grading.
    """
    catalog = installed_catalog(read_settings().assignment_folders)
    for slug in catalog.slugs():
        try:
            folder = catalog.get(slug)
        except AssignmentInvalid as error:
            click.echo(f"{slug}\tBROKEN\t{'; '.join(error.reasons)}")
            continue
        place = "shipped" if folder.path.parent == SHIPPED else str(folder.path)
        asked, version = folder.assignment, folder.version.removeprefix("sha256:")[:VERSION_CHARACTERS]
        click.echo(f"{slug}\t{asked.points:g} points\t{asked.title}\t{version}\t{place}")


@click.command()
@click.argument("slug")
def starter(slug: str) -> None:
    """Print the file that a student of SLUG begins with."""
    click.echo(installed_catalog(read_settings().assignment_folders).get(slug).starter, nl=False)


@click.command()
@click.option("--sandbox", type=click.Choice([level.value for level in SandboxLevel]), help="Which walls to examine.")
def doctor(sandbox: str | None) -> None:
    """Attack every wall of the sandbox and say what held; exits with 1 if a mandatory one did not."""
    health = examine(read_settings(sandbox=sandbox).sandbox.value)
    for wall in health.walls:
        click.echo(f"{_word(wall):<9} {wall.name}{': ' + wall.detail if wall.detail else ''}")
    if health.state is not SandboxState.HOLDS:
        click.echo(f"No grading on this machine: {' '.join(health.details) or health.message}")
        sys.exit(1)
    for detail in health.details:
        click.echo(f"A stronger level is not used. {detail}")
    click.echo(f"Gradings run at the level {health.level}.")


@click.command()
def settings() -> None:
    """Print every setting with its default and meaning, as a table in Markdown."""
    click.echo(settings_table())


def _word(wall: Wall) -> str:
    if wall.held:
        return "held"
    return "BROKEN" if wall.mandatory else "not held"
