"""What binds a launch to its browser where cookies are lost: the platform keeps our state (LTI Platform Storage 0.1).

The state goes to a frame of the platform's as a message before the browser is sent to be named, and is read back after
the launch. Only a page of ours can read what a page of ours has put there, and only in the same browser.
"""

import hmac
from dataclasses import dataclass

from app.context import Context
from app.errors import BadLaunch
from app.lti.login import storage_frame
from app.lti.sessions import TICKET_LASTS, origin_of
from app.lti.window import Entry
from app.security.tokens import digest, new_secret
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.lti import Platform
from submissions.models import User

_KIND = "lti storage"


@dataclass(frozen=True, slots=True)
class Storage:
    """Where a state is kept. frame: the name of the platform's frame, or _parent. origin: whose it must be."""

    frame: str
    origin: str
    key: str


def storage_of(platform: Platform, state: str) -> Storage | None:
    """Where the platform keeps this state; None where it offered nothing when the launch began."""
    frame, origin = storage_frame(state), origin_of(platform.authorization_url)
    return Storage(frame, origin, f"chainrule_{digest(state)[:16]}") if frame and origin else None


def wait(tx: Transaction, context: Context, state: str, user: User, target: str, holders: str) -> str:
    """Keep a launch until the state is read back; the secret under which it is found again."""
    secret, now = new_secret(), context.clock()
    payload = {"state_sha256": digest(state), "user_id": user.id, "target": target, "holders": holders}
    tx.lti_platforms.add_ticket(digest(secret), _KIND, payload, now, now + TICKET_LASTS)
    return secret


def prove(context: Context, tx: Transaction, secret: str, state: str) -> Entry:
    """The launch that waits for this state, once. Raises BadLaunch."""
    found = tx.lti_platforms.use_ticket(digest(secret), _KIND, context.clock())
    user = tx.accounts.by_id(found["user_id"]) if found else None
    if found is None or user is None or not hmac.compare_digest(found["state_sha256"], digest(state)):
        raise BadLaunch(
            _("This launch did not begin in this browser, or took too long. Launch again from your course.")
        )
    return Entry(user, found["target"], found["holders"])
