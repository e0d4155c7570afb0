"""The page after a form that could not be taken: nothing was done, what was written is kept to copy.

The sign-in may have ended meanwhile, the page may be from an earlier one, the form is too large to be read at all, or
it is not what was asked for and the page that it stood on cannot be shown again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import quote

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.errors import BadForm, BodyTooLarge, EdgeError, ForgedRequest, NotSignedIn, UnsupportedBody
from app.pages.assignment.kept_file import DATA_FIELD
from app.pages.assignment.refusal import too_large
from app.pages.numbers import size
from app.pages.render import render
from app.pages.way_back import page_of_form
from app.security.csrf import check_origin
from app.uploads import read_form
from grader.translation import gettext as _
from grader.translation import gettext_noop

KEPT: Mapping[str, str] = MappingProxyType(
    {
        "code": gettext_noop("The code that you had pasted"),
        "text": gettext_noop("The comment that you had written"),
        "question": gettext_noop("The question that you had written"),
        "comment": gettext_noop("The reason that you had written"),
        "people": gettext_noop("The list that you had pasted"),
    }
)
"""The fields whose text is work that nobody wants to do twice, and what stands above it."""

UPLOADS = ("/submissions", "/check")
ELSEWHERE = ("/lti/", "/logout")
"""Forms that come from another site, or that hold nothing to lose."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was in a form: texts by the words above them, and whether a file was chosen."""

    texts: tuple[tuple[str, str], ...] = ()
    had_file: bool = False


async def lost_form(request: Request, error: EdgeError, status: int, public_origin: str) -> Response | None:
    """The page for this error; None where the error is none of these or no form of ours was sent."""
    path = request.url.path
    known = isinstance(error, NotSignedIn | ForgedRequest | BodyTooLarge | UnsupportedBody | BadForm)
    if not known or request.method != "POST" or path.startswith(ELSEWHERE):
        return None
    upload = path.endswith(UPLOADS)
    back = page_of_form(request, public_origin)
    written = await _written(request, error, public_origin)
    return render(
        request,
        "lost_form.html",
        status,
        login=getattr(request.state, "login", None),
        code=status,
        heading=_("Nothing was handed in") if upload else _("Nothing was saved"),
        why=_why(error, upload),
        sign_in=f"/login?next={quote(back, safe='')}" if isinstance(error, NotSignedIn) else "",
        back=back,
        written=written,
        unread=isinstance(error, BodyTooLarge),
        upload=upload,
    )


def _why(error: EdgeError, upload: bool) -> str:
    if isinstance(error, NotSignedIn):
        return _(
            "You are not signed in any more: a sign-in ends by itself after some hours. Sign in and send it again."
        )
    if isinstance(error, BodyTooLarge):
        if upload:
            return too_large(error.limit)
        return _("This is larger than {size}, the most that is taken here.", size=size(error.limit))
    if isinstance(error, UnsupportedBody):
        return _("The form did not arrive in the way a browser sends it. Open the page again and send it once more.")
    return error.sentence


async def _written(request: Request, error: EdgeError, public_origin: str) -> Written:
    """Nothing of a form that another site sent, or that cannot be read."""
    if isinstance(error, BodyTooLarge | UnsupportedBody):
        return Written()
    try:
        check_origin(request.headers, public_origin)
        async with read_form(request) as form:
            found = Written()
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    found = replace(found, had_file=found.had_file or bool(value.filename))
                elif name == DATA_FIELD:
                    found = replace(found, had_file=True)
                elif name in KEPT and value.strip():
                    found = replace(found, texts=(*found.texts, (_(KEPT[name]), value)))
            return found
    except (EdgeError, HTTPException):  # the latter for a form that cannot be parsed
        return Written()
