"""The command `chainrule`: every fault it knows becomes one clear line and an exit code."""

import logging
import sys
from typing import Any

import click

from app.commands import (
    accounts,
    auditing,
    backups,
    courses,
    demonstration,
    explaining,
    grading,
    inspection,
    lti,
    persons,
    serving,
)
from app.errors import EdgeError
from app.main import own_version
from grader.errors import GraderError
from reference.errors import MaterialError
from submissions.errors import SubmissionsError

EXIT_REFUSED = 2
EXIT_OUR_FAULT = 3


class _Commands(click.Group):
    """A group whose known errors are one line on stderr, and whose unknown ones are ours."""

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
        except Exception as error:
            logging.getLogger("chainrule").debug("unexpected", exc_info=error)
            click.echo(f"chainrule: our fault: {type(error).__name__}: {error}", err=True)
            sys.exit(EXIT_OUR_FAULT)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(own_version(), package_name="chainrule")
def main() -> None:
    """Grades hand-written backpropagation and names the bug."""


for _command in (
    serving.serve,
    serving.worker,
    serving.migrate,
    backups.backup,
    backups.restore,
    persons.export_person,
    persons.erase,
    grading.grade,
    explaining.explain,
    inspection.assignments,
    inspection.starter,
    auditing.new_assignment,
    auditing.audit,
    inspection.doctor,
    inspection.settings,
    demonstration.demo,
    accounts.user,
    accounts.token,
    courses.course,
    lti.lti,
):
    main.add_command(_command)

if __name__ == "__main__":
    main()
