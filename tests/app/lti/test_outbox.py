"""A score changes at the platform once for every change here, in order, whatever the platform does in between."""

import threading
from collections.abc import Callable

import pytest

from app.lti import names, scores
from app.lti.outbox import Outbox
from app.lti.service import Service
from grader.report import Report
from grader.report_json import to_json
from submissions.models import Lane
from submissions.queue import Graded
from tests.app.conftest import ASSIGNMENT
from tests.app.lti.conftest import INSTRUCTOR, Browser
from tests.fakes.engines import engine_by
from tests.fakes.lti_platform import Answer, html_page

pytestmark = pytest.mark.both_databases

SCORES = "/lineitems/7/lineitem/scores"
GRADEBOOK = f"/courses/nn/assignments/{ASSIGNMENT}/lms"
TEACHER = {names.ROLES: INSTRUCTOR, "sub": "teacher-1", "email": None}


@pytest.fixture
def graded(connected: Browser, make_report: Callable[[float], Report]) -> Callable[[float], None]:
    """Hands in for the learner of the platform and grades it with so many points of 100."""
    school = connected.school
    connected.launch()
    with school.context.database.reading() as tx:
        user_id = tx.lti_links.person(connected.registered.id, "learner-1")
        learner = tx.accounts.by_id(user_id or "")
    assert learner is not None
    school.people["lina"] = learner

    def grade(points: float) -> None:
        school.hand_in("lina", f"x = {points}\n")
        engine = engine_by(school.clock, school.context.database)
        assert engine.run_once(lambda job: Graded(to_json(make_report(points)), "s", "v"), "test", tuple(Lane))

    return grade


def test_a_grade_is_sent_with_its_points_and_a_comment(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    assert not outbox.send_one()
    graded(82.0)
    assert outbox.send_one() and not outbox.send_one()
    (score,) = connected.platform.scores
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == ("learner-1", 82.0, 100.0)
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert score["comment"].startswith("Points lost in: relu")
    assert score["timestamp"] == "2026-09-01T12:00:00.000Z"


def test_a_worse_attempt_changes_nothing_and_a_better_one_is_sent_later(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    outbox.send_one()
    graded(50.0)
    assert not outbox.send_one()
    graded(90.0)  # the clock stands, and still its time stamp is later
    assert outbox.send_one()
    assert [score["scoreGiven"] for score in connected.platform.scores] == [82.0, 90.0]
    assert connected.platform.scores[0]["timestamp"] < connected.platform.scores[1]["timestamp"]


def test_while_the_platform_is_away_only_the_newest_is_owed(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    connected.platform.answers[SCORES] = lambda: (503, "text/html", b"Down for maintenance")
    graded(60.0)
    assert outbox.send_one() and not outbox.send_one()  # not due again yet
    connected.school.clock.forward(11)
    assert outbox.send_one()
    graded(70.0)  # a change is due at once
    graded(80.0)
    del connected.platform.answers[SCORES]
    assert outbox.send_one() and not outbox.send_one()
    assert [score["scoreGiven"] for score in connected.platform.scores] == [80.0]


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        ("/token", html_page, "gives no token: it answers 404"),
        ("/token", lambda: (200, "text/html", b"<html>Sign in"), "is not JSON"),
        ("/token", lambda: (200, "application/json", b"{}"), "holds no token"),
        ("/token", lambda: (200, "application/json", b"[]"), "holds no token"),
        (SCORES, lambda: (500, "text/plain", b"Oh"), "answers 500: Oh"),
        (SCORES, lambda: (302, "text/plain", b""), "answers 302"),
        (SCORES, lambda: (422, "application/json", b'{"error": "no such user"}'), "no such user"),
    ],
)
def test_what_a_platform_says_instead_is_kept_and_the_score_too(
    connected: Browser,
    graded: Callable[[float], None],
    outbox: Outbox,
    path: str,
    answer: Callable[[], Answer],
    said: str,
) -> None:
    connected.platform.answers[path] = answer
    graded(82.0)
    assert outbox.send_one()
    with connected.school.context.database.reading() as tx:
        (state,) = tx.lti_scores.states(connected.school.asked.id)
    assert not state.sent and said in state.answer and state.attempts == 1
    del connected.platform.answers[path]
    connected.school.clock.forward(11)
    assert outbox.send_one()
    assert len(connected.platform.scores) == 1


def test_a_token_withdrawn_before_its_time_is_renewed_at_once(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    outbox.send_one()
    graded(90.0)
    refusals = iter([(401, "application/json", b"{}")])
    found = connected.platform.answers

    def once() -> tuple[int, str, bytes]:
        del found[SCORES]
        return next(refusals)

    found[SCORES] = once
    assert outbox.send_one()
    assert [score["scoreGiven"] for score in connected.platform.scores] == [82.0, 90.0]
    assert connected.platform.asked.count("/token") == 2


def test_two_senders_never_send_the_same_score_together(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    school = connected.school
    other = Outbox(school.context, Service(school.context), threading.Event())
    with school.context.database.transaction() as tx:
        claimed = tx.lti_scores.claim(school.clock(), scores.STEP * 60_000)
    assert claimed is not None and not outbox.send_one() and not other.send_one()
    school.clock.forward(61)  # the first sender died with it
    assert other.send_one() and not outbox.send_one()
    assert len(connected.platform.scores) == 1


def test_a_change_during_the_sending_is_not_forgotten(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    platform = connected.platform

    def meanwhile() -> tuple[int, str, bytes]:
        del platform.answers[SCORES]
        graded(95.0)
        return 200, "application/json", b"{}"

    platform.answers[SCORES] = meanwhile
    assert outbox.send_one() and outbox.send_one() and not outbox.send_one()
    assert [score["scoreGiven"] for score in platform.scores] == [95.0]


def test_a_score_from_before_the_activity_is_owed_when_it_is_connected(browser: Browser, outbox: Outbox) -> None:
    school = browser.school
    school.hand_in("ada")
    school.grade()
    with school.context.database.transaction() as tx:
        tx.lti_links.add_person(browser.registered.id, "learner-1", school.people["ada"].id)
        tx.lti_links.connect(browser.registered.id, "context-1", school.asked.course_id, None)
    browser.launch({names.CUSTOM: {"chainrule_assignment": ASSIGNMENT}})
    assert outbox.send_one()
    assert [score["scoreGiven"] for score in browser.platform.scores] == [82.0]


def test_the_address_of_scores_keeps_the_query() -> None:
    assert scores.scores_address("https://x.example/item/7?type_id=1") == "https://x.example/item/7/scores?type_id=1"
    assert scores.scores_address("https://x.example/item/7/") == "https://x.example/item/7/scores"


def test_staff_see_what_the_platform_has_and_send_it_again(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    connected.launch(TEACHER)
    assert "waiting" in connected.request("GET", GRADEBOOK).text
    connected.platform.answers[SCORES] = lambda: (500, "text/plain", b"<b>Oh</b>")
    outbox.send_one()
    page = connected.request("GET", GRADEBOOK)
    assert "not sent" in page.text and "&lt;b&gt;Oh" in page.text
    del connected.platform.answers[SCORES]
    assert connected.send(page, f"{GRADEBOOK}/push").status_code == 303
    assert outbox.send_one()
    assert "> sent<" in connected.request("GET", GRADEBOOK).text
    assert connected.send(page, f"{GRADEBOOK}/push", learner=connected.school.people["lina"].id).status_code == 303
    assert outbox.send_one() and len(connected.platform.scores) == 2
    connected.launch()
    assert connected.request("GET", GRADEBOOK).status_code == 403


def test_the_roster_is_brought_over_page_by_page(connected: Browser) -> None:
    connected.platform.members = [
        {"user_id": f"learner-{number}", "name": f"Learner {number}", "roles": ["Learner"], "status": "Active"}
        for number in range(5)
    ] + [{"user_id": "gone", "roles": ["Learner"], "status": "Inactive"}, {"name": "nobody"}]
    connected.launch(TEACHER)
    page = connected.request("GET", GRADEBOOK)
    assert connected.send(page, f"{GRADEBOOK}/roster").status_code == 303
    with connected.school.context.database.reading() as tx:
        learners = {user.name for user in tx.courses.learners(connected.school.asked.course_id)}
    assert {f"Learner {number}" for number in range(5)} <= learners and "Somebody without a name" not in learners
    connected.platform.answers["/members"] = lambda: (200, "application/json", b'{"members": 7}')
    refused = connected.send(page, f"{GRADEBOOK}/roster")
    assert refused.status_code == 502 and "is no roster" in refused.text
