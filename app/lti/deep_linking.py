"""The answer to a platform that asked which assignment an activity shall open (Deep Linking 2.0)."""

import secrets
from datetime import timedelta
from typing import Any

from joserfc import jwt

from app.context import Context
from app.lti import names
from app.lti.arrival import ASSIGNMENT
from app.lti.keys import ALGORITHM, signing_key
from submissions.lti import Platform
from submissions.models import CourseAssignment

ANSWER_LASTS = timedelta(minutes=5)


def answer(
    context: Context,
    platform: Platform,
    deployment_id: str,
    data: str | None,
    chosen: CourseAssignment,
    launch_url: str,
) -> str:
    """The signed message that makes an activity of the chosen assignment, with a line item of its points, if any."""
    now = context.clock()
    item: dict[str, Any] = {
        "type": "ltiResourceLink",
        "title": chosen.title,
        "url": launch_url,
        "custom": {ASSIGNMENT: chosen.slug},
    }
    if chosen.points > 0:  # what is worth nothing has no column
        item["lineItem"] = {"scoreMaximum": chosen.points, "label": chosen.title, "resourceId": chosen.slug}
    claims: dict[str, Any] = {
        "iss": platform.client_id,
        "aud": platform.issuer,
        "iat": int(now.timestamp()),
        "exp": int((now + ANSWER_LASTS).timestamp()),
        "nonce": secrets.token_urlsafe(24),
        names.DEPLOYMENT: deployment_id,
        names.MESSAGE_TYPE: names.DEEP_LINKING_RESPONSE,
        names.VERSION: "1.3.0",
        names.CONTENT_ITEMS: [item],
    }
    if data is not None:
        claims[names.DEEP_LINKING_DATA] = data
    key = signing_key(context)
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key)
