"""A campaign: students hand in, disasters strike, and at the end every 202 must have its one right grade."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from submissions.models import State
from submissions.schema.tables import events, gradings
from tests.chaos.armed import CLOCK
from tests.chaos.cast import Cast
from tests.chaos.client import Client, Sent
from tests.chaos.disasters import Stage, disasters_for
from tests.chaos.engines import EngineUnderTest, Store
from tests.chaos.gate import Gate
from tests.chaos.judgement import Found, Grade, fates, grades, judge
from tests.chaos.ledger import Ledger
from tests.service.course import Student, make_course
from tests.service.processes import Service
from tests.service.rows import rows
from tests.service.small_assignment import write_small_assignment
from tests.service.uploads import SOURCES, drawn

TICK_SECONDS = 0.1
LOOK_SECONDS = 0.01
"""Between looks of a disaster for something to strike: a grading of a small file is under way for a few of them."""

DECLINED_SECONDS = 2.0
"""In which a disaster finds nothing to strike, until there is one upload more."""

LEASE_SECONDS = 5.0
"""Short, and long enough for a heartbeat on a machine that is busy with much else."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much. seconds_between: of disasters, on average, with so many uploads let in at each.

    patience_seconds: for everything to end after the last upload was accepted. each_once: that no more uploads are let
    in once each disaster has struck.
    """

    uploads: int
    seed: int
    seconds_between: float
    clients: int = 3
    workers: int = 2
    students: int = 20
    uploads_each: int = 20
    patience_seconds: float = 600.0
    each_once: bool = False


@dataclass
class Outcome:
    """What happened. sent: uploads that were let in and have their 202; accepted: with those before the disasters.

    strikes: disasters by name, armed deaths by point. events: how often each was noted. fates: of what was lost.
    """

    sent: int
    accepted: int
    failed_tries: int
    replayed: int
    strikes: Counter[str]
    events: Counter[str]
    seconds: float
    found: Found
    fates: dict[str, str]
    right: dict[int, Grade] = field(default_factory=dict)


def run(data_dir: Path, engine: EngineUnderTest, plan: Plan) -> Outcome:
    """Run it in an empty folder. Raises AssertionError where a process ends by itself or the queue does not empty."""
    with engine(data_dir) as store:
        return _run(data_dir, store, plan)


def _run(data_dir: Path, store: Store, plan: Plan) -> Outcome:
    rng = Random(plan.seed)
    url, begun = store.url, time.monotonic()
    slug = write_small_assignment(data_dir)
    clock = data_dir / "clock"
    service = Service(
        data_dir,
        {
            "CHAINRULE_DATABASE_URL": url,
            "CHAINRULE_ASSIGNMENTS": str(data_dir),
            "CHAINRULE_EMBEDDED_WORKER": "false",
            "CHAINRULE_WORKER_LEASE_SECONDS": str(LEASE_SECONDS),
            CLOCK: str(clock),
        },
        module="tests.chaos.armed",
    )
    students = make_course(url, "chaos", slug, plan.students)
    cast, ledger = Cast(service, store, plan.workers), Ledger(data_dir / "accepted")
    stage = Stage(cast, clock, LEASE_SECONDS, rng)
    try:
        cast.begin()
        right = _undisturbed(url, cast, students, ledger, plan)
        sent, strikes = _disturbed(url, stage, students, ledger, plan)
        found = judge(url, ledger.read(), right)
        return Outcome(
            sent=len(sent),
            accepted=len(ledger.read()),
            failed_tries=sum(one.failed for one in sent),
            replayed=sum(one.replayed for one in sent),
            strikes=strikes + cast.deaths,
            events=_noted(url),
            seconds=time.monotonic() - begun,
            found=found,
            fates=fates(url, found.lost),
            right=right,
        )
    finally:
        stage.calm()
        service.close()


def _undisturbed(url: str, cast: Cast, students: list[Student], ledger: Ledger, plan: Plan) -> dict[int, Grade]:
    """The grade of every file while nothing happens to anybody."""
    end = time.monotonic() + plan.patience_seconds
    client = Client(cast.server.address, students, ledger, Random(0), lambda: time.monotonic() > end)
    try:
        for file in range(len(SOURCES)):
            client.hand_in(f"undisturbed-{file}", file)
    finally:
        client.close()
    while _open(url):
        assert time.monotonic() < end, "the undisturbed gradings do not end"
        time.sleep(TICK_SECONDS)
    held, accepted = grades(url), ledger.read()
    assert {one.submission for one in accepted} <= set(held), "not even undisturbed has everything a grade"
    return {one.file: held[one.submission] for one in accepted}


def _disturbed(
    url: str, stage: Stage, students: list[Student], ledger: Ledger, plan: Plan
) -> tuple[list[Sent], Counter[str]]:
    cast, strikes = stage.cast, Counter[str]()
    gate, over = Gate(), threading.Event()
    order, files = _order(stage), [drawn(stage.rng) for _ in range(plan.uploads)]
    end = time.monotonic() + plan.patience_seconds + 10 * plan.seconds_between * plan.uploads / plan.uploads_each
    address = cast.server.address

    def hand_in(share: int) -> list[Sent]:
        client = Client(address, students, ledger, Random(plan.seed + share), over.is_set)
        sent = []
        try:
            for number in range(share, plan.uploads, plan.clients):
                if not gate.wait():
                    break
                sent.append(client.hand_in(f"upload-{number}", files[number]))
                gate.accepted()
        finally:
            client.close()
        return sent

    with ThreadPoolExecutor(plan.clients) as pool:
        shares = [pool.submit(hand_in, share) for share in range(plan.clients)]
        try:
            _strike(stage, shares, order, strikes, gate, plan, end)
        finally:
            stage.calm()
            over.set()
            gate.let_in(plan.uploads)
        sent = [one for share in shares for one in share.result()]
    end = time.monotonic() + plan.patience_seconds
    while _open(url):
        cast.revive(stage.rng)
        assert time.monotonic() < end, f"{_open(url)} gradings are still open"
        time.sleep(TICK_SECONDS)
    return sent, strikes


def _strike(
    stage: Stage,
    shares: list["Future[list[Sent]]"],
    order: Iterator[str],
    strikes: Counter[str],
    gate: Gate,
    plan: Plan,
    end: float,
) -> None:
    """Let disasters happen until every client is done; one that is declined is tried again a moment later.

    One that waits for something to be under way finds nothing where all has been graded: then an upload is let in
    ahead of those that the disaster lets in.
    """
    gate.let_in(plan.uploads_each)
    ahead = 0
    disasters = disasters_for(stage.cast.store)
    name, due = next(order), time.monotonic() + stage.rng.expovariate(1 / plan.seconds_between)
    declined = due
    while not all(share.done() for share in shares):
        assert time.monotonic() < end, "the uploads are not accepted in time"
        stage.cast.revive(stage.rng)
        if time.monotonic() < due:
            time.sleep(TICK_SECONDS)
        elif disasters[name](stage):
            strikes[name] += 1
            if plan.each_once and disasters.keys() <= strikes.keys():
                gate.close()
            gate.let_in(max(1, plan.uploads_each - ahead))
            ahead = 0
            name, due = next(order), time.monotonic() + stage.rng.expovariate(1 / plan.seconds_between)
            declined = due
        else:
            if gate.clear() and time.monotonic() > declined + DECLINED_SECONDS:
                gate.let_in(1)
                ahead, declined = ahead + 1, time.monotonic()
            time.sleep(LOOK_SECONDS)


def _order(stage: Stage) -> Iterator[str]:
    """Every disaster once, then every one again in another order, and so on."""
    names = sorted(disasters_for(stage.cast.store))
    while True:
        yield from stage.rng.sample(names, len(names))


def _open(url: str) -> int:
    """Gradings that have not ended."""
    waiting = select(func.count()).where(gradings.c.state.in_((State.QUEUED.value, State.RUNNING.value)))
    ((count,),) = rows(url, waiting)
    return int(count)


def _noted(url: str) -> Counter[str]:
    return Counter(row.kind for row in rows(url, select(events.c.kind).where(events.c.kind.like("grading.%"))))
