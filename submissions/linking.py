"""An account that a launch has made becomes one with the account that its person had before.

Whoever calls has proved that both are the same person's: here it is only decided whether it may be.
"""

from datetime import datetime
from enum import StrEnum

from submissions.models import User
from submissions.repository.ways_in import WayIn
from submissions.roster import follow_platform
from submissions.scores_owed import owe_scores
from submissions.transaction import Transaction


class Obstacle(StrEnum):
    """Why two accounts stay two."""

    OPERATOR = "operator"  # an LMS must not open the account of whoever runs the service
    OWN = "own"  # the LMS's person has an account of their own already: it is not moved
    TAKEN = "taken"  # the account has somebody of this LMS already
    ROLE = "role"  # the LMS says less than the account is in the course, and neither is to change unseen
    WORK = "work"  # both have handed in for one assignment: no rule says whose attempts count


def launched_from(tx: Transaction, user: User) -> str | None:
    """The platform whose launch or roster made this account, if that is all there is to it; None for every other."""
    if user.is_operator or tx.ways_in.of(user.id) != {WayIn.LMS}:
        return None
    platforms = tx.lti_links.platforms_of(user.id)
    return platforms[0] if len(platforms) == 1 else None


def obstacle(tx: Transaction, launched: User, account: User, platform_id: str) -> Obstacle | None:
    """What keeps what `launched` is at the platform from being `account`; None where nothing does."""
    if launched_from(tx, launched) != platform_id or launched.id == account.id:
        return Obstacle.OWN
    if account.is_operator:
        return Obstacle.OPERATOR
    if platform_id in tx.lti_links.platforms_of(account.id):
        return Obstacle.TAKEN
    for enrolled in tx.courses.of_user(launched.id):
        role = tx.courses.role(enrolled.course.id, account.id)
        if role is not None and not enrolled.role.at_least(role):
            return Obstacle.ROLE
    if tx.merge.worked_for(launched.id) & tx.merge.worked_for(account.id):
        return Obstacle.WORK
    return None


def refuse(tx: Transaction, launched: User, account: User, platform_id: str, why: Obstacle, now: datetime) -> None:
    """Tell the staff of the courses that somebody came to that they are there twice, and why it stays so."""
    for enrolled in tx.courses.of_user(launched.id):
        detail = {"by": launched.name, "email": account.email, "platform": platform_id, "why": why.value}
        tx.events.add("lti.link_refused", now, user_id=launched.id, course_id=enrolled.course.id, detail=detail)


def link(tx: Transaction, launched: User, account: User, platform_id: str, now: datetime) -> None:
    """Make both one, where there is no obstacle: roles, work and what the platform is owed are the account's then."""
    courses = tx.courses.of_user(launched.id)
    for enrolled in courses:
        follow_platform(tx, enrolled.course, account, enrolled.role, platform_id, account, now)
    tx.merge.merge(launched, account)
    detail = {"by": account.name, "platform": platform_id}
    if not courses:
        tx.events.add("lti.linked", now, user_id=account.id, detail=detail)
    for enrolled in courses:
        tx.events.add("lti.linked", now, user_id=account.id, course_id=enrolled.course.id, detail=detail)
        owe_scores(tx, enrolled.course.id, account.id, now)


def unlink(tx: Transaction, account: User, platform_id: str, now: datetime) -> bool:
    """Let the platform open this account no longer; False for one that has no other way in, which stays as it is."""
    if tx.ways_in.of(account.id) <= {WayIn.LMS} or platform_id not in tx.lti_links.platforms_of(account.id):
        return False
    tx.lti_links.forget_person(platform_id, account.id)
    detail = {"by": account.name, "platform": platform_id}
    for enrolled in tx.courses.of_user(account.id):
        if any(one.platform_id == platform_id for one in tx.lti_links.contexts_of(enrolled.course.id)):
            tx.events.add("lti.unlinked", now, user_id=account.id, course_id=enrolled.course.id, detail=detail)
    return True
