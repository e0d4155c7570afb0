"""What the service's processes hold while 10,000 submissions go through it: flat, or growing with each?

Files are right and wrong, as in a rush, and none hangs. Uploads come as fast as they are graded, so that a few always
wait. Looked at after every tenth of them; what was held after two tenths, with every cache filled, is what the end is
compared with.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

import httpx

from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark
from tests.benchmarks.idle import SLOTS
from tests.benchmarks.site import site
from tests.service.course import Student
from tests.service.model_files import model_files
from tests.service.upload_to_report import ended, handed_in

MODEL = "hw2-softmax"
SUBMISSIONS = 10_000
STUDENTS = 300
LOOKS = 10
WAITING = 20
"""Submissions that may wait: more than are graded at a time, so that no slot is ever idle."""

WARM = 2
"""Tenths after which everything has been used once."""

PATIENCE_SECONDS = 120.0
MOST_GROWTH = 1.1


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Hand in, wait for the oldest, and look now and then."""
    count = max(LOOKS, int(effort.scale * SUBMISSIONS))
    kinds = model_files(MODEL)
    files = [*kinds["good"], *kinds["bad"]]
    seen: list[Mapping[str, float]] = []
    with site({"course": (MODEL, STUDENTS)}, SLOTS) as busy, busy.client() as client:
        waiting: deque[tuple[int, str]] = deque()
        for number in range(count):
            source = f"{files[number % len(files)]}\n# {number}\n".encode()
            waiting.append((number, handed_in(client, busy.students["course"][number % STUDENTS], source)))
            if len(waiting) > WAITING:
                _graded(client, busy.students["course"], *waiting.popleft())
            if (number + 1) % (count // LOOKS) == 0:
                seen.append(busy.memory())
        while waiting:
            _graded(client, busy.students["course"], *waiting.popleft())
    yield Remark(f"memory: {count} submissions of {MODEL}, {SLOTS} slots")
    for role in sorted(seen[-1]):
        held = [look.get(role, 0.0) for look in seen]
        yield Remark(f"memory.{role}: " + " ".join(f"{size:.0f}" for size in held) + " MiB")
        yield Figure(f"memory.{role}.growth", growth(held), "times", at_most=MOST_GROWTH)


def growth(held: list[float]) -> float:
    """The middle of the last three looks over the one after WARM tenths, with its neighbours: one look is chance."""
    early, late = sorted(held[WARM - 1 : WARM + 2]), sorted(held[-3:])
    return late[1] / early[1]


def _graded(client: httpx.Client, students: Sequence[Student], number: int, place: str) -> None:
    said = ended(client, students[number % STUDENTS], place, PATIENCE_SECONDS)
    assert said["state"] == "done", said


MEMORY = Benchmark("memory", "what the service's processes hold while 10,000 submissions go through it", run)
