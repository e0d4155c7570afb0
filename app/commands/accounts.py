"""`chainrule user` and `chainrule token`: accounts, their roles, and API tokens."""

import secrets
import sys
from datetime import timedelta

import click

from app.commands.opening import opened_database
from app.commands.typed_fields import address, line, line_or_none
from app.errors import NotFound
from app.field_rules import on_one_line
from app.passwords import Passwords
from app.people.corrections import correct
from app.people.invitations import Inviter
from app.people.password_resets import mail_reset, printed_reset
from app.security.tokens import Scope, digest, new_api_token
from app.settings import read_settings
from submissions.actors import COMMAND_LINE
from submissions.clock import system_clock
from submissions.database import Transaction
from submissions.models import Course, Role, User
from submissions.roster import Joining, add_people


@click.group()
def user() -> None:
    """Make and change accounts."""


@user.command("create")
@click.argument("email", callback=address)
@click.option("--name", required=True, callback=line, help="The person's name, as others see it.")
@click.option("--operator", is_flag=True, help="May see and do everything in every course.")
@click.option("--generate", is_flag=True, help="Make up a password and print it once.")
def create(email: str, name: str, operator: bool, generate: bool) -> None:
    """Make an account for EMAIL; the password is asked for, or read from stdin."""
    password = _password(generate)
    stored = Passwords.recommended().hash(password)
    with opened_database(read_settings()) as database, database.transaction() as tx:
        made = tx.accounts.add_user(email, name, stored, system_clock(), is_operator=operator)
    click.echo(f"{made.email} has an account.{f' Password: {password}' if generate else ''}")


@user.command("list")
def list_users() -> None:
    """List the accounts and their courses."""
    with opened_database(read_settings()) as database, database.reading() as tx:
        for one in tx.accounts.all():
            courses = ", ".join(f"{e.course.slug} ({e.role.value})" for e in tx.courses.of_user(one.id))
            click.echo(f"{one.email}\t{on_one_line(one.name)}\t{'operator ' if one.is_operator else ''}{courses}")


@user.command("set-password")
@click.argument("email")
@click.option("--generate", is_flag=True, help="Make up a password and print it once.")
def set_password(email: str, generate: bool) -> None:
    """Change the password of EMAIL and sign the account out everywhere."""
    password = _password(generate)
    stored = Passwords.recommended().hash(password)
    with opened_database(read_settings()) as database, database.transaction() as tx:
        found = _user(tx, email)
        tx.accounts.set_password(found.id, stored)
        tx.accounts.end_sessions(found.id)
    click.echo(f"{found.email} has a new password.{f' Password: {password}' if generate else ''}")


@user.command("change")
@click.argument("email")
@click.option("--name", callback=line_or_none, help="What the person is called from now on.")
@click.option("--email", "address_", callback=address, help="The address that they sign in with from now on.")
@click.option("--operator/--no-operator", default=None, help="Whether they may see and do everything in every course.")
def change(email: str, name: str | None, address_: str | None, operator: bool | None) -> None:
    """Correct the name or the address of EMAIL, or make an operator of them or no longer; their work stays theirs."""
    if name is None and address_ is None and operator is None:
        raise click.UsageError("Say what to change: --name, --email, --operator or --no-operator.")
    now = system_clock()
    with opened_database(read_settings()) as database, database.transaction() as tx:
        found = _user(tx, email)
        changed = correct(tx, found, name or found.name, address_ or found.email, COMMAND_LINE, now, None)
        if operator is not None and operator != found.is_operator:
            tx.accounts.set_operator(found.id, operator)
            detail = {"by": COMMAND_LINE.name, "email": found.id, "operator": operator}
            tx.events.add("person.operator", now, detail=detail)
    standing = "" if operator is None else " and is an operator" if operator else " and is no operator"
    click.echo(f"{changed.email} is called {changed.name}{standing}.")


@user.command("enrol")
@click.argument("email")
@click.argument("course")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def enrol(email: str, course: str, role: str) -> None:
    """Put EMAIL into COURSE as ROLE; a second time changes the role."""
    with opened_database(read_settings()) as database, database.transaction() as tx:
        found, user = _course(tx, course), _user(tx, email)
        add_people(tx, found, [Joining(user.name, user.email, Role(role))], COMMAND_LINE, system_clock())
    click.echo(f"{email} is {role} of {course}.")


@user.command("invite")
@click.argument("course")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--email", callback=address, help="Only this address may use it; without one, who has the link, once.")
@click.option("--days", type=click.IntRange(1, 365), default=14, show_default=True, help="How long it is valid.")
@click.option("--print", "printed", is_flag=True, help="Print the link, also where it could be mailed.")
def invite(course: str, role: str, email: str | None, days: int, printed: bool) -> None:
    """Invite somebody into COURSE as ROLE: by mail where the settings name a server, else by a link to pass on."""
    settings, now = read_settings(), system_clock()
    inviter = Inviter(settings.public_origin, sends_mail=bool(settings.smtp_host) and not printed)
    with opened_database(settings) as database, database.transaction() as tx:
        found = _course(tx, course)
        invited = inviter.invite(tx, found, Role(role), email, None, now, timedelta(days=days))
    click.echo(invited.link or f"{email} is sent a link as soon as `chainrule serve` runs.")


@user.command("reset")
@click.argument("email")
@click.option("--print", "printed", is_flag=True, help="Print the link, also where it could be mailed.")
def reset(email: str, printed: bool) -> None:
    """Make a link with which EMAIL sets a new password, once, within an hour; mailed where the settings say how."""
    settings, now = read_settings(), system_clock()
    with opened_database(settings) as database, database.transaction() as tx:
        found = _user(tx, email)
        if settings.smtp_host and not printed:
            mail_reset(tx, found.email, now)
            click.echo(f"{found.email} is sent a link as soon as `chainrule serve` runs.")
        else:
            click.echo(printed_reset(tx, found, settings.public_origin, now))


@click.group()
def token() -> None:
    """Make, list and revoke API tokens."""


@token.command("create")
@click.argument("email")
@click.option("--name", required=True, callback=line, help="What it is for.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice([scope.value for scope in Scope]))
@click.option("--days", type=click.IntRange(1, 3650), help="How long it is valid; without it, until it is revoked.")
def create_token(email: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a token that acts as EMAIL and print it; only its hash is stored."""
    secret, now = new_api_token(), system_clock()
    expires_at = now + timedelta(days=days) if days else None
    with opened_database(read_settings()) as database, database.transaction() as tx:
        tx.accounts.add_token(_user(tx, email).id, name, digest(secret), frozenset(scopes), now, expires_at)
    click.echo(secret)


@token.command("list")
@click.argument("email")
def list_tokens(email: str) -> None:
    """List the tokens of EMAIL."""
    with opened_database(read_settings()) as database, database.reading() as tx:
        for one in tx.accounts.tokens(_user(tx, email).id):
            until = f"until {one.expires_at:%Y-%m-%d}" if one.expires_at else "until revoked"
            click.echo(f"{one.id}\t{one.name}\t{' '.join(sorted(one.scopes))}\t{until}")


@token.command("revoke")
@click.argument("token_id")
def revoke(token_id: str) -> None:
    """Revoke the token with this id (see `token list`)."""
    with opened_database(read_settings()) as database, database.transaction() as tx:
        tx.accounts.revoke_token(token_id)
    click.echo("Revoked.")


def _password(generate: bool) -> str:
    if generate:
        return secrets.token_urlsafe(12)
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _user(tx: Transaction, email: str) -> User:
    found = tx.accounts.by_email(email)
    if found is None:
        raise NotFound(f"There is no account with the e-mail {email}.")
    return found


def _course(tx: Transaction, slug: str) -> Course:
    found = tx.courses.by_slug(slug)
    if found is None:
        raise NotFound(f"There is no course called {slug}.")
    return found
