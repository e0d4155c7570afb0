"""`chainrule course`: courses and what they ask."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from app.commands.opening import opened_database
from app.errors import BadForm, NotFound
from app.installed_catalog import installed_catalog
from app.settings import read_settings

MOMENT = "%Y-%m-%dT%H:%M"


@click.group()
def course() -> None:
    """Make courses and give them assignments."""


@course.command("create")
@click.argument("slug")
@click.argument("title")
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name; deadlines are shown in it.")
def create(slug: str, title: str, time_zone: str) -> None:
    """Make the course SLUG."""
    _zone(time_zone)
    with opened_database(read_settings()) as database, database.transaction() as tx:
        tx.courses.add(slug, title, time_zone)
    click.echo(f"The course {slug} is there.")


@course.command("list")
def list_courses() -> None:
    """List the courses and their assignments."""
    with opened_database(read_settings()) as database, database.reading() as tx:
        for one in tx.courses.all():
            click.echo(f"{one.slug}\t{one.title}")
            for assignment in tx.courses.assignments(one.id):
                due = f"due {assignment.due_at:%Y-%m-%d %H:%M} UTC" if assignment.due_at else "no deadline"
                click.echo(f"  {assignment.slug}\t{assignment.points:g} points\t{due}")


@course.command("assign")
@click.argument("slug")
@click.argument("assignment")
@click.option("--opens", type=click.DateTime([MOMENT]), help="Local time of the course, 2026-11-21T09:00.")
@click.option("--due", type=click.DateTime([MOMENT]), help="Local time of the course.")
@click.option("--attempts", type=click.IntRange(1), help="How often a student may hand in.")
def assign(slug: str, assignment: str, opens: datetime | None, due: datetime | None, attempts: int | None) -> None:
    """Have the course SLUG ask ASSIGNMENT."""
    settings = read_settings()
    asked = installed_catalog(settings.assignment_folders).get(assignment).assignment
    with opened_database(settings) as database, database.transaction() as tx:
        found = tx.courses.by_slug(slug)
        if found is None:
            raise NotFound(f"There is no course called {slug}.")
        zone = _zone(found.time_zone)
        tx.courses.add_assignment(
            found.id, asked.slug, asked.title, asked.points, _moment(opens, zone), _moment(due, zone), attempts
        )
    click.echo(f"The course {slug} asks {asked.slug}.")


def _moment(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if local is None else local.replace(tzinfo=zone).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadForm(f"{name} is not a time zone; write it like Europe/Berlin.") from error
