"""A score as a platform's gradebook takes it (Assignment and Grade Services 2.0)."""

import json
from datetime import UTC
from urllib.parse import urlsplit, urlunsplit

from app.lti.names import SCORE_SCOPE, SCORE_TYPE
from app.lti.service import Service
from app.outgoing import Answer
from submissions.lti import OwedScore, Platform

COMMENT_CHARACTERS = 400


def send(service: Service, platform: Platform, score: OwedScore, comment: str) -> Answer:
    """Send a score. Raises Unreachable."""
    body = {
        "userId": score.subject,
        "scoreGiven": score.given,
        "scoreMaximum": score.maximum,
        "comment": comment[:COMMENT_CHARACTERS],
        "timestamp": score.timestamp.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
    }
    address = scores_address(score.link.line_item_url or "")
    return service.post(platform, (SCORE_SCOPE,), address, json.dumps(body).encode(), SCORE_TYPE)


def scores_address(line_item_url: str) -> str:
    """Where a line item takes scores: /scores goes behind its path, in front of what follows the path."""
    parts = urlsplit(line_item_url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/scores", parts.query, ""))
