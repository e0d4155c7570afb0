"""Webhooks: signed, sent until they arrive, given up in sight, and never to an address inside."""

import dataclasses
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import get_args

import pytest
from fastapi import FastAPI

from app.main import REAL_WORKSHOP, create_app
from app.pages.course.webhooks import WORDS
from app.settings import Settings
from app.webhooks import signature
from app.webhooks.sender import Sender, pause_after
from submissions.repository import webhooks as repository
from submissions.webhooks import MAX_ATTEMPTS
from submissions.webhooks_owed import Decision
from tests.app.conftest import FakeClock, Installation, cheap_passwords
from tests.fakes.client import Client

PAGE = "/courses/nn/webhooks"
NOW = datetime(2026, 11, 28, tzinfo=UTC)
SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver:
    """A program of a course on loopback: what it got, and what it answers."""

    def __init__(self) -> None:
        self.status = 204
        self.got: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/grades"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"private_platforms": True})


@pytest.fixture
def client(settings: Settings, clock: FakeClock, start: Callable[[FastAPI], Client]) -> Client:
    """An application that sends nothing by itself: tests send one message after the other."""
    workshop = dataclasses.replace(REAL_WORKSHOP, send=lambda context, stop: None)
    return start(create_app(settings, clock, workshop, passwords=cheap_passwords))


@pytest.fixture
def sender(school: Installation) -> Sender:
    return Sender(school.context, threading.Event())


def post(school: Installation, path: str, **fields: str) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', school.client.get(PAGE).text)
    assert token
    answer = school.client.post(path, data={"csrf_token": token[1], **fields})
    return str(answer.text)


def added(school: Installation, url: str) -> str:
    """The secret of a new webhook, as the page shows it once."""
    school.sign_in("ines")
    page = post(school, PAGE, url=url)
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", page)
    assert secret, page
    assert secret[0] not in school.client.get(PAGE).text
    return secret[0]


def test_a_grade_is_told_in_a_signed_message(school: Installation, receiver: Receiver, sender: Sender) -> None:
    secret = added(school, receiver.url)
    school.hand_in()
    assert not sender.send_one()
    school.grade()
    assert sender.send_one() and not sender.send_one()
    ((headers, body),) = receiver.got
    assert signature.holds(secret, headers, school.clock(), body)
    assert b'"score":{"given":82.0,"maximum":100.0}' in body and b'"type":"grading.done"' in body
    page = school.client.get(PAGE).text
    assert "delivered" in page and "Ada, ece421-numpy-nn" in page


def test_what_does_not_arrive_is_tried_again_with_the_same_id(
    school: Installation, receiver: Receiver, sender: Sender
) -> None:
    added(school, receiver.url)
    school.hand_in()
    school.grade()
    receiver.status = 500
    assert sender.send_one() and not sender.send_one()
    assert "The answer is 500" in school.client.get(PAGE).text
    school.clock.forward(61)
    receiver.status = 200
    assert sender.send_one()
    ids = {headers["webhook-id"] for headers, _ in receiver.got}
    assert len(receiver.got) == 2 and len(ids) == 1


def test_a_message_is_tried_for_two_days() -> None:
    """As the README and the changes say."""
    hours = sum((pause_after(attempts) for attempts in range(1, MAX_ATTEMPTS)), timedelta()) / timedelta(hours=1)
    assert 44 <= hours <= 52


def test_after_two_days_a_person_has_to_look(school: Installation, receiver: Receiver, sender: Sender) -> None:
    added(school, receiver.url)
    school.hand_in()
    school.grade()
    receiver.status = 503
    for _ in range(MAX_ATTEMPTS):
        assert sender.send_one()
        school.clock.forward(6 * 3600 + 1)
    assert not sender.send_one()
    school.sign_in("ines")
    page = school.client.get(PAGE).text
    assert "given up after 19 attempts" in page
    receiver.status = 200
    path = re.search(r'action="(/courses/nn/webhooks/\w+/deliveries/\w+/again)"', page)
    assert path
    post(school, path[1])
    assert sender.send_one()
    assert "delivered" in school.client.get(PAGE).text


def test_what_was_given_up_is_shown_however_much_came_after_it(
    school: Installation, receiver: Receiver, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "MOST_SHOWN", 2)
    added(school, receiver.url)
    school.hand_in()
    school.grade()
    receiver.status = 503
    for _ in range(MAX_ATTEMPTS):
        assert sender.send_one()
        school.clock.forward(6 * 3600 + 1)
    receiver.status = 204
    for number in range(3):
        school.hand_in("bashir", f"x = {number}\n")
        school.grade()
        assert sender.send_one()
    school.sign_in("ines")
    page = school.client.get(PAGE).text
    assert "given up after 19 attempts" in page and page.count("delivered") == 1


def test_an_address_where_nobody_is_keeps_no_other_waiting(
    school: Installation, receiver: Receiver, sender: Sender
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = f"http://127.0.0.1:{gone.getsockname()[1]}/grades"
    added(school, nobody)
    school.hand_in()
    school.grade()
    school.hand_in("bashir")
    school.grade()
    assert sender.send_one() and not sender.send_one()  # the second message is not tried where nobody is
    added(school, receiver.url)
    school.hand_in("bashir", "x = 3\n")
    school.grade()
    while sender.send_one():
        pass
    assert len(receiver.got) == 1
    school.clock.forward(61)
    assert sender.send_one()


def test_a_removed_address_is_told_nothing_more(school: Installation, receiver: Receiver, sender: Sender) -> None:
    added(school, receiver.url)
    school.hand_in()
    school.grade()
    path = re.search(r'action="(/courses/nn/webhooks/\w+/remove)"', school.client.get(PAGE).text)
    assert path
    post(school, path[1])
    assert not sender.send_one() and receiver.got == []
    assert "Add" in school.client.get(PAGE).text
    with school.context.database.reading() as tx:
        said = [(event.kind, event.detail["url"]) for event in tx.events.of_course(school.asked.course_id)]
    assert said == [("webhook.added", receiver.url), ("webhook.removed", receiver.url)]


@pytest.mark.parametrize("url", ["", "grade.example.org", "ftp://x.org/", "https://x.org/a b", "javascript:alert(1)"])
def test_what_is_no_address_is_refused(school: Installation, url: str) -> None:
    school.sign_in("ines")
    assert "Write the whole address" in post(school, PAGE, url=url)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://user:secret@hooks.example/x", "Leave the name and the password out"),
        ("https://user@hooks.example/x", "Leave the name and the password out"),
        ("https://[::1/x", "This is no address"),
        ("https://hooks.example:99999999/x", "This is no address"),
        ("https:///x", "Write the whole address"),
    ],
)
def test_what_could_not_be_sent_to_or_would_tell_a_password_is_refused(
    school: Installation, url: str, said: str
) -> None:
    school.sign_in("ines")
    assert said in post(school, PAGE, url=url)
    with school.context.database.reading() as tx:
        assert tx.webhooks.of_course(school.asked.course_id) == []


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/x", "https://[::1]/x", "https://10.1.2.3:8443/", "https://1.1.1.1/"]
)
def test_an_address_inside_is_refused_when_it_is_added(school: Installation, url: str) -> None:
    school.sign_in("ines")
    outside = "1.1.1.1" in url
    object.__setattr__(
        school.context, "settings", school.context.settings.model_copy(update={"private_platforms": False})
    )
    assert ("in a private network, where nothing is sent" in post(school, PAGE, url=url)) is not outside
    with school.context.database.reading() as tx:
        assert bool(tx.webhooks.of_course(school.asked.course_id)) is outside


def test_a_course_has_ten_at_most_and_students_none(school: Installation, receiver: Receiver) -> None:
    for number in range(10):
        added(school, f"{receiver.url}/{number}")
    assert "at most 10 webhooks" in post(school, PAGE, url=receiver.url)
    for person, status in (("ada", 403), ("asta", 403), ("eve", 404)):
        school.client.forget()
        school.sign_in(person)
        assert school.client.get(PAGE).status_code == status


def test_an_address_inside_is_not_reached(school: Installation, receiver: Receiver) -> None:
    from app.outgoing import Outgoing

    context = dataclasses.replace(school.context, outgoing=Outgoing(private=False))
    with context.database.transaction() as tx:
        tx.webhooks.add(school.asked.course_id, "https://127.0.0.1/x", SECRET, school.clock())
    school.hand_in()
    school.grade()
    assert Sender(context, threading.Event()).send_one()
    context.outgoing.close()
    school.sign_in("ines")
    assert "in a private network" in school.client.get(PAGE).text


def test_a_signature_holds_for_its_message_and_its_time_alone() -> None:
    sent = signature.headers(SECRET, "m-1", NOW, b"{}")
    assert signature.holds(SECRET, sent, NOW, b"{}")
    assert signature.holds(SECRET, {**sent, "webhook-signature": "v1,x " + sent["webhook-signature"]}, NOW, b"{}")
    assert not signature.holds(SECRET, sent, NOW, b"{ }")
    assert not signature.holds(signature.new_secret(), sent, NOW, b"{}")
    assert not signature.holds(SECRET, sent, NOW + timedelta(seconds=301), b"{}")
    assert not signature.holds(SECRET, {**sent, "webhook-id": "m-2"}, NOW, b"{}")
    assert not signature.holds(SECRET, {**sent, "webhook-timestamp": "soon"}, NOW, b"{}")
    assert not signature.holds(SECRET, {}, NOW, b"{}")


def test_the_signature_is_that_of_the_specification() -> None:
    moment = datetime.fromtimestamp(1614265330, UTC)
    body = b'{"test": 2432232314}'
    found = signature.headers(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", moment, body)
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_staff_decide_is_told_each_time_with_what_counts(
    school: Installation, receiver: Receiver, sender: Sender
) -> None:
    added(school, receiver.url)
    submission = school.hand_in()
    school.grade()
    path = f"/api/v1/submissions/{submission}/override"
    for points in (90, 95):
        school.clock.forward(1)
        body = {"points": points, "comment": "The formula was right."}
        school.client.request("PUT", path, json=body, headers=school.bearer("ines"))
    school.clock.forward(1)
    school.client.request("DELETE", path, headers=school.bearer("ines"))
    told = messages(receiver, sender)

    assert [kind for kind, _ in told] == ["grading.done", "override.set", "override.set", "override.withdrawn"]
    assert [score["given"] for _, score in told] == [82.0, 90.0, 95.0, 82.0]
    school.sign_in("ines")
    page = school.client.get("/courses/nn/webhooks").text
    for words, kind, times in (("graded", told[0][0], 1), ("decided by staff", "override.set", 2)):
        assert page.count(f"<td>{words}<br>") == page.count(f">{kind}</code>") == times
    assert "a decision taken back" in page


def test_every_message_has_words() -> None:
    assert set(WORDS) == {"grading.done", *get_args(Decision)}


def test_a_regrade_is_told_when_it_counts_and_when_it_no_longer_does(
    school: Installation, receiver: Receiver, sender: Sender
) -> None:
    added(school, receiver.url)
    school.hand_in()
    school.grade()
    regrades = f"/api/v1/courses/nn/assignments/{school.asked.slug}/regrades"
    one = school.client.post(regrades, headers=school.bearer("ines")).headers["location"]
    school.grade()
    assert [kind for kind, _ in messages(receiver, sender)] == ["grading.done"]
    for step in ("apply", "undo"):
        school.clock.forward(1)
        assert school.client.post(f"{one}/{step}", headers=school.bearer("ines")).status_code == 200

    assert [kind for kind, _ in messages(receiver, sender)] == ["grading.done", "regrade.applied", "regrade.undone"]


def messages(receiver: Receiver, sender: Sender) -> list[tuple[str, dict[str, float]]]:
    """Type and score of everything told so far, in the order it was owed."""
    while sender.send_one():
        pass
    bodies = sorted((json.loads(body) for _, body in receiver.got), key=lambda body: str(body["timestamp"]))
    return [(body["type"], body["data"]["score"]) for body in bodies]
