"""All page routes, put together."""

from fastapi import APIRouter

from app.pages import help, student
from app.pages.account import joining, oidc_sign_in, profile, profile_access, resetting, sign_in
from app.pages.assignment import assignment_setup
from app.pages.classwork import (
    audit,
    course_grades,
    downloads,
    gradebook_files,
    instructor,
    questions,
    regrade,
    similarity,
)
from app.pages.course import course_setup, history, webhooks
from app.pages.lti import connecting, connections, launch, linking, scores
from app.pages.roster import correcting, extensions, inviting, people, sign_in_links
from app.pages.submission import asking, grading_again, marking, submission_page, waiting

# Order matters where a word such as `new` stands in the place of a name.
PARTS = (
    sign_in,
    oidc_sign_in,
    joining,
    resetting,
    profile,
    profile_access,
    course_setup,
    assignment_setup,
    people,
    inviting,
    sign_in_links,
    correcting,
    extensions,
    student,
    submission_page,
    waiting,
    marking,
    asking,
    grading_again,
    instructor,
    course_grades,
    questions,
    audit,
    similarity,
    downloads,
    regrade,
    help,
    launch,
    connecting,
    linking,
    scores,
    connections,
    gradebook_files,
    webhooks,
    history,
)


def pages_router() -> APIRouter:
    """The router of every HTML page; it goes at the root and stays out of the API's description."""
    router = APIRouter(include_in_schema=False)
    for part in PARTS:
        router.include_router(part.make_router())
    return router
