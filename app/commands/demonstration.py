"""`chainrule demo`: a course with people and work in it, to look around."""

import click

from app.commands.opening import opened_database
from app.demo import LOGINS, make_demo
from app.installed_catalog import installed_catalog
from app.settings import read_settings
from submissions.clock import system_clock


@click.command()
def demo() -> None:
    """Make the demo course: an instructor, students and a dozen submissions. Twice changes nothing."""
    settings = read_settings()
    with opened_database(settings, migrate=True) as database:
        made = make_demo(database, installed_catalog(settings.assignment_folders), settings, system_clock())
    click.echo(f"The demo course has {made} new submissions in the queue. Logins (e-mail, password):")
    for email, password in LOGINS:
        click.echo(f"  {email}  {password}")
