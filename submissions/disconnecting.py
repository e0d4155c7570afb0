"""Ends connections to learning management systems, with a line in the history of every course that had one."""

from datetime import datetime

from submissions.actors import By
from submissions.lti import LtiContext, Platform
from submissions.repository.lti_endings import Ending
from submissions.transaction import Transaction


def disconnect(tx: Transaction, context: LtiContext, by: By, now: datetime) -> Ending:
    """End the connection of a course; people, work and scores here stay, and so does what the LMS has of them."""
    ending = tx.lti_endings.of_context(context)
    tx.lti_endings.disconnect(context)
    detail = {
        "by": by.name,
        "platform": context.platform_id,
        "context": context.context_id,
        "links": ending.links,
        "owed": ending.owed,
    }
    tx.events.add("lti.course_disconnected", now, user_id=by.id, course_id=context.course_id, detail=detail)
    return ending


def remove_platform(tx: Transaction, platform: Platform, by: By, now: datetime) -> Ending:
    """Forget a platform, and end the connections of all courses with it."""
    ending = tx.lti_endings.of_platform(platform.id)
    for context in tx.lti_links.contexts_at(platform.id):
        disconnect(tx, context, by, now)
    tx.lti_endings.remove_platform(platform.id)
    detail = {"by": by.name, "name": platform.name, "issuer": platform.issuer, "client_id": platform.client_id}
    tx.events.add("lti.platform_removed", now, user_id=by.id, detail=detail)
    return ending
