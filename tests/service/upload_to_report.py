"""An upload, and looks until its grading has ended: what a program sees of the service."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from submissions.models import State
from tests.service.course import Student
from tests.service.deadline import deadline

LOOK_SECONDS = 0.005
HELD_BACK = "?wait=30"
"""Asks for an answer that comes with the end of the grading, as the description of the API advises."""

PATIENCE_SECONDS = 600.0  # for one report; only a service that hangs needs more
ENDED = frozenset(state.value for state in State if state.is_final)


@dataclass(frozen=True, slots=True)
class Reported:
    """Milliseconds until the upload was accepted and until its grading was seen to have ended; what is said then."""

    upload_ms: float
    report_ms: float
    said: Mapping[str, Any]


def upload_to_report(
    client: httpx.Client, student: Student, source: bytes, seconds: float = PATIENCE_SECONDS, look: str = ""
) -> Reported:
    """Hand in and look until there is a result. Raises what `handed_in` and `ended` raise.

    look: what is added to the address that is looked at, such as HELD_BACK.
    """
    begun = time.perf_counter()
    where = handed_in(client, student, source) + look
    accepted = time.perf_counter()
    said = ended(client, student, where, seconds)
    return Reported(1000 * (accepted - begun), 1000 * (time.perf_counter() - begun), said)


def handed_in(client: httpx.Client, student: Student, source: bytes) -> str:
    """Where an accepted upload is looked at. Raises httpx.HTTPStatusError where it is not accepted."""
    answer = client.post(student.path, headers=student.headers, files={"file": ("student.py", source)})
    return str(answer.raise_for_status().headers["Location"])


def ended(
    client: httpx.Client, student: Student, where: str, seconds: float, pause: float = LOOK_SECONDS
) -> Mapping[str, Any]:
    """What is said of a submission once its grading has ended, looked at every `pause` seconds.

    Raises TimeoutError where it does not end in time, httpx.HTTPStatusError where a look is refused.
    """
    patience = deadline(f"the grading of {where}", seconds)
    while not has_ended(answer := client.get(where, headers=student.headers)):
        patience.hold()
        time.sleep(pause)
    said: Mapping[str, Any] = answer.json()
    return said


def has_ended(answer: httpx.Response) -> bool:
    """Whether a look says that the grading has ended. Raises httpx.HTTPStatusError where it was refused."""
    return answer.raise_for_status().json()["state"] in ENDED
