"""Pages of a long list: an opaque cursor says where the last page ended, and the Link header where the next begins."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from app.errors import BadForm
from grader.translation import gettext as _
from submissions.models import Submission
from submissions.repository.submissions import Cursor

MOST_PER_PAGE = 100
LONGEST_CURSOR = 2000  # base64 of a slug, a name of 200 characters of four bytes each, and an id
Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=MOST_PER_PAGE, description="How many at most.")]
After = Annotated[
    str | None, Query(max_length=LONGEST_CURSOR, description="The place where the last page ended, from its `next`.")
]


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items, and the address of those after them."""

    items: list[Item]
    following: str | None

    @property
    def links(self) -> dict[str, str]:
        """The Link header, where there is a next page."""
        return {"Link": f'<{self.following}>; rel="next"'} if self.following else {}


@dataclass(frozen=True, slots=True)
class WhichPage:
    """The page of a list that a request asks for."""

    request: Request
    limit: Limit = MOST_PER_PAGE
    cursor: After = None

    @property
    def after(self) -> str:
        """The key of the item that the last page of `of` ended with; empty where this is the first. Raises BadForm."""
        return "" if self.cursor is None else _text_of(self.cursor)

    def of(self, items: Sequence[Item], key: Callable[[Item], str]) -> Page[Item]:
        """This page of all `items`, in the order of `key`, which tells any two apart.

        It goes on where the last one ended, whatever was added or taken away meanwhile. Raises BadForm.
        """
        after = self.after
        rest = [item for item in sorted(items, key=key) if key(item) > after]
        cursor = _cursor_of(key(rest[self.limit - 1])) if len(rest) > self.limit else ""
        return Page(rest[: self.limit], next_page(self.request, self.limit, cursor))


AskedPage = Annotated[WhichPage, Depends(WhichPage)]


def next_page(request: Request, limit: int, cursor: str) -> str | None:
    """The address of the page after `cursor`; None for an empty one."""
    return f"{request.url.path}?{urlencode({'limit': limit, 'cursor': cursor})}" if cursor else None


def encode(last: Submission) -> str:
    """The cursor of a page that ended with `last`."""
    return _cursor_of(f"{last.created_at.isoformat()} {last.id}")


def decode(text: str) -> Cursor:
    """The place that `text` stands for. Raises BadForm for text that is no cursor of ours."""
    try:
        moment, submission_id = _text_of(text).split(" ")
        created_at = datetime.fromisoformat(moment)
        if created_at.tzinfo is None or not submission_id.isalnum():
            raise _not_ours()
        return Cursor(created_at.astimezone(UTC), submission_id)
    except (ValueError, OverflowError) as error:  # no moment at all, or none that UTC can write
        raise _not_ours() from error


def _cursor_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _text_of(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (ValueError, binascii.Error) as error:
        raise _not_ours() from error


def _not_ours() -> BadForm:
    return BadForm(_("This cursor is not one of ours; take it from the `next` of a page."), "cursor")
