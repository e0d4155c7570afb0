"""A score changes at the platform once for every change here, in order, whatever the platform does in between."""

import dataclasses
import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from app.lti import names, scores
from app.lti.outbox import LEASE, Outbox
from app.lti.results import Result, results, results_address
from app.lti.service import Service
from app.outgoing import Outgoing
from grader.report import Report
from grader.report_json import to_json
from submissions.models import Lane
from submissions.queue import Graded
from submissions.scores_owed import owe_score
from tests.app.conftest import ASSIGNMENT, Installation
from tests.app.lti.conftest import INSTRUCTOR, Browser
from tests.fakes.engines import engine_by
from tests.fakes.lti_platform import CONTEXT, Answer, LtiPlatform, html_page

pytestmark = pytest.mark.both_databases

RESULTS = "/lineitems/7/lineitem/results"
SCORES = "/lineitems/7/lineitem/scores"
GRADEBOOK = f"/courses/nn/assignments/{ASSIGNMENT}/lms"
TEACHER = {names.ROLES: INSTRUCTOR, "sub": "teacher-1", "email": None}


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
    connected.school.clock.forward(61)
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
        ("/token", lambda: (503, "text/html", b"Down"), "gives no token: it answers 503"),
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
    connected.school.clock.forward(61)
    assert outbox.send_one()
    assert len(connected.platform.scores) == 1


def test_a_redirect_into_our_own_network_is_not_followed(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    inside = LtiPlatform(lambda: {"keys": []})
    away = {"Location": f"{inside.origin}/token"}
    try:
        for path, status in (("/token", 307), (SCORES, 302), (SCORES, 308)):
            connected.platform.redirects[path] = (status, away)
            graded(60.0 + status / 10)
            assert outbox.send_one()
            with connected.school.context.database.reading() as tx:
                (state,) = tx.lti_scores.states(connected.school.asked.id)
            assert not state.sent and f"answers {status}" in state.answer
            connected.platform.redirects.clear()
            connected.school.clock.forward(61)
        assert inside.asked == []
    finally:
        inside.close()


def test_a_platform_that_says_nothing_keeps_no_other_waiting(
    connected: Browser, graded: Callable[[float], None], platform: LtiPlatform
) -> None:
    school, answer = connected.school, threading.Event()
    graded(82.0)
    ada = school.people["ada"].id
    with school.context.database.transaction() as tx:
        link = tx.lti_links.links_of(school.asked.id)[0]
        tx.lti_links.add_person(connected.registered.id, "learner-2", ada)
        tx.lti_scores.want(link.id, ada, 5.0, 10.0, None, school.clock())
    hasty = dataclasses.replace(school.context, outgoing=Outgoing(private=True, seconds=0.2))
    sender = Outbox(hasty, Service(hasty), threading.Event())
    platform.answers["/token"] = lambda: (200, "text/plain", b"") if answer.wait(10) else (500, "text/plain", b"")
    assert sender.send_one() and not sender.send_one()  # the other score is not tried at a platform that is away
    answer.set()
    with school.context.database.reading() as tx:
        said = [state.answer for state in tx.lti_scores.states(school.asked.id)]
    assert sorted(said)[0] == "" and "took longer than" in sorted(said)[1]
    hasty.outgoing.close()
    del platform.answers["/token"]
    school.clock.forward(61)
    patient = Outbox(school.context, Service(school.context), threading.Event())  # the machine may be slow to answer
    assert patient.send_one() and patient.send_one() and not patient.send_one()
    assert sorted(score["scoreGiven"] for score in platform.scores) == [5.0, 82.0]


def test_a_sender_that_stood_still_does_not_undo_what_came_after(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    school = connected.school
    graded(82.0)
    with school.context.database.transaction() as tx:
        late = tx.lti_scores.claim(school.clock(), LEASE)
    assert late is not None
    graded(90.0)
    assert outbox.send_one()
    school.clock.forward(3600)
    assert scores.send(Service(school.context), connected.registered, late, "").status == 409
    with school.context.database.transaction() as tx:
        tx.lti_scores.sent(late, "", school.clock())
        tx.lti_scores.not_sent(late, "no", school.clock())
        (state,) = tx.lti_scores.states(school.asked.id)
    assert state.sent and state.answer == ""
    assert [score["scoreGiven"] for score in connected.platform.scores] == [90.0]


@pytest.mark.parametrize("said", ["²", "soon", "9" * 40, "-5", "", "99999999999"])
def test_a_wait_that_is_no_number_of_seconds_is_ours(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox, said: str
) -> None:
    connected.platform.redirects[SCORES] = (429, {"Retry-After": said})
    graded(82.0)
    assert outbox.send_one()
    connected.platform.redirects.clear()
    connected.school.clock.forward(61)
    assert outbox.send_one() and len(connected.platform.scores) == 1


def test_a_platform_that_asks_for_time_gets_it(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    connected.platform.redirects[SCORES] = (429, {"Retry-After": "120"})
    graded(82.0)
    assert outbox.send_one()
    connected.platform.redirects.clear()
    connected.school.clock.forward(119)
    assert not outbox.send_one()
    connected.school.clock.forward(2)
    assert outbox.send_one() and len(connected.platform.scores) == 1


def test_an_activity_whose_scores_go_elsewhere_gets_them_there(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    assert outbox.send_one()
    moved = {names.ENDPOINT: {"lineitem": f"{connected.platform.origin}/lineitems/8/lineitem"}}
    connected.launch(moved)
    assert outbox.send_one()
    assert connected.platform.asked[-1] == "/lineitems/8/lineitem/scores"


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
        claimed = tx.lti_scores.claim(school.clock(), timedelta(minutes=1))
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


def test_a_score_goes_to_the_course_its_learner_is_in(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    school = connected.school
    with school.context.database.transaction() as tx:  # another course of the platform stands for the same one
        tx.lti_links.connect(connected.registered.id, "context-2", school.asked.course_id, None)
        tx.lti_links.put_link(
            connected.registered.id, "context-2", "activity-9", school.asked.id, f"{connected.platform.origin}/other"
        )
    graded(82.0)
    assert outbox.send_one() and not outbox.send_one()
    assert connected.platform.asked.count("/other/scores") == 0 and len(connected.platform.scores) == 1
    connected.launch(
        {
            names.CONTEXT: {"id": "context-2"},
            names.RESOURCE_LINK: {"id": "activity-9"},
            names.ENDPOINT: {"lineitem": f"{connected.platform.origin}/other"},
        }
    )
    assert outbox.send_one() and connected.platform.asked.count("/other/scores") == 1


def test_who_comes_with_the_roster_is_owed_a_score_there(connected: Browser, outbox: Outbox) -> None:
    school = connected.school
    school.hand_in("ada")
    school.grade()
    with school.context.database.transaction() as tx:
        tx.lti_links.add_person(connected.registered.id, "learner-9", school.people["ada"].id)
    assert not outbox.send_one()
    connected.platform.members = [{"user_id": "learner-9", "name": "Ada", "roles": ["Learner"]}]
    connected.launch(TEACHER)
    assert connected.send(connected.request("GET", GRADEBOOK), f"{GRADEBOOK}/roster").status_code == 303
    assert outbox.send_one()
    assert [score["userId"] for score in connected.platform.scores] == ["learner-9"]


def test_an_assignment_worth_nothing_owes_nothing(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    school = connected.school
    worthless = dataclasses.replace(school.asked, points=0.0)
    with school.context.database.transaction() as tx:
        tx.courses.change_assignment(worthless)
    graded(90.0)
    with school.context.database.transaction() as tx:
        user_id = school.people["lina"].id
        assert owe_score(tx, school.asked.id, user_id, school.clock()) == 0
        assert {state.given for state in tx.lti_scores.states(school.asked.id)} == {82.0}


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


def test_who_has_no_account_at_the_platform_is_told_with_their_score(
    connected: Browser, graded: Callable[[float], None], make_report: Callable[[float], Report]
) -> None:
    graded(82.0)
    connected.school.hand_in("ada", "x = 1\n")
    engine = engine_by(connected.school.clock, connected.school.context.database)
    assert engine.run_once(lambda job: Graded(to_json(make_report(61.0)), "s", "v"), "test", tuple(Lane))
    connected.launch(TEACHER)
    page = connected.request("GET", GRADEBOOK).text

    assert lines_of(page) == {
        "Ada": ["61 of 100", "no LMS account"],
        "Bashir": ["–none", "no LMS account"],
        "Lina Learner": ["82 of 100", "waiting"],
    }


def test_where_no_platform_is_connected_scores_are_shown_and_nothing_is_sent(school: Installation) -> None:
    school.hand_in("ada")
    school.grade()
    school.sign_in("ines")
    page = school.client.get(GRADEBOOK).text

    assert "No LMS is connected to this course" in page
    assert lines_of(page) == {"Ada": ["82 of 100", "not connected"], "Bashir": ["–none", "not connected"]}


def lines_of(page: str) -> dict[str, list[str]]:
    """What the page says of each learner: the score, and whether it is at the platform."""
    found = {}
    for line in page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]:
        name, *cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"</t[hd]>", line)]
        found[name] = cells[:2]
    return found


def test_staff_read_back_what_the_gradebook_shows(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    outbox.send_one()
    connected.platform.scores += [{"userId": f"other-{n}", "scoreGiven": n, "scoreMaximum": 5} for n in range(3)]
    connected.launch(TEACHER)
    page = connected.request("GET", GRADEBOOK)
    assert "the same" not in page.text
    read = connected.send(page, f"{GRADEBOOK}/results")
    assert read.status_code == 200 and "the same" in read.text
    assert connected.platform.asked.count(RESULTS) == 2  # pages
    connected.platform.scores[0].update(scoreGiven=50.0)  # somebody changed it there
    assert "50 of 100" in connected.send(page, f"{GRADEBOOK}/results").text
    for answer in (html_page, lambda: (200, "application/json", b"{}")):
        connected.platform.answers[RESULTS] = answer
        refused = connected.send(page, f"{GRADEBOOK}/results")
        assert refused.status_code == 502 and "result" in refused.text
    connected.launch()
    assert connected.send(page, f"{GRADEBOOK}/results").status_code == 403


def test_the_dashboard_says_of_each_student_whether_the_lms_has_the_score(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox
) -> None:
    graded(82.0)
    connected.launch(TEACHER)
    dashboard = GRADEBOOK.removesuffix("lms") + "dashboard"
    assert "waiting</span></td></tr>" in connected.request("GET", dashboard).text
    connected.platform.answers[SCORES] = lambda: (500, "text/plain", b"Oh")
    outbox.send_one()
    assert "not sent</span></td></tr>" in connected.request("GET", dashboard).text
    del connected.platform.answers[SCORES]
    connected.school.clock.forward(61)
    outbox.send_one()
    page = connected.request("GET", dashboard).text
    assert ">sent</span></td></tr>" in page and "nothing to send</span></td></tr>" in page


def test_without_an_activity_the_dashboard_says_nothing_of_an_lms(connected: Browser) -> None:
    school = connected.school
    connected.launch(TEACHER)
    with school.context.database.transaction() as tx:
        other = tx.courses.add_assignment(school.asked.course_id, "hw2-softmax", "Softmax", 10, None, None, None)
    page = connected.request("GET", f"/courses/nn/assignments/{other.slug}/dashboard")
    assert page.status_code == 200 and "at the LMS" not in page.text


def test_an_activity_without_a_column_is_said(browser: Browser) -> None:
    school = browser.school
    with school.context.database.transaction() as tx:
        tx.lti_links.connect(browser.registered.id, CONTEXT, school.asked.course_id, None)
    custom = {names.CUSTOM: {"chainrule_assignment": ASSIGNMENT}}
    browser.launch({**TEACHER, **custom, names.ENDPOINT: None})
    assert "no column in its gradebook" in browser.request("GET", GRADEBOOK).text
    browser.launch({**TEACHER, **custom})
    assert "no column in its gradebook" not in browser.request("GET", GRADEBOOK).text


@pytest.mark.parametrize("seconds", ["1" + "0" * 300, "-1", "NaN", '"3600"', "true"])
def test_a_token_that_lasts_absurdly_long_is_a_token(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox, seconds: str
) -> None:
    platform = connected.platform
    platform.answers["/token"] = lambda: (
        200,
        "application/json",
        f'{{"access_token": "token-1", "expires_in": {seconds}}}'.encode(),
    )
    graded(82.0)

    assert outbox.send_one() and len(platform.scores) == 1


def test_a_result_of_hundreds_of_digits_shows_nothing(connected: Browser) -> None:
    school, platform = connected.school, connected.platform
    line_item = platform.claims("", school.clock())[names.ENDPOINT]["lineitem"]
    shown = f'[{{"userId": "a", "resultScore": 1{"0" * 400}, "resultMaximum": 1{"0" * 400}}}]'.encode()
    platform.answers[RESULTS] = lambda: (200, "application/json", shown)

    assert results(Service(school.context), connected.registered, line_item) == [Result("a", None, 1.0, "")]


def test_the_address_of_results_keeps_the_query() -> None:
    assert results_address("https://x.example/item/7?type_id=1", "a b") == (
        "https://x.example/item/7/results?type_id=1&user_id=a+b"
    )
    assert results_address("https://x.example/item/7/") == "https://x.example/item/7/results"


def test_a_result_to_another_maximum_is_the_same_score() -> None:
    assert Result("x", 0.82, 1.0, "").is_score(82.0, 100.0)
    assert not Result("x", 0.83, 1.0, "").is_score(82.0, 100.0)
    assert not Result("x", None, 1.0, "").is_score(0.0, 100.0)
    assert not Result("x", float("nan"), 1.0, "").is_score(82.0, 100.0)
    assert not Result("x", 82.0, 0.0, "").is_score(82.0, 100.0)


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
