"""`chainrule course`: courses and what they ask."""

from datetime import datetime

import click

from app.commands.opening import opened_database
from app.commands.typed_fields import line
from app.errors import BadForm, NotFound
from app.field_rules import FIRST_YEAR, LAST_YEAR, is_of_our_time, is_zone, on_one_line, on_the_clock, skipped
from app.installed_catalog import installed_catalog
from app.settings import read_settings
from app.staff.asking import MOST_ATTEMPTS, ask
from app.staff.course_making import open_course
from submissions.actors import COMMAND_LINE
from submissions.clock import system_clock
from submissions.models import CourseAssignment

MOMENT = "%Y-%m-%dT%H:%M"


@click.group()
def course() -> None:
    """Make courses and give them assignments."""


@course.command("create")
@click.argument("slug")
@click.argument("title", callback=line)
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name; deadlines are shown in it.")
def create(slug: str, title: str, time_zone: str) -> None:
    """Make the course SLUG."""
    if not is_zone(time_zone):
        raise BadForm(f"{time_zone} is not a time zone; write it like Europe/Berlin.")
    with opened_database(read_settings()) as database, database.transaction() as tx:
        open_course(tx, COMMAND_LINE, slug, title, time_zone, system_clock())
    click.echo(f"The course {slug} is there.")


@course.command("list")
def list_courses() -> None:
    """List the courses and their assignments."""
    with opened_database(read_settings()) as database, database.reading() as tx:
        for one in tx.courses.all():
            click.echo(f"{one.slug}\t{on_one_line(one.title)}")
            for assignment in tx.courses.assignments(one.id):
                due = f"due {assignment.due_at:%Y-%m-%d %H:%M} UTC" if assignment.due_at else "no deadline"
                click.echo(f"  {assignment.slug}\t{assignment.points:g} points\t{due}")


@course.command("assign")
@click.argument("slug")
@click.argument("assignment")
@click.option("--opens", type=click.DateTime([MOMENT]), help="Local time of the course, 2026-11-21T09:00.")
@click.option("--due", type=click.DateTime([MOMENT]), help="Local time of the course.")
@click.option("--attempts", type=click.IntRange(1, MOST_ATTEMPTS), help="How often a student may hand in.")
def assign(slug: str, assignment: str, opens: datetime | None, due: datetime | None, attempts: int | None) -> None:
    """Have the course SLUG ask ASSIGNMENT."""
    settings = read_settings()
    asked = installed_catalog(settings.assignment_folders).get(assignment).assignment
    with opened_database(settings) as database, database.transaction() as tx:
        found = tx.courses.by_slug(slug)
        if found is None:
            raise NotFound(f"There is no course called {slug}.")
        wanted = CourseAssignment(
            id="",
            course_id=found.id,
            slug=asked.slug,
            title=asked.title,
            points=asked.points,
            opens_at=_moment(opens, found.time_zone),
            due_at=_moment(due, found.time_zone),
            attempts=attempts,
        )
        ask(tx, found, COMMAND_LINE, wanted, system_clock())
    click.echo(f"The course {slug} asks {asked.slug}.")


def _moment(local: datetime | None, time_zone: str) -> datetime | None:
    if local is None:
        return None
    if not is_of_our_time(local):
        raise BadForm(f"{local:%Y-%m-%d} is no date between the years {FIRST_YEAR} and {LAST_YEAR}.")
    if (instead := skipped(local, time_zone)) is not None:
        raise BadForm(f"The clocks of {time_zone} skip {local:%Y-%m-%dT%H:%M}; write {instead:%Y-%m-%dT%H:%M}.")
    return on_the_clock(local, time_zone)
