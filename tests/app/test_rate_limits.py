"""A token that asks too often is told to wait, by the headers of the draft on rate limits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from app.rate_limits import Quota, RateLimits

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
