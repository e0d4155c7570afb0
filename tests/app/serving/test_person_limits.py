"""A person who asks without end is told when to come back, and nobody else notices."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.serving import person_limits
from app.serving.person_limits import Allowance

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
SLUG = "ece421-numpy-nn"


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_an_allowance_can_be_taken_at_once_and_comes_back_evenly() -> None:
    allowance = Allowance(6)  # one in ten seconds
    at_once = [allowance.take("ada", NOW) for _ in range(7)]

    assert at_once == [0] * 6 + [10]
    assert allowance.take("ada", after(4)) == 6
    assert allowance.take("ada", after(10)) == 0
    assert allowance.take("ada", after(10)) == 10
    assert [allowance.take("ada", after(600)) for _ in range(7)] == [0] * 6 + [10]


def test_refused_requests_cost_nothing() -> None:
    allowance = Allowance(60)
    for _ in range(60):
        allowance.take("ada", NOW)
    for _ in range(1000):
        allowance.take("ada", NOW)

    assert allowance.take("ada", after(1)) == 0


def test_everybody_has_their_own() -> None:
    allowance = Allowance(1)
    allowance.take("ada", NOW)

    assert allowance.take("ada", NOW) == 60
    assert allowance.take("bo", NOW) == 0


def test_zero_is_no_limit() -> None:
    assert [Allowance(0).take("ada", NOW) for _ in range(100)] == [0] * 100


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    allowance = Allowance(60)
    for _ in range(60):
        allowance.take("ada", after(3600))

    assert allowance.take("ada", NOW) == 1
    assert allowance.take("ada", after(1)) == 0


def test_it_does_not_grow_without_end_and_forgets_nobody_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_limits, "MOST_KNOWN", 10)
    allowance = Allowance(1)
    allowance.take("waits", after(59))
    for number in range(100):
        allowance.take(f"{number}", after(number / 2))

    assert len(allowance._left) <= 120
    assert allowance.take("waits", after(60)) > 0
    allowance.take("late", after(1000))
    assert len(allowance._left) == 1


@pytest.fixture
def few(make_client: Callable[..., Any], make_school: Callable[..., Any]) -> Any:
    """The course nn where three pages and two uploads a minute are allowed."""
    return make_school(make_client(pages_per_minute=3, uploads_per_minute=2))


def test_a_page_says_when_to_come_back(few: Any) -> None:
    few.sign_in("ada")
    answers = [few.client.get("/courses/nn") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["Retry-After"] == "20"
    assert "Try again in 20 seconds" in answers[3].text
    assert answers[3].headers["content-type"].startswith("text/html")
    few.client.forget()
    few.sign_in("bashir")
    assert few.client.get("/courses/nn").status_code == 200


def test_an_upload_too_many_is_refused_before_it_is_kept(few: Any, hand_in_page: Callable[..., Any]) -> None:
    few.sign_in("ada")
    answers = [hand_in_page(few, f"def relu(x): return {number}\n") for number in range(3)]
    with few.context.database.reading() as tx:
        kept = tx.submissions.count(few.asked.id, few.people["ada"].id)
    few.clock.forward(30)

    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert answers[2].headers["Retry-After"] == "30"
    assert "Nothing was uploaded" in answers[2].text
    assert kept == 2
    assert hand_in_page(few, "def relu(x): return 9\n").status_code == 303


def test_an_upload_too_many_keeps_what_was_pasted(few: Any, hand_in_page: Callable[..., Any]) -> None:
    few.sign_in("ada")
    for number in range(2):
        hand_in_page(few, f"def relu(x): return {number}\n")
    answer = hand_in_page(few, "", code="kept = '</textarea>'")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    assert "Too many requests" in answer.text
    assert "kept = &#39;&lt;/textarea&gt;&#39;</textarea>" in answer.text


@pytest.fixture
def hand_in_page() -> Callable[..., Any]:
    """Hands in by the form, with the token of the session."""

    def send(school: Any, source: str, **fields: str) -> Any:
        page = school.client.get("/login")  # leads on; the session is in the database
        assert page.status_code == 303
        with school.context.database.reading() as tx:
            csrf = tx.accounts._connection.exec_driver_sql("SELECT csrf_token FROM login_sessions").scalar_one()
        return school.client.post(
            f"/courses/nn/assignments/{SLUG}/submissions",
            data={"csrf_token": csrf, **fields},
            files={"file": ("a1.py" if source else "", source.encode())},
        )

    return send
