"""/metrics of a running application: queue, outboxes, requests by route, and nothing of any person."""

from collections.abc import Callable
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from submissions.repository.mails import MailKind
from submissions.webhooks import MAX_ATTEMPTS

Series = dict[tuple[str, ...], float]


@pytest.fixture
def open_school(make_client: Callable[..., Any], make_school: Callable[..., Any]) -> Any:
    """The course nn in an installation that shows its metrics on loopback."""
    return make_school(make_client(metrics="loopback"))


def text(school: Any) -> str:
    answer = school.client.get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return str(answer.text)


def read(school: Any) -> Series:
    families = text_string_to_metric_families(text(school))
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_there_is_nothing_there_unless_it_was_opened(school: Any) -> None:
    answer = school.client.get("/metrics")

    assert answer.status_code == 404
    assert answer.json()["title"]


def test_the_queue_has_a_depth_and_an_age(open_school: Any) -> None:
    open_school.hand_in()
    open_school.clock.forward(5)
    open_school.hand_in("bashir")
    open_school.clock.forward(2)
    before = read(open_school)
    assert open_school.grade()
    assert open_school.grade()
    after = read(open_school)

    assert before["chainrule_queue_waiting", "live"] == 2
    assert before["chainrule_queue_oldest_seconds", "live"] == 7
    assert before["chainrule_queue_waiting", "regrade"] == 0
    assert after["chainrule_queue_waiting", "live"] == after["chainrule_queue_oldest_seconds", "live"] == 0
    assert after["chainrule_queue_running",] == 0
    assert after["chainrule_database_up",] == 1


def test_an_outbox_shows_what_it_owes_and_what_it_gave_up(open_school: Any) -> None:
    now = open_school.clock()
    with open_school.context.database.transaction() as tx:
        for about in ("one", "two"):
            tx.mails.owe(MailKind.RESET, about, "ada@example.org", now)
    with open_school.context.database.transaction() as tx:
        mail = tx.mails.claim(now, now - now)
        assert mail is not None
        tx.mails.give_up(mail.id, "no such mailbox", now)
    open_school.clock.forward(30)
    found = read(open_school)

    assert found["chainrule_outbox_owed", "mail"] == 1
    assert found["chainrule_outbox_given_up", "mail"] == 1
    assert found["chainrule_outbox_overdue_seconds", "mail"] == 30
    assert found["chainrule_outbox_owed", "lti_scores"] == found["chainrule_outbox_owed", "webhooks"] == 0


def test_webhooks_that_were_given_up_are_dead(open_school: Any) -> None:
    with open_school.context.database.transaction() as tx:
        course = tx.courses.by_slug("nn")
        tx.webhooks.add(course.id, "https://receiver.example.org", "whsec", open_school.clock())
    open_school.hand_in()
    open_school.grade()
    assert read(open_school)["chainrule_outbox_owed", "webhooks"] == 1
    for _ in range(MAX_ATTEMPTS):
        with open_school.context.database.transaction() as tx:
            assert tx.webhooks.claim(open_school.clock(), open_school.clock() - open_school.clock()) is not None
    found = read(open_school)

    assert (found["chainrule_outbox_owed", "webhooks"], found["chainrule_outbox_given_up", "webhooks"]) == (0, 1)


def test_requests_are_counted_by_the_template_of_their_route(open_school: Any) -> None:
    submission = open_school.hand_in()
    open_school.state(submission)
    open_school.client.get(f"/{submission}/nothing-here")
    open_school.client.request("BREW", "/healthz")
    found = read(open_school)

    assert found["chainrule_http_requests_total", "GET", "/api/v1/submissions/{submission_id}", "200"] == 1
    made = "/api/v1/courses/{course}/assignments/{assignment}/submissions"
    assert found["chainrule_http_requests_total", "POST", made, "202"] == 1
    assert found["chainrule_http_request_seconds_count", made] == 1
    assert found["chainrule_http_requests_total", "GET", "(none)", "404"] == 1
    assert [key for key in found if key[0] == "chainrule_http_requests_total" and key[1] == "other"]
    assert found["chainrule_uploads_total", "accepted"] == 1


def test_nothing_names_a_person_a_course_or_a_submission(open_school: Any) -> None:
    submission = open_school.hand_in(source="secret_of_ada = 1\n")
    open_school.sign_in("ada")
    open_school.client.get(f"/submissions/{submission}")
    open_school.client.get("/courses/nn")
    open_school.client.get("/ada@example.org")
    said = text(open_school)

    for word in (submission, "ada", "example.org", "/nn", "ece421", "secret", open_school.people["ada"].id):
        assert word not in said


def test_a_database_that_is_gone_is_told(open_school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Any:
        raise OSError("disk on fire in /secret/place")

    monkeypatch.setattr(open_school.context.database, "reading", gone)
    said = text(open_school)

    assert "chainrule_database_up 0.0" in said
    assert "chainrule_queue_waiting" not in said
    assert "/secret/place" not in said
