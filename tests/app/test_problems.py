"""The table from errors to statuses is complete and consistent."""

import json
from collections.abc import Iterator

import pytest

from app import errors as edge
from app.problems import BROKEN_ASSIGNMENT, PROBLEMS, UNEXPECTED, details_of, headers_of, problem_of, problem_response
from grader.translation import spoken
from submissions import errors as kept
from submissions.errors import Reason, RejectedUpload
from tests.fakes.bracketed import Bracketed


def leaves(kind: type[Exception]) -> Iterator[type[Exception]]:
    below = kind.__subclasses__()
    yield from (leaf for one in below for leaf in leaves(one)) if below else iter((kind,))


NOT_FOR_HTTP = {edge.SettingsInvalid, kept.AssignmentUnusable, kept.BackupRefused, kept.Postponed}
"""The command line's, and the worker's."""


@pytest.mark.parametrize("kind", sorted({*leaves(edge.EdgeError), *leaves(kept.SubmissionsError)}, key=str))
def test_every_error_has_its_row(kind: type[Exception]) -> None:
    found = any(ancestor in PROBLEMS for ancestor in kind.__mro__)

    assert found == NOT_FOR_HTTP.isdisjoint(kind.__mro__)


def test_names_are_not_used_twice() -> None:
    names = [problem.name for problem in PROBLEMS.values()]

    assert len(set(names)) == len(names)


def test_none_of_them_is_our_fault_but_the_database() -> None:
    """The others are a platform's or an identity provider's, for which HTTP has a status of its own."""
    faults = {p.name: int(p.status) for p in PROBLEMS.values() if p.status >= 500}
    assert faults == {"unreachable": 502, "provider-failed": 502, "database-unsuitable": 503}


def test_an_unknown_error_has_no_row() -> None:
    assert problem_of(RuntimeError("x")) is None


def test_every_reason_of_a_refusal_is_listed() -> None:
    error = RejectedUpload((Reason("EMPTY", "It is empty."), Reason("NAME", "It has no name.")))
    problem = problem_of(error)
    assert problem is not None

    body = json.loads(bytes(problem_response(problem, str(error), "/here", details_of(error)).body))

    assert [one["code"] for one in body["errors"]] == ["EMPTY", "NAME"]
    assert body["instance"] == "/here"


def test_a_pause_says_how_long() -> None:
    assert headers_of(edge.TooManyAttempts(40)) == {"Retry-After": "40"}


def test_an_error_is_nobodys_fault_or_the_courses_or_the_services() -> None:
    assert BROKEN_ASSIGNMENT.fault == "course"
    assert UNEXPECTED.fault == "service"
    assert {problem.fault for problem in PROBLEMS.values() if problem.status < 500} == {""}


def test_a_problem_is_said_in_the_readers_language_under_the_same_name() -> None:
    problem = PROBLEMS[edge.MailNeeded]
    with spoken(Bracketed()):
        body = json.loads(bytes(problem_response(problem, str(edge.MailNeeded()), "/here").body))

    assert body["title"] == "[No mail is sent here]"
    assert body["detail"].startswith("[This service sends no mail.")
    assert body["type"] == "/api/v1/problems/mail-needed"


@pytest.mark.parametrize(
    ("seconds", "wait"),
    [(1, "1 second"), (40, "40 seconds"), (119, "119 seconds"), (120, "2 minutes"), (121, "3 minutes")],
)
def test_too_many_attempts_say_when_to_come_back(seconds: int, wait: str) -> None:
    assert edge.TooManyAttempts(seconds).sentence == f"Too many tries in a short time. Try again in {wait}."
