"""Somebody who comes by a launch links the account that they had, by signing in to it; nobody else can for them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response

from app.lti.outbox import Outbox
from submissions.models import Role, User
from tests.app.conftest import ASSIGNMENT, PASSWORD
from tests.app.lti.conftest import TEACHER, Browser
from tests.fakes.lti_platform import CONTEXT

PAGE = f"/courses/nn/assignments/{ASSIGNMENT}"
ACCOUNT, LINK = "/lti/account", "/lti/account/link"


@pytest.fixture
def window(connected: Browser) -> Browser:
    """A browser that was launched into a window of its own, as a learner with ada's address."""
    connected.framed = False
    assert connected.launch({"name": "Ada at school", "email": "ada@example.org"}).status_code == 303
    return connected


def known(browser: Browser, subject: str = "learner-1") -> User:
    """Whose account a person of the platform has."""
    with browser.school.context.database.reading() as tx:
        found = tx.accounts.by_id(tx.lti_links.person(browser.registered.id, subject) or "")
    assert found is not None
    return found


def sign_in(browser: Browser, name: str, target: str = LINK) -> Response:
    """Sign in with a password."""
    form = {"email": f"{name}@example.org", "password": PASSWORD, "next": target}
    return browser.request("POST", "/login", data=form)


def begin(browser: Browser, next_: str = PAGE) -> Response:
    """Say that there is an account already."""
    page = browser.request("GET", f"{ACCOUNT}?next={next_}")
    return browser.send(page, ACCOUNT, next=next_)


def confirm(browser: Browser) -> Response:
    """Say that both are the same person."""
    return browser.send(browser.request("GET", LINK), LINK)


def link(browser: Browser, name: str, next_: str = PAGE) -> Response:
    """The whole way."""
    assert begin(browser, next_).headers["location"] == "/login?next=%2Flti%2Faccount%2Flink"
    assert sign_in(browser, name).headers["location"] == LINK
    return confirm(browser)


def told(browser: Browser, kind: str) -> list[dict[str, Any]]:
    """What the history of the course has of this kind."""
    school = browser.school
    with school.context.database.reading() as tx:
        events = tx.events.of_course(school.asked.course_id)
    return [{**event.detail, "user": event.user_id} for event in events if event.kind == kind]


def test_a_learner_links_the_account_they_had_and_its_score_reaches_the_gradebook(
    window: Browser, outbox: Outbox
) -> None:
    school, launched = window.school, known(window)
    school.hand_in("ada")
    assert school.grade() and launched.email.endswith(".lti.invalid") and not outbox.send_one()
    page = window.request("GET", PAGE)
    assert "Have you an account here already? Link it" in page.text and f'href="{ACCOUNT}?next={PAGE}"' in page.text
    begin(window)
    assert "Sign in" in window.request("GET", "/login").text  # the launch's session is over
    sign_in(window, "ada")
    signed_in, asked = window.cookies["chainrule"], window.request("GET", LINK)
    assert "Are both of these you?" in asked.text and "Ada at school" in asked.text and "lti.invalid" not in asked.text
    answer = window.send(asked, LINK)
    assert answer.headers["location"] == f"{PAGE}?done=linked"
    assert "The two accounts are one now." in window.follow(answer).text

    assert known(window) == school.people["ada"] and window.cookies["chainrule"] != signed_in
    window.cookies["chainrule"] = signed_in
    assert window.request("GET", PAGE).headers["location"].startswith("/login")
    with school.context.database.reading() as tx:
        assert tx.accounts.by_id(launched.id) is None
        course = tx.courses.by_slug("nn")
        assert course and [one.user.name for one in tx.courses.people(course)].count("Ada") == 1
    assert told(window, "lti.linked") == [
        {"by": "Ada", "platform": window.registered.id, "user": school.people["ada"].id}
    ]
    assert outbox.send_one() and not outbox.send_one()
    (score,) = window.platform.scores
    assert (score["userId"], score["scoreGiven"]) == ("learner-1", 82.0)

    page = window.follow(window.launch())
    assert '<a href="/profile">Ada</a>' in page.text and "Have you an account here already" not in page.text


def test_from_a_frame_it_goes_on_in_a_window(connected: Browser) -> None:
    page = connected.follow(connected.launch())
    page = connected.request("GET", f"{ACCOUNT}?next={PAGE}")
    assert "Open in a new window" in page.text and "Sign in to the account I had" not in page.text
    refused = connected.send(page, ACCOUNT, next=PAGE)
    assert refused.status_code == 400 and "window of its own" in refused.text
    offered = connected.send(page, "/lti/window", target=f"{ACCOUNT}?next={PAGE}")
    ticket = offered.text.split('href="/lti/window/')[1].split('"')[0]
    connected.framed = False
    answer = connected.request("POST", f"/lti/window/{ticket}", data={"continue": "yes"})
    assert answer.headers["location"] == f"{ACCOUNT}?next={PAGE}"
    assert link(connected, "ada").headers["location"] == f"{PAGE}?done=linked"
    assert known(connected) == connected.school.people["ada"]


def test_an_instructor_connects_a_course_they_run_here(browser: Browser) -> None:
    browser.framed = False
    where = browser.launch(TEACHER).headers["location"]
    page = browser.request("GET", where)
    assert "Sign in once to the one you had" in page.text and "Neural networks" not in page.text
    answer = link(browser, "ines", where)
    assert answer.headers["location"] == f"{where}?done=linked"
    page = browser.follow(answer)
    assert 'value="nn"' in page.text and "Sign in once" not in page.text
    assert browser.send(page, f"{where}/course", course="nn").status_code == 303
    with browser.school.context.database.reading() as tx:
        found = tx.lti_links.context(browser.registered.id, CONTEXT)
        assert found is not None and found.course_id == browser.school.asked.course_id
        assert tx.courses.role(found.course_id, browser.school.people["ines"].id) is Role.INSTRUCTOR


def test_the_work_of_the_launch_s_account_goes_with_it(
    graded: Callable[[float], None], connected: Browser, outbox: Outbox
) -> None:
    graded(82.0)
    assert outbox.send_one()
    connected.framed = False
    connected.launch()
    assert link(connected, "ada").status_code == 303
    school = connected.school
    with school.context.database.reading() as tx:
        assert len(tx.gradings.attempts(school.asked.id, school.people["ada"].id)) == 1
        (state,) = tx.lti_scores.states(school.asked.id)
    assert (state.user_id, state.given, state.sent) == (school.people["ada"].id, 82.0, True)
    assert not outbox.send_one()  # the gradebook has it: nothing is sent twice


def test_with_work_in_both_they_stay_two_and_staff_read_why(
    graded: Callable[[float], None], connected: Browser
) -> None:
    graded(50.0)
    school, launched = connected.school, known(connected)
    school.hand_in("ada")
    connected.framed = False
    connected.launch()
    refused = link(connected, "ada")
    assert refused.status_code == 409 and "both accounts have handed in work for the same assignment" in refused.text
    assert known(connected) == launched
    (line,) = told(connected, "lti.link_refused")
    assert (line["user"], line["email"], line["why"]) == (launched.id, "ada@example.org", "work")
    profile = connected.request("GET", "/profile")
    assert connected.send(profile, LINK).status_code == 400  # one try for each time it is begun


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("otto", "an LMS is not let into an account that runs this service"),
        ("asta", "the account is staff of a course in which the LMS says that they are less"),
        ("ines", "the account is staff of a course in which the LMS says that they are less"),
    ],
)
def test_a_learner_s_launch_becomes_no_staff_of_the_course(window: Browser, name: str, said: str) -> None:
    school, launched = window.school, known(window)
    before = _role(window, name)
    refused = link(window, name)
    assert refused.status_code == 409 and said in refused.text
    assert known(window) == launched and _role(window, name) is before
    assert window.launch().headers["location"] == PAGE
    assert window.request("GET", f"{PAGE}/dashboard").status_code == 403
    assert [line["email"] for line in told(window, "lti.link_refused")] == [school.people[name].email]


def test_staff_of_another_course_are_what_the_launch_says_in_this_one(window: Browser) -> None:
    school = window.school
    with school.context.database.transaction() as tx:
        other = tx.courses.add("other", "Another course", "UTC")
        tx.courses.enroll(other.id, school.people["eve"].id, Role.INSTRUCTOR)
    assert link(window, "eve").status_code == 303
    assert _role(window, "eve") is Role.STUDENT
    assert window.request("GET", f"{PAGE}/dashboard").status_code == 403
    with school.context.database.reading() as tx:
        assert tx.courses.role(other.id, school.people["eve"].id) is Role.INSTRUCTOR


def test_a_linking_that_somebody_else_began_links_nothing(window: Browser) -> None:
    """Whoever gets somebody to open the page, signed in as themselves, must not get into their account."""
    launched = known(window)
    begin(window)
    victim = Browser(window.school, window.platform, window.registered, framed=False)
    sign_in(victim, "ada")
    page = victim.request("GET", LINK)
    assert page.status_code == 400 and "did not begin in this browser" in page.text
    profile = victim.request("GET", "/profile")
    assert victim.send(profile, LINK).status_code == 400
    assert known(window) == launched


def test_a_confirmation_counts_once_for_ten_minutes_and_from_our_own_page(window: Browser) -> None:
    launched = known(window)
    begin(window)
    secret = window.cookies["chainrule-link"]
    sign_in(window, "ada")
    page = window.request("GET", LINK)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token and window.request("POST", LINK, data={"x": "y"}).status_code == 403
    assert window.request("POST", LINK, data={"csrf_token": "another"}).status_code == 403
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert window.request("POST", LINK, data={"csrf_token": token[1]}, headers=elsewhere).status_code == 403
    assert known(window) == launched
    window.school.clock.forward(601)
    assert window.send(page, LINK).status_code == 400 and known(window) == launched
    window.launch()
    begin(window)
    sign_in(window, "ada")
    assert confirm(window).status_code == 303
    for kept in (secret, window.cookies["chainrule-link"], "invented", ""):
        window.cookies["chainrule-link"] = kept
        assert window.send(window.request("GET", "/profile"), LINK).status_code == 400
    assert len(told(window, "lti.linked")) == 1


def test_the_launch_s_own_account_is_not_the_one_of_before(window: Browser) -> None:
    begin(window)
    launched = known(window)
    window.launch()
    page = window.request("GET", LINK)
    assert "You are not in the account you had" in page.text
    assert window.send(page, LINK).status_code == 409 and known(window) == launched


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"])
def test_it_leads_to_no_other_site(window: Browser, target: str) -> None:
    page = window.request("GET", ACCOUNT, params={"next": target})
    assert "evil" not in page.text and "javascript" not in page.text
    window.send(page, ACCOUNT, next=target)
    sign_in(window, "ada")
    assert confirm(window).headers["location"] == "/?done=linked"


def test_an_account_that_is_somebody_s_own_is_not_moved(window: Browser) -> None:
    school, launched = window.school, known(window)
    begin(window)
    with school.context.database.transaction() as tx:
        tx.accounts.set_password(launched.id, "hash")  # by the mail for a forgotten one
    sign_in(window, "ada")
    refused = confirm(window)
    assert refused.status_code == 409 and "an account of their own already" in refused.text
    window.launch()
    page = window.request("GET", PAGE)
    assert "Have you an account here already" not in page.text
    assert window.request("GET", ACCOUNT).status_code == 400
    assert window.send(page, ACCOUNT).status_code == 400 and known(window) == launched


def test_a_linked_person_is_not_linked_again_and_an_account_has_one_person_of_an_lms(window: Browser) -> None:
    link(window, "ada")
    assert window.send(window.request("GET", "/profile"), ACCOUNT).status_code == 400
    window.cookies.clear()
    window.launch({"sub": "learner-2", "email": None})
    refused = link(window, "ada")
    assert refused.status_code == 409 and "somebody else of this LMS has that account already" in refused.text
    assert known(window) == window.school.people["ada"] != known(window, "learner-2")


def test_what_is_linked_can_be_unlinked(window: Browser, outbox: Outbox) -> None:
    school = window.school
    page = window.request("GET", "/profile")
    assert "Moodle" in page.text and "Unlink<" not in page.text  # it is the only way in
    assert window.send(page, f"{ACCOUNT}/unlink", platform=window.registered.id).status_code == 400
    school.hand_in("ada")
    school.grade()
    link(window, "ada")
    page = window.request("GET", "/profile")
    assert 'Unlink<span class="hide"> Moodle' in page.text
    answer = window.send(page, f"{ACCOUNT}/unlink", platform=window.registered.id)
    assert "opens your account no longer" in window.follow(answer).text and not outbox.send_one()
    assert [line["user"] for line in told(window, "lti.unlinked")] == [school.people["ada"].id]
    window.launch()
    assert known(window) != school.people["ada"]


def _role(browser: Browser, name: str) -> Role | None:
    school = browser.school
    with school.context.database.reading() as tx:
        return tx.courses.role(school.asked.course_id, school.people[name].id)
