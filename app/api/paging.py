"""Pages of a long list: an opaque cursor says where the last page ended."""

import base64
import binascii
from datetime import datetime

from app.errors import BadForm
from submissions.models import Submission
from submissions.repository.submissions import Cursor

MOST_PER_PAGE = 100


def encode(last: Submission) -> str:
    """The cursor of a page that ended with `last`."""
    return base64.urlsafe_b64encode(f"{last.created_at.isoformat()} {last.id}".encode()).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """The place that `text` stands for. Raises BadForm for text that is no cursor of ours."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
        moment, submission_id = raw.split(" ")
        created_at = datetime.fromisoformat(moment)
    except (ValueError, binascii.Error) as error:
        raise BadForm("This cursor is not one of ours; take it from the `next` of a page.", "cursor") from error
    if created_at.tzinfo is None:
        raise BadForm("This cursor is not one of ours; take it from the `next` of a page.", "cursor")
    return Cursor(created_at, submission_id)
