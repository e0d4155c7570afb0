"""A token that asks too often is told to wait, by the headers of the draft on rate limits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.serving.rate_limits import Quota, RateLimits

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def _taken(limits: RateLimits, token: str, now: datetime) -> Quota:
    quota = limits.take(token, now)
    assert quota is not None
    return quota


def test_a_window_begins_with_the_first_request_and_ends_after_a_minute() -> None:
    limits = RateLimits(2)
    taken = [_taken(limits, "t", NOON + timedelta(seconds=seconds)) for seconds in (0, 10.5, 20, 60)]

    assert [one.is_spent for one in taken] == [False, False, True, False]
    assert [one.remaining for one in taken] == [1, 0, 0, 1]
    assert [one.reset_seconds for one in taken] == [60, 50, 40, 60]
    assert not _taken(limits, "another", NOON).is_spent


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    limits = RateLimits(1)
    limits.take("t", NOON)

    assert not _taken(limits, "t", NOON - timedelta(hours=1)).is_spent


def test_zero_is_no_limit(make_client: Callable[..., Any], make_school: Callable[[Any], Any]) -> None:
    school = make_school(make_client(api_requests_per_minute=0))
    answer = school.client.get("/api/v1/courses", headers=school.bearer("ada"))

    assert RateLimits(0).take("t", NOON) is None
    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers


def test_the_answers_say_what_is_left_and_then_429(
    make_client: Callable[..., Any], make_school: Callable[[Any], Any]
) -> None:
    school = make_school(make_client(api_requests_per_minute=2))
    answers = [school.client.get("/api/v1/courses", headers=school.bearer("ada")) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert {one.headers["ratelimit-policy"] for one in answers} == {'"token";q=2;w=60'}
    assert [one.headers["ratelimit"] for one in answers] == [f'"token";r={left};t=60' for left in (1, 0, 0)]
    assert answers[2].headers["retry-after"] == "60"
    assert answers[2].json()["type"] == "/api/v1/problems/too-many-requests"
    assert school.client.get("/api/v1/courses", headers=school.bearer("bashir")).status_code == 200
    school.clock.forward(60)
    assert school.client.get("/api/v1/courses", headers=school.bearer("ada")).status_code == 200
    assert "ratelimit" not in school.client.get("/healthz").headers


BAD_JSON = {"content": b"{", "headers": {"Content-Type": "application/json"}}


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("POST", "/api/v1/courses", BAD_JSON, 422),
        ("GET", "/api/v1/submissions/x?wait=abc", {}, 422),
        ("DELETE", "/api/v1/courses", {}, 405),
        ("GET", "/api/v1/nothing", {}, 404),
        ("GET", "/api/v1/courses", {}, 200),
    ],
)
def test_every_answer_to_a_token_says_what_is_left_and_counts_once(
    school: Any, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    """Also where the request is refused before anybody has looked at its token."""
    headers = {**more.get("headers", {}), **school.bearer("ines")}
    asked = {**more, "headers": headers}
    left = []
    for _ in range(2):
        answer = school.client.request(method, path, **asked)
        assert answer.status_code == status
        assert "q=" in answer.headers["ratelimit-policy"]
        left.append(int(answer.headers["ratelimit"].partition("r=")[2].partition(";")[0]))
    assert left[0] - left[1] == 1


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer cr_unknown", "Basic eDp5"])
def test_without_a_token_that_is_known_nothing_is_counted(school: Any, said: str) -> None:
    answer = school.client.get("/api/v1/nothing", headers={"Authorization": said})

    assert answer.status_code == 404 and "ratelimit" not in answer.headers
