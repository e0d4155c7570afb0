"""A client waits for what ends, says what does not, and takes no refusal for a result."""

import httpx
import pytest

from tests.service.course import Student
from tests.service.upload_to_report import ENDED, HELD_BACK, ended, upload_to_report

ADA = Student("/in", {})


def client(*states: str, refused: int = 202, looked: int = 200) -> httpx.Client:
    """Of a service that says these states, one a look and the last one again and again."""
    left = list(states)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(refused, headers={"Location": "/out"}, json={"id": "one"})
        state = left.pop(0) if len(left) > 1 else left[0]
        return httpx.Response(looked, json={"state": state} if looked == 200 else {"detail": "not now"})

    return httpx.Client(transport=httpx.MockTransport(answer), base_url="http://127.0.0.1")


@pytest.mark.parametrize("state", sorted(ENDED))
def test_it_looks_until_the_grading_has_ended(state: str) -> None:
    with client("queued", "running", state) as http:
        seen = upload_to_report(http, ADA, b"x = 1")

    assert seen.said == {"state": state}
    assert 0.0 < seen.upload_ms <= seen.report_ms


def test_an_answer_may_be_asked_for_that_is_held_back() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(202, headers={"Location": "/out"}, json={"state": "done"})

    with httpx.Client(transport=httpx.MockTransport(answer), base_url="http://127.0.0.1") as http:
        upload_to_report(http, ADA, b"x = 1", look=HELD_BACK)

    assert asked == ["http://127.0.0.1/in", "http://127.0.0.1/out?wait=30"]


def test_what_does_not_end_is_an_error() -> None:
    with client("queued") as http, pytest.raises(TimeoutError, match="grading of /out: nothing after 0 s"):
        upload_to_report(http, ADA, b"x = 1", seconds=0.0)


def test_a_refusal_is_no_result() -> None:
    with client("done", refused=429) as http, pytest.raises(httpx.HTTPStatusError):
        upload_to_report(http, ADA, b"x = 1")
    with client("done", looked=503) as http, pytest.raises(httpx.HTTPStatusError):
        ended(http, ADA, "/out", seconds=60.0)
