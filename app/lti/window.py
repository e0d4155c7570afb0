"""From a frame, or a browser that keeps no cookie in one, to a window of its own: a ticket that is good once."""

from dataclasses import dataclass

from app.context import Context
from app.errors import BadLaunch
from app.lti.sessions import TICKET_LASTS
from app.security import login
from app.security.tokens import digest, new_secret
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import User

_KIND = "window"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is to be signed in, the page to open, and the origins in whose frame the ticket was given."""

    user: User
    target: str
    holders: str


def ticket(context: Context, tx: Transaction, user: User, target: str, holders: str = "") -> str:
    """The secret of a new ticket for a person; `target` is a path of this site, `holders` whose frames it came from."""
    secret, now = new_secret(), context.clock()
    payload = {"user_id": user.id, "target": target, "holders": holders}
    tx.lti_platforms.add_ticket(digest(secret), _KIND, payload, now, now + TICKET_LASTS)
    return secret


def seen(context: Context, secret: str) -> Entry:
    """What a ticket opens, before it is used. Raises BadLaunch."""
    with context.database.reading() as tx:
        found = tx.lti_platforms.ticket(digest(secret), _KIND, context.clock())
        user = tx.accounts.by_id(found["user_id"]) if found else None
    if found is None or user is None:
        raise _used()
    return Entry(user, found["target"], found["holders"])


def spend(context: Context, secret: str) -> None:
    """Use the ticket up without a window: the frame has kept its session."""
    with context.database.transaction() as tx:
        tx.lti_platforms.use_ticket(digest(secret), _KIND, context.clock())


def enter(context: Context, secret: str, browser: str) -> tuple[login.SignedIn, Entry]:
    """Use the ticket: a session in a window of its own. Raises BadLaunch."""
    with context.database.transaction() as tx:
        found = tx.lti_platforms.use_ticket(digest(secret), _KIND, context.clock())
        user = tx.accounts.by_id(found["user_id"]) if found else None
        if found is None or user is None:
            raise _used()
        return login.start(context, tx, user, browser), Entry(user, found["target"], "")


def _used() -> BadLaunch:
    return BadLaunch(_("This link was used already or is older than ten minutes. Launch again from your course."))
