"""The page after an error: who is signed in stays in its head, and it leads back to the nearest page they may see."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.access import assignment_of, membership, seen_submission
from app.dependencies import maybe_session
from app.errors import EdgeError
from app.pages.assignment.assignment_page import assignment_path
from app.pages.render import render
from app.pages.way_back import page_of_form
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import LoginSession, User


@dataclass(frozen=True, slots=True)
class Way:
    """A page to go on to, and what the button says."""

    path: str
    words: str


def error_page(request: Request, status: int, title: str, sentence: str, fault: str = "") -> HTMLResponse:
    """A page that says what went wrong and leads back. fault: whose it is, "course" or "service", or nobody's."""
    # While we fail ourselves, or are asked too often, no database is asked for more than what is known already.
    asks = status < HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.TOO_MANY_REQUESTS
    login = _signed_in(request) if asks else getattr(request.state, "login", None)
    way = _way_back(request, login.user, status) if asks and login is not None else None
    context = {"code": status, "heading": title, "sentence": sentence, "fault": fault, "way": way}
    return render(request, "error.html", status, login=login, **context)


def _signed_in(request: Request) -> LoginSession | None:
    """Who has this page open; an address that is no page's has asked nobody yet.

    Nobody where it stands in a frame before it is known whose: that page would be shown around a person's name.
    """
    if not hasattr(request.state, "login"):
        if getattr(request.state, "frame_origin", None):
            return None
        maybe_session(request, request.app.state.context)
    login: LoginSession | None = request.state.login
    return login


def _way_back(request: Request, user: User, status: int) -> Way | None:
    """The page that a form stood on; else the nearest above this address that there is for them, None for none."""
    context = request.app.state.context
    if request.method == "POST":
        path = page_of_form(request, context.settings.public_origin)
        nowhere = path == "/" or (status == HTTPStatus.NOT_FOUND and path == request.url.path)
        return None if nowhere else Way(path, _("Back to the page"))
    steps = request.url.path.strip("/").split("/")
    with context.database.reading() as tx:
        for way in (_submission, _assignment, _course):
            try:
                found = way(tx, user, steps)
            except EdgeError:
                continue
            if found is not None and found.path != request.url.path:
                return found
    return None


def _submission(tx: Transaction, user: User, steps: list[str]) -> Way | None:
    if len(steps) < 2 or steps[0] != "submissions":
        return None
    found = seen_submission(tx, user, steps[1])
    return Way(f"/submissions/{found.submission.id}", _("Back to the submission"))


def _assignment(tx: Transaction, user: User, steps: list[str]) -> Way | None:
    if len(steps) < 4 or (steps[0], steps[2]) != ("courses", "assignments"):
        return None
    member = membership(tx, user, steps[1])
    asked = assignment_of(tx, member, steps[3])
    return Way(assignment_path(member.course.slug, asked.slug), _("Back to {title}", title=asked.title))


def _course(tx: Transaction, user: User, steps: list[str]) -> Way | None:
    if len(steps) < 2 or steps[0] != "courses":
        return None
    course = membership(tx, user, steps[1]).course
    return Way(f"/courses/{course.slug}", _("Back to {title}", title=course.title))
