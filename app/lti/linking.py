"""From the account that a launch has made to the account that its person had before, which they sign in to once.

A secret in a cookie of the browser stands for the launch's account until its person has come back as the other one:
nobody can send it to somebody else, whose account would then open for them. An address decides nothing here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.context import Context
from app.errors import BadLaunch
from app.lti import question
from app.lti.sessions import TICKET_LASTS
from app.security import login
from app.security.tokens import digest, new_secret
from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.database import Transaction
from submissions.linking import Obstacle, launched_from, link, obstacle, refuse
from submissions.lti import Platform
from submissions.models import LoginSession, User

_KIND = "lti link"

OBSTACLES: Mapping[Obstacle, str] = MappingProxyType(
    {
        Obstacle.OPERATOR: gettext_noop("an LMS is not let into an account that runs this service"),
        Obstacle.OWN: gettext_noop("the person of the LMS has an account of their own already"),
        Obstacle.TAKEN: gettext_noop("somebody else of this LMS has that account already"),
        Obstacle.ROLE: gettext_noop("the account is staff of a course in which the LMS says that they are less"),
        Obstacle.WORK: gettext_noop("both accounts have handed in work for the same assignment"),
    }
)
"""Why two accounts stay two, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A linking that waits for its person: the account that a launch made, where from, and the page to go on to."""

    launched: User
    platform: Platform
    target: str


@dataclass(frozen=True, slots=True)
class Linked:
    """How it ended: a new session of the account, or what was in the way."""

    signed_in: login.SignedIn | None
    obstacle: Obstacle | None
    target: str


def offered(tx: Transaction, user: User) -> Platform | None:
    """The platform from which this account came, if it may still become somebody's account of before."""
    platform_id = launched_from(tx, user)
    return tx.lti_platforms.by_id(platform_id) if platform_id else None


def platforms_of(tx: Transaction, user: User) -> list[Platform]:
    """Every platform that opens this account, by name."""
    theirs = set(tx.lti_links.platforms_of(user.id))
    return [one for one in tx.lti_platforms.all() if one.id in theirs] if theirs else []


def begin(context: Context, tx: Transaction, user: User, target: str) -> str:
    """The secret for the browser of whoever is in the launch's account. Raises BadLaunch."""
    platform = offered(tx, user)
    if platform is None:
        raise nothing_to_link()
    secret, now = new_secret(), context.clock()
    payload = {"user_id": user.id, "platform_id": platform.id, "target": target}
    tx.lti_platforms.add_ticket(digest(secret), _KIND, payload, now, now + TICKET_LASTS)
    return secret


def begun(context: Context, tx: Transaction, secret: str) -> Begun:
    """What waits under this secret. Raises BadLaunch."""
    found = tx.lti_platforms.ticket(digest(secret), _KIND, context.clock())
    launched = tx.accounts.by_id(found["user_id"]) if found else None
    platform = tx.lti_platforms.by_id(found["platform_id"]) if found else None
    if found is None or launched is None or platform is None:
        raise BadLaunch(
            _("This did not begin in this browser, or more than ten minutes ago. Launch again from your course.")
        )
    return Begun(launched, platform, found["target"])


def finish(context: Context, tx: Transaction, secret: str, found: LoginSession, browser: str) -> Linked:
    """Link what waits under this secret with the account of the session, once, or note why not. Raises BadLaunch."""
    waiting, now, account = begun(context, tx, secret), context.clock(), found.user
    tx.lti_platforms.use_ticket(digest(secret), _KIND, now)
    why = obstacle(tx, waiting.launched, account, waiting.platform.id)
    if why is not None:
        refuse(tx, waiting.launched, account, waiting.platform.id, why, now)
        return Linked(None, why, waiting.target)
    question.hand_over(context, tx, waiting.target, waiting.launched, account)
    link(tx, waiting.launched, account, waiting.platform.id, now)
    tx.accounts.end_session(found.key)  # it was there before the LMS was let in
    return Linked(login.start(context, tx, account, browser), None, waiting.target)


def nothing_to_link() -> BadLaunch:
    """For somebody whose account no launch has made, or that is more than that by now."""
    return BadLaunch(_("There is nothing to link: this account is one of your own, and it stays as it is."))
