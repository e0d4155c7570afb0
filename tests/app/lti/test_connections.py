"""An instructor ends the connection of a course with an LMS: what ends is said before, and what stays, stays."""

from collections.abc import Callable

from app.lti.outbox import Outbox
from submissions.models import Role
from tests.app.conftest import ASSIGNMENT
from tests.app.lti.conftest import TEACHER, Browser
from tests.fakes.lti_platform import CONTEXT

PAGE = "/courses/nn/lms"


def end(browser: Browser, **changed: str) -> tuple[int, str]:
    """Send the form of the page."""
    fields = {"platform": browser.registered.id, "context": CONTEXT, "sure": "yes", **changed}
    answer = browser.send(browser.request("GET", PAGE), f"{PAGE}/disconnect", **fields)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_course_is_disconnected_and_its_work_stays(
    graded: Callable[[float], None], connected: Browser, outbox: Outbox
) -> None:
    graded(40.0)
    school = connected.school
    connected.cookies.clear()
    assert connected.launch(TEACHER).status_code == 303
    page = connected.request("GET", PAGE)
    assert (
        "one activity that opens Neural network." in page.text
        and "with one score that is still to be sent" in page.text
    )
    assert end(connected) == (303, f"{PAGE}?done=disconnected")
    assert not outbox.send_one() and connected.platform.scores == []
    with school.context.database.reading() as tx:
        assert tx.lti_links.links_of(school.asked.id) == [] == tx.lti_links.contexts_of(school.asked.course_id)
        assert tx.lti_scores.states(school.asked.id) == []
        assert len(tx.gradings.attempts(school.asked.id, school.people["lina"].id)) == 1
        assert tx.courses.role(school.asked.course_id, school.people["lina"].id) is Role.STUDENT
        (event,) = [one for one in tx.events.of_course(school.asked.course_id) if one.kind.endswith("disconnected")]
    assert (event.detail["by"], event.detail["links"], event.detail["owed"]) == ("Tom Teacher", 1, 1)
    assert "No LMS is connected to this course" in connected.request("GET", PAGE).text
    early = connected.launch()
    assert early.status_code == 400 and "Your instructor has to open this activity first" in early.text

    where = connected.launch(TEACHER).headers["location"]
    page = connected.send(connected.request("GET", where), f"{where}/course", course="nn")
    page = connected.follow(page)
    connected.send(page, f"{where}/assignment", assignment=ASSIGNMENT)
    connected.launch()
    assert outbox.send_one() and connected.platform.scores[0]["scoreGiven"] == 40.0


def test_without_a_tick_nothing_ends(connected: Browser) -> None:
    connected.launch(TEACHER)
    status, text = end(connected, sure="")
    assert status == 422 and "Nothing is disconnected: tick first that you mean it." in text
    assert "one activity that opens" in connected.request("GET", PAGE).text


def test_the_connection_of_another_course_is_not_theirs_to_end(connected: Browser) -> None:
    school = connected.school
    with school.context.database.transaction() as tx:
        other = tx.courses.add("other", "Another course", "UTC")
        tx.lti_links.connect(connected.registered.id, "context-2", other.id, None)
    connected.launch(TEACHER)
    for changed in ({"context": "context-2"}, {"context": "unknown"}, {"platform": "unknown"}):
        assert end(connected, **changed)[0] == 404
    with school.context.database.reading() as tx:
        assert tx.lti_links.context(connected.registered.id, "context-2") is not None


def test_two_sections_end_one_by_one(connected: Browser) -> None:
    school, other = connected.school, "section-2"
    with school.context.database.transaction() as tx:
        tx.lti_links.connect(connected.registered.id, other, school.asked.course_id, None)
        tx.lti_links.put_link(connected.registered.id, other, "activity-1", school.asked.id, None)
    connected.launch(TEACHER)
    assert end(connected, context=other)[0] == 303
    with school.context.database.reading() as tx:
        assert [one.context_id for one in tx.lti_links.contexts_of(school.asked.course_id)] == [CONTEXT]
        assert [one.context_id for one in tx.lti_links.links_of(school.asked.id)] == [CONTEXT]
