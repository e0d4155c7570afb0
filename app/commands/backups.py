"""`chainrule backup` and `restore`: one checked file that holds an installation."""

from pathlib import Path

import click

from app.settings import Settings, read_settings
from app.version import own_version
from submissions.backups.backup_file import opened_backup, restore_backup, write_backup
from submissions.backups.database_copy import copy_of
from submissions.backups.manifest import Manifest
from submissions.clock import system_clock

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--verify", is_flag=True, help="Make nothing: check the backup FILE that is there.")
def backup(file: Path, verify: bool) -> None:
    """Copy the database and the secret key into FILE while the service goes on, and check the copy.

    FILE opens every account: keep it as secret as the data folder. A key that is kept elsewhere
    (CHAINRULE_SECRET_KEY_FILE) is left out.
    """
    settings = read_settings()
    copy = copy_of(settings.database, settings.data_dir)
    if verify:
        with opened_backup(file, copy, copy.scratch()) as parts:  # /tmp of a container holds no database
            click.echo(f"{file} is whole. {_said(parts.manifest)}")
        return
    key = _own_key(settings)
    manifest = write_backup(file, copy, key, own_version(), system_clock())
    click.echo(f"{file} is written and read back. {_said(manifest)}")
    if key is None:
        click.echo("The secret key is not in it: keep a copy of it too.", err=True)


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Replace a database that is there; it is kept beside the new one.")
def restore(file: Path, replace: bool) -> None:
    """Check the backup FILE, then put its database and secret key in place. Stop the service first."""
    settings = read_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    now = system_clock()
    manifest = restore_backup(
        file,
        copy_of(settings.database, settings.data_dir),
        settings.secret_key_path,
        replace,
        f"before-restore-{now:%Y%m%dT%H%M%S%f}",
    )
    click.echo(f"{file} is restored. {_said(manifest)}")
    click.echo("`chainrule serve` brings an older backup to this version's schema, and so does `chainrule migrate`.")


def _own_key(settings: Settings) -> Path | None:
    """The secret key of the data folder, where it is kept there and was needed before."""
    return settings.secret_key_path if settings.secret_key_file is None and settings.secret_key_path.exists() else None


def _said(manifest: Manifest) -> str:
    rows = manifest.contents.rows
    return (
        f"Made {manifest.made_at:%Y-%m-%d %H:%M} UTC at schema {manifest.contents.revision}: "
        f"{rows.get('users', 0)} accounts, {rows.get('submissions', 0)} submissions, "
        f"{rows.get('gradings', 0)} gradings."
    )
