"""What is typed after a command, held to the rules that forms and the API have for the same fields."""

import click

from app.email_address import is_address
from app.errors import BadForm
from app.field_rules import LONGEST_LINE, is_one_line


def line(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A name or a title. Raises BadForm: a break in it would look like another line wherever it is listed."""
    value = value.strip()
    if not value or len(value) > LONGEST_LINE or not is_one_line(value):
        raise BadForm(
            f"The {parameter.name} is one line of 1 to {LONGEST_LINE} characters, without ones that cannot be shown."
        )
    return value


def line_or_none(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The same, where there is one."""
    return None if value is None else line(context, parameter, value)


def address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """An e-mail address, where there is one. Raises BadForm."""
    if value is not None and not is_address(value):
        raise BadForm(f"{value} is not an e-mail address.")
    return value
