"""All page routes, put together."""

from fastapi import APIRouter

from app.pages import (
    gradebook_files,
    help,
    instructor,
    lti_gradebook,
    lti_launch,
    lti_setup,
    marking,
    sign_in,
    student,
    submission,
    webhooks,
)


def pages_router() -> APIRouter:
    """The router of every HTML page; it goes at the root and stays out of the API's description."""
    router = APIRouter(include_in_schema=False)
    for part in (
        sign_in,
        student,
        submission,
        marking,
        instructor,
        help,
        lti_launch,
        lti_setup,
        lti_gradebook,
        gradebook_files,
        webhooks,
    ):
        router.include_router(part.make_router())
    return router
