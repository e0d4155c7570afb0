"""All routes of the API, put together."""

from app.api import (
    assignments,
    courses,
    exports,
    extensions,
    handing_in,
    overrides,
    problem_pages,
    regrades,
    results_import,
    roster,
    scores,
    status,
    submissions,
)

ROUTERS = (
    courses.router,
    assignments.router,
    roster.router,
    handing_in.router,
    submissions.router,
    status.router,
    extensions.router,
    scores.router,
    overrides.router,
    results_import.router,
    regrades.router,
    exports.router,
    problem_pages.router,
)
