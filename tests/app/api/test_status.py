"""Waiting for a grading: a long poll that ends early, a stream that tells what ended, and no more of them than fit."""

import contextlib
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.api import status, waits
from app.api.waits import MOST_OPEN, Waits
from app.errors import NotAllowed, TooManyRequests
from app.security.tokens import Scope
from app.serving import looking_again
from app.serving.awaited_ending import AwaitedEnding
from app.serving.event_streams import EventStream


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second is a long time for a test."""
    monkeypatch.setattr(status, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(status, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr(looking_again, "QUICKEST_SECONDS", 0.0)


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, without what only keeps the connection alive."""
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_a_wait_ends_with_the_grading(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    submission, headers = school.hand_in(), school.bearer("ada")
    reads, read = [], status._standing

    def graded_at_the_third(*more: Any) -> Any:
        reads.append(1)
        if len(reads) == 3:
            school.grade()
        return read(*more)

    monkeypatch.setattr(status, "_standing", graded_at_the_third)
    answer = school.client.get(f"/api/v1/submissions/{submission}?wait=30", headers=headers)

    assert (answer.json()["state"], len(reads)) == ("done", 3)


def test_a_wait_ends_at_once_when_the_grading_does(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks again within the wait, but the worker that commits the grading says so; a stream learns it too."""
    monkeypatch.setattr(status, "PAUSE_SECONDS", 100.0)
    for more in ("?wait=30", "/events"):
        submission, headers = school.hand_in(), school.bearer("ada")
        worker = threading.Timer(0.2, school.grade)
        worker.start()
        answer = school.client.get(f"/api/v1/submissions/{submission}{more}", headers=headers)
        worker.join()

        assert '"state": "done"' in answer.text.replace('":"', '": "')


def test_a_token_that_sees_nothing_is_used_all_the_same(school: Any) -> None:
    headers = school.bearer("ada")
    school.clock.now += timedelta(hours=1)

    assert school.client.get("/api/v1/submissions/nothing", headers=headers).status_code == 404
    with school.context.database.reading() as tx:
        used = [token.last_used_at for token in tx.accounts.tokens(school.people["ada"].id)]
    assert used == [school.clock()]


def test_who_waits_far_back_is_told_when_to_ask_again(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path, headers = f"/api/v1/submissions/{school.hand_in()}", school.bearer("ada")
    near = school.client.get(path, headers=headers)
    monkeypatch.setattr(looking_again, "QUICKEST_SECONDS", 5.0 * school.context.settings.worker_slots)
    far = school.client.get(path, headers=headers)
    known = school.client.get(path, headers={**headers, "If-None-Match": far.headers["etag"]})
    school.grade()
    done = school.client.get(path, headers=headers)

    assert [each.headers.get("retry-after") for each in (near, far, known, done)] == [None, "2", "2", None]


def test_a_wait_far_back_looks_seldom(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_again, "QUICKEST_SECONDS", 5.0 * school.context.settings.worker_slots)
    pauses: list[float] = []

    async def asleep(_ending: AwaitedEnding, seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(AwaitedEnding, "rest", asleep)
    school.client.get(f"/api/v1/submissions/{school.hand_in()}?wait=5", headers=school.bearer("ada"))

    assert pauses == [2.0, 0.5, 2.0, 0.5]


def test_a_wait_has_an_end_and_a_known_answer_is_not_sent_again(school: Any) -> None:
    submission, headers = school.hand_in(), school.bearer("ada")
    path = f"/api/v1/submissions/{submission}"
    first = school.client.get(f"{path}?wait=1", headers=headers)
    again = school.client.get(f"{path}?wait=1", headers={**headers, "If-None-Match": first.headers["etag"]})

    assert first.json()["state"] == "queued"
    assert again.status_code == 304
    school.grade()
    news = school.client.get(f"{path}?wait=1", headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (news.status_code, news.json()["state"]) == (200, "done")
    assert school.client.get(f"{path}?wait=31", headers=headers).status_code == 422


def test_a_stream_tells_parts_and_ends_with_the_grading(school: Any) -> None:
    submission, headers = school.hand_in(), school.bearer("ada")
    with school.context.database.transaction() as tx:
        grading = tx.gradings.current(submission)
        tx.events.add("grading.part", school.clock(), grading_id=grading.id, detail={"part": "relu", "given": 8.0})
        tx.events.add("grading.retried", school.clock(), grading_id=grading.id, detail={"error": "of ours"})
    school.grade()
    stream = school.client.get(f"/api/v1/submissions/{submission}/events", headers=headers)

    assert stream.headers["content-type"].startswith("text/event-stream")
    assert [kind for kind, _ in events(stream.text)] == ["progress", "status"]
    assert events(stream.text)[0][1] == {"part": "relu", "given": 8.0}
    assert events(stream.text)[1][1]["state"] == "done"
    assert "of ours" not in stream.text

    last = stream.text.partition("id: ")[2].partition("\n")[0]
    rest = school.client.get(f"/api/v1/submissions/{submission}/events", headers={**headers, "Last-Event-ID": last})
    assert [kind for kind, _ in events(rest.text)] == ["status"]


def test_a_stream_of_what_is_never_graded_ends(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "LONGEST_STREAM_SECONDS", 0.05)
    stream = school.client.get(f"/api/v1/submissions/{school.hand_in()}/events", headers=school.bearer("ada"))

    assert [kind for kind, _ in events(stream.text)] == ["status"]
    assert ": still here" in stream.text


def test_a_place_is_free_again_after_each_stream(school: Any) -> None:
    submission = school.hand_in()
    school.grade()
    for _ in range(MOST_OPEN + 1):
        path = f"/api/v1/submissions/{submission}/events"
        assert school.client.get(path, headers=school.bearer("ada")).status_code == 200


def test_one_wait_too_many_is_refused(school: Any) -> None:
    open_waits: Waits = school.client.app.state.waits
    submission = school.hand_in()
    path = f"/api/v1/submissions/{submission}"
    with contextlib.ExitStack() as stack:
        for _ in range(MOST_OPEN):
            stack.callback(open_waits.take(school.people["ada"].id))
        answers = [
            school.client.get(f"{path}{more}", headers=school.bearer("ada", *scopes))
            for more in ("/events", "?wait=1")
            for scopes in ((), (Scope.SUBMISSIONS_READ,))  # another token of hers waits with the first
        ]
        assert school.client.get(path, headers=school.bearer("ada")).status_code == 200

    assert [answer.status_code for answer in answers] == [429] * 4
    assert answers[0].headers["retry-after"] == "1"
    assert school.client.get(f"{path}?wait=1", headers=school.bearer("ada")).status_code == 200
    assert waits.LONGEST_WAIT_SECONDS < 60  # proxies cut a connection that is silent for a minute


def test_all_together_have_so_many_places() -> None:
    room = Waits(in_all=2)
    leave = room.take("ada")
    room.take("bashir")

    with pytest.raises(TooManyRequests):
        room.take("eve")
    leave()
    room.take("eve")
    assert room.open == 2


def test_a_place_is_taken_before_the_stream_begins(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    open_waits: Waits = school.client.app.state.waits
    taken: list[int] = []

    class Noting(EventStream):
        """Notes how many places are taken when the answer begins."""

        async def __call__(self, *more: Any) -> None:
            taken.append(open_waits.open)
            await super().__call__(*more)

    monkeypatch.setattr(status, "EventStream", Noting)
    submission = school.hand_in()
    school.grade()
    stream = school.client.get(f"/api/v1/submissions/{submission}/events", headers=school.bearer("ada"))

    assert (taken, open_waits.open, stream.headers["cache-control"]) == ([1], 0, "no-store")


def test_what_is_known_is_read_as_every_answer_reads_it(school: Any) -> None:
    path, headers = f"/api/v1/submissions/{school.hand_in()}?wait=1", school.bearer("ada")
    tag = school.client.get(path.partition("?")[0], headers=headers).headers["etag"]
    reads, read = [], status._standing

    def counted(*more: Any) -> Any:
        reads.append(1)
        return read(*more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(status, "_standing", counted)
        counts = {}
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*", f'"x{tag[1:]}'):
            reads.clear()
            status_code = school.client.get(path, headers={**headers, "If-None-Match": known}).status_code
            counts[known] = (status_code, len(reads) > 1)

    assert list(counts.values()) == [(304, True)] * 4 + [(200, False)]  # waited, but for the tag of another answer


def test_a_stream_ends_for_who_may_no_longer_see_it(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    submission, read = school.hand_in(), status._standing
    reads: list[int] = []

    def taken_out(*more: Any) -> Any:
        reads.append(1)
        if len(reads) == 3:  # the one before the stream, the first of it
            with school.context.database.transaction() as tx:
                tx.courses.unenroll(school.asked.course_id, school.people["ada"].id)
        return read(*more)

    monkeypatch.setattr(status, "_standing", taken_out)
    stream = school.client.get(f"/api/v1/submissions/{submission}/events", headers=school.bearer("ada"))

    assert [kind for kind, _ in events(stream.text)] == ["status"]


def test_a_stream_ends_for_a_token_that_may_no_longer_follow_it(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    submission, read = school.hand_in(), status._standing
    reads: list[int] = []

    def refused(*more: Any) -> Any:
        reads.append(1)
        if len(reads) == 3:  # the one before the stream, the first of it
            raise NotAllowed("This needs an API token with another scope.")
        return read(*more)

    monkeypatch.setattr(status, "_standing", refused)
    stream = school.client.get(f"/api/v1/submissions/{submission}/events", headers=school.bearer("ada"))

    assert [kind for kind, _ in events(stream.text)] == ["status"]


def test_nothing_of_the_database_is_held_while_somebody_waits(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    submission, headers = school.hand_in(), school.bearer("ada")
    database, open_now, while_asleep = school.context.database, [0], []
    read = database.reading

    @contextlib.contextmanager
    def counted() -> Iterator[Any]:
        with read() as tx:
            open_now[0] += 1
            yield tx
            open_now[0] -= 1

    async def asleep(_ending: AwaitedEnding, _seconds: float) -> None:
        while_asleep.append(open_now[0])

    monkeypatch.setattr(database, "reading", counted)
    monkeypatch.setattr(AwaitedEnding, "rest", asleep)
    monkeypatch.setattr(status, "LONGEST_STREAM_SECONDS", 0.03)
    for more in ("?wait=1", "/events"):
        school.client.get(f"/api/v1/submissions/{submission}{more}", headers=headers)

    assert len(while_asleep) > 50
    assert set(while_asleep) == {0}


def test_a_server_that_stops_waits_for_nobody_who_waits(school: Any) -> None:
    submission, headers = school.hand_in(), school.bearer("ada")
    school.context.event_streams.close()
    wait = school.client.get(f"/api/v1/submissions/{submission}?wait=30", headers=headers)
    stream = school.client.get(f"/api/v1/submissions/{submission}/events", headers=headers)

    assert wait.json()["state"] == "queued"
    assert [kind for kind, _ in events(stream.text)] == ["status"]
    assert "still here" not in stream.text
