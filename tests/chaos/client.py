"""Students who hand in, do not give up, and write down every 202."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import httpx

from tests.chaos.ledger import Accepted, Ledger
from tests.service.course import Student
from tests.service.uploads import SOURCES

PATIENT_SECONDS = 30.0
IMPATIENT_SECONDS = 0.02
AGAIN_SECONDS = 0.2
"""How long a client waits for an answer, one that loses its connection on purpose, and before it tries again."""

IMPATIENT = 0.1
TWICE = 0.1
"""Shares of the uploads whose first answer is not waited for, and that are sent again after their 202."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What happened to one upload: tries that came to nothing, and whether an earlier answer came again."""

    failed: int
    replayed: bool


class Client:
    """One connection's worth of students. over: whether an upload that is not accepted yet is to end as an error."""

    def __init__(
        self, address: str, students: Sequence[Student], ledger: Ledger, rng: Random, over: Callable[[], bool]
    ) -> None:
        self._students = students
        self._ledger = ledger
        self._rng = rng
        self._over = over
        self._http = httpx.Client(base_url=address, timeout=PATIENT_SECONDS)

    def hand_in(self, key: str, file: int) -> Sent:
        """Send one upload under one key until it is accepted. Raises AssertionError for an answer that is no fault."""
        student = self._rng.choice(self._students)
        impatient, twice = self._rng.random() < IMPATIENT, self._rng.random() < TWICE
        failed, replayed, accepted = 0, False, ""
        while not accepted or twice:
            assert not self._over(), f"{key} was not accepted in time"
            answer = self._post(student, key, file, IMPATIENT_SECONDS if impatient else PATIENT_SECONDS)
            impatient = False
            if answer is None:
                failed += 1
                time.sleep(AGAIN_SECONDS)
                continue
            submission = answer.json()["id"]
            replayed = replayed or "Idempotent-Replayed" in answer.headers
            if accepted:
                assert submission == accepted, f"{key} was accepted as {accepted} and as {submission}"
                twice = False
            else:
                self._ledger.write(Accepted(key, submission, file))
            accepted = submission
        return Sent(failed, replayed)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _post(self, student: Student, key: str, file: int, seconds: float) -> httpx.Response | None:
        """The 202, or None where the server is gone or says that it is its own fault."""
        upload = {"file": ("student.py", SOURCES[file].encode())}
        try:
            answer = self._http.post(
                student.path, files=upload, headers={**student.headers, "Idempotency-Key": key}, timeout=seconds
            )
        except httpx.TransportError:
            return None
        if answer.status_code >= 500:
            return None
        assert answer.status_code == 202, f"{answer.status_code}: {answer.text}"
        return answer
