"""The command `chainrule`: every fault it knows becomes one clear line and an exit code."""

import logging
import os
import sys
from importlib import import_module
from typing import Any

import click

from app.errors import EdgeError
from app.version import own_version
from grader.errors import GraderError
from reference.errors import MaterialError
from submissions.errors import SubmissionsError

EXIT_REFUSED = 2
EXIT_OUR_FAULT = 3


COMMANDS = {
    "serve": "serving:serve",
    "worker": "serving:worker",
    "migrate": "serving:migrate",
    "backup": "backups:backup",
    "restore": "backups:restore",
    "export-person": "persons:export_person",
    "erase-person": "persons:erase",
    "grade": "grading:grade",
    "explain": "explaining:explain",
    "assignments": "inspection:assignments",
    "starter": "inspection:starter",
    "new-assignment": "auditing:new_assignment",
    "audit": "auditing:audit",
    "doctor": "inspection:doctor",
    "settings": "inspection:settings",
    "demo": "demonstration:demo",
    "user": "accounts:user",
    "token": "accounts:token",
    "course": "courses:course",
    "lti": "lti:lti",
}
"""Where each command is: module of app.commands and name in it. Importing all of them takes seconds."""


class _Commands(click.Group):
    """A group whose known errors are one line on stderr, and whose unknown ones are ours.

    A command is imported when it is asked for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"app.commands.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (EdgeError, SubmissionsError, MaterialError) as error:
            click.echo(f"chainrule: {error}", err=True)
            sys.exit(EXIT_REFUSED)
        except GraderError as error:
            click.echo(f"chainrule: not graded, by our fault: {error}", err=True)
            sys.exit(EXIT_OUR_FAULT)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:  # whoever read what is printed has read enough, as `head` does: click ends quietly
            raise
        except Exception as error:
            if (said := _outside(error)) is not None:
                click.echo(f"chainrule: {said}", err=True)
                sys.exit(EXIT_REFUSED)
            logging.getLogger("chainrule").debug("unexpected", exc_info=error)
            click.echo(f"chainrule: our fault: {type(error).__name__}: {error}", err=True)
            sys.exit(EXIT_OUR_FAULT)


def _outside(error: Exception) -> str | None:
    """What keeps us from working that lies outside of us: a file or a database; None for anything else."""
    if isinstance(error, OSError) and isinstance(error.filename, str | bytes | os.PathLike):
        return f"{os.fsdecode(error.filename)} cannot be used: {error.strerror}."
    from submissions.engines import outage  # here, for it takes a while and most commands need none

    return None if (said := outage(error)) is None else f"the database cannot be used: {said}"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(own_version(), package_name="chainrule")
def main() -> None:
    """Grades hand-written backpropagation and names the bug."""


if __name__ == "__main__":
    main()
