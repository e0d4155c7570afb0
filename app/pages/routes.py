"""All page routes, put together."""

from fastapi import APIRouter

from app.pages import (
    assignment_setup,
    audit,
    course_setup,
    downloads,
    extensions,
    gradebook_files,
    grading_again,
    help,
    history,
    instructor,
    inviting,
    joining,
    lti_gradebook,
    lti_launch,
    lti_setup,
    marking,
    oidc_sign_in,
    people,
    profile,
    profile_access,
    regrade,
    resetting,
    sign_in,
    sign_in_links,
    similarity,
    student,
    submission,
    waiting,
    webhooks,
)

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
    extensions,
    student,
    submission,
    waiting,
    marking,
    grading_again,
    instructor,
    audit,
    similarity,
    downloads,
    regrade,
    help,
    lti_launch,
    lti_setup,
    lti_gradebook,
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
