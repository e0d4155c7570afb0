"""All page routes, put together."""

from fastapi import APIRouter

from app.pages import (
    gradebook_files,
    help,
    instructor,
    joining,
    lti_gradebook,
    lti_launch,
    lti_setup,
    oidc_sign_in,
    profile,
    profile_access,
    resetting,
    sign_in,
    student,
    submission,
    webhooks,
)

ACCOUNTS = (sign_in, oidc_sign_in, joining, resetting, profile, profile_access)
LTI = (lti_launch, lti_setup, lti_gradebook)


def pages_router() -> APIRouter:
    """The router of every HTML page; it goes at the root and stays out of the API's description."""
    router = APIRouter(include_in_schema=False)
    for part in (*ACCOUNTS, student, submission, instructor, help, *LTI, gradebook_files, webhooks):
        router.include_router(part.make_router())
    return router
