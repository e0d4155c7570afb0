"""`chainrule export-person` and `erase-person`: what a person may ask of whoever keeps data about them."""

import json
import os
import zipfile
from pathlib import Path

import click

from app.commands.opening import opened_database
from app.errors import NotFound
from app.settings import read_settings
from submissions.clock import system_clock
from submissions.database import Transaction
from submissions.erasing import erase_person
from submissions.models import User


@click.command("export-person")
@click.argument("email")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_person(email: str, file: Path) -> None:
    """Write everything about the person with the address EMAIL into the new zip FILE."""
    with opened_database(read_settings()) as database, database.reading() as tx:
        user = _person(tx, email)
        rows, sources = tx.persons.export(user), tx.persons.sources(user.id)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise click.ClickException(f"{file} exists already.") from error
    with os.fdopen(descriptor, "wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
        for submission_id, name, data in sources:
            # A name that somebody chose must not lead out of the folder it is unpacked in.
            archive.writestr(f"submissions/{submission_id}/{Path(name).name or 'file'}", data)
    click.echo(f"{file} holds {sum(map(len, rows.values()))} rows and {len(sources)} files about {user.email}.")


@click.command("erase-person")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(email: str, yes: bool) -> None:
    """Erase the person with the address EMAIL from every table, for ever.

    Account, work, reports and grades go. Decisions they took about others as staff stay, as an erased person's.
    Backups, and what was sent to learning management systems and webhooks, are out of reach.
    """
    with opened_database(read_settings()) as database:
        with database.reading() as tx:
            user = _person(tx, email)
        if not yes:
            click.confirm(f"Erase {user.name} <{user.email}> and all their work?", abort=True)
        with database.transaction() as tx:
            erased = erase_person(tx, user, system_clock())
        folded = database.fold()
    click.echo(f"Erased, with {erased.submissions} submissions, {erased.gradings} gradings and {erased.files} files.")
    if not folded:
        click.echo("Traces stay in the log beside the database until the service has been stopped.", err=True)


def _person(tx: Transaction, email: str) -> User:
    found = tx.accounts.by_email(email)
    if found is None:
        raise NotFound(f"Nobody has an account with the address {email}.")
    return found
