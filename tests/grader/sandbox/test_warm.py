"""Warm sessions: each from a fresh process, whatever happens to the zygote that forked it."""

import gc
import os
import select
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Returned, Session, Stopped, warm
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.launch import launcher
from grader.sandbox.process import Process
from grader.sandbox.warm import WarmLauncher
from grader.sandbox.zygote import Zygote, ZygoteGone
from grader.upload import SourceFile, Upload
from reference.spec import Limits
from tests.fakes.descriptors import left_open

SOURCE = """
import gc, math, os, random, resource, sys
import numpy as np

count = 0

def number(): return os.getpid()
def parent(): return os.getppid()
def draw(): return [float(np.random.default_rng().random()), random.SystemRandom().random()]
def state(): return [float(np.random.random()), random.random()]
def limits(): return [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_CPU, resource.RLIMIT_DATA)]
def spin():
    while True: pass

def spoil():
    global count
    count += 1
    np.exp = np.log
    np.random.seed(5)
    np.set_printoptions(precision=1)
    sys.modules["math"] = None
    sys.path.append("/left")
    np.left = gc.left = True
    return seen()

def seen():
    marks = [hasattr(np, "left"), hasattr(gc, "left"), "/left" in sys.path, sys.modules.get("math") is None]
    return [count, float(np.exp(0.0)), np.get_printoptions()["precision"], *marks]
"""
UPLOAD = Upload((SourceFile("work.py", SOURCE),))
CALM_LOOKS = 5  # in a row: one that is being killed looks alive for a moment, while the next is not there yet
CLEAN = [0, 1.0, 8, False, False, False, False]


@pytest.fixture
def launch() -> Iterator[WarmLauncher]:
    with closing(WarmLauncher(launcher("all"), crowded=lambda: False)) as launch:
        yield launch


@pytest.fixture
def warmed(launch: WarmLauncher) -> ContainerSandbox:
    return ContainerSandbox(launch=launch)


def ask(session: Session, function: str) -> object:
    (reply,) = session.run([Call(function)])
    assert isinstance(reply, Returned), reply
    return reply.value


def answer(sandbox: ContainerSandbox, function: str, limits: Limits | None = None) -> object:
    with sandbox.open(UPLOAD, limits or Limits()) as session:
        return ask(session, function)


def number(launch: WarmLauncher) -> int:
    assert launch.zygote is not None
    return launch.zygote


@contextmanager
def ended(process: int) -> Iterator[None]:
    """That a process, a zombie or not, is gone soon after the block. It must be alive before."""
    descriptor = os.pidfd_open(process)
    try:
        yield
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        assert poll.poll(10_000), f"{process} lives on"
    finally:
        os.close(descriptor)


def children(process: int) -> set[int]:
    return {int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()}


def descriptors(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def settled(process: int, count: int) -> set[int]:
    """The children of a zygote once there are `count`, and it holds nothing but what they need.

    That is its three standard streams, the socket, the rules, and two descriptors a child; none is a zombie. It forks,
    buries and closes in its own time.
    """
    seen: list[set[int]] = []
    for _ in range(1_000):
        found = children(process)
        calm = len(found) == count and descriptors(process) == 5 + 2 * count and not any(map(zombie, found))
        seen = [*seen, found] if calm and found in (seen or [found]) else []
        if len(seen) == CALM_LOOKS:
            break
        time.sleep(0.01)
    assert len(seen) == CALM_LOOKS, (found, descriptors(process), list(map(zombie, found)))
    return found


def zombie(process: int) -> bool:
    """Whether it has ended and nobody took its status."""
    try:
        return " Z " in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):  # it was buried while we looked
        return False


def test_what_one_session_spoils_is_whole_in_the_next(warmed: ContainerSandbox) -> None:
    """Also in a spare that was forked before it, and in one forked after."""
    with warmed.open(UPLOAD, Limits()) as session:
        assert ask(session, "spoil") != CLEAN
        beside = answer(warmed, "seen")

    assert beside == CLEAN
    assert [answer(warmed, "seen") for _ in range(4)] == [CLEAN] * 4


def test_randomness_is_the_same_where_seeded_and_differs_where_not(warmed: ContainerSandbox) -> None:
    seeded = [answer(warmed, "state") for _ in range(3)]
    drawn = [answer(warmed, "draw") for _ in range(3)]

    assert seeded[0] == seeded[1] == seeded[2]
    assert len({value for pair in drawn if isinstance(pair, list) for value in pair}) == 6


def test_a_spare_serves_once(warmed: ContainerSandbox, launch: WarmLauncher) -> None:
    numbers = [answer(warmed, "number") for _ in range(8)]
    parents = {answer(warmed, "parent") for _ in range(3)}

    assert len(set(numbers)) == 8
    assert parents == {launch.zygote}


def test_limits_of_two_assignments_do_not_mix(warmed: ContainerSandbox) -> None:
    one, other = Limits(cpu_seconds=7, memory_mib=300), Limits(cpu_seconds=9, memory_mib=700)

    for limits in (one, other, other, one, one, one, other):
        assert answer(warmed, "limits", limits) == [limits.cpu_seconds, limits.memory_mib << 20]


def test_the_zygote_has_one_thread_and_keeps_spares(warmed: ContainerSandbox, launch: WarmLauncher) -> None:
    answer(warmed, "number")
    zygote = number(launch)

    assert len(list(Path(f"/proc/{zygote}/task").iterdir())) == 1
    settled(zygote, warm.AHEAD)


def test_spares_wait_until_the_machine_has_time(launch: WarmLauncher, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are made without being asked for once it has, and a session meanwhile has its process on demand."""
    crowd = threading.Event()
    monkeypatch.setattr(launch, "_crowded", lambda: not crowd.is_set())
    monkeypatch.setattr(warm, "LATER_SECONDS", 0.01)
    sandbox = ContainerSandbox(launch=launch)
    answer(sandbox, "number")
    answer(sandbox, "number")
    assert launch.spares == 0

    crowd.set()
    settled(number(launch), warm.AHEAD)
    assert launch.spares == warm.AHEAD


def test_a_closed_sandbox_makes_no_spares_later(launch: WarmLauncher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_crowded", lambda: True)
    answer(ContainerSandbox(launch=launch), "number")
    later = launch._later
    assert later is not None

    launch.close()
    later.join(10.0)
    assert (later.is_alive(), launch.zygote, launch.spares) == (False, None, 0)


def test_a_zygote_killed_between_sessions_is_replaced(warmed: ContainerSandbox, launch: WarmLauncher) -> None:
    answer(warmed, "number")
    first = number(launch)
    with ended(first):
        os.kill(first, signal.SIGKILL)

    assert isinstance(answer(warmed, "number"), int)
    assert number(launch) != first


def test_a_zygote_killed_during_a_session_is_our_fault(warmed: ContainerSandbox, launch: WarmLauncher) -> None:
    """Never the student's; the next session is served."""
    with warmed.open(UPLOAD, Limits()) as session:
        process = ask(session, "number")
        assert isinstance(process, int)
        with ended(process):
            os.kill(number(launch), signal.SIGKILL)
        with pytest.raises(SandboxBroken):
            session.run([Call("number")])

    assert answer(warmed, "seen") == CLEAN


def test_a_zygote_killed_while_a_file_loads_costs_nothing(launch: WarmLauncher) -> None:
    """The submission is loaded again in a fresh process."""
    handed: list[Process] = []

    def unlucky(limits: Limits) -> Process:
        process = launch(limits)
        if not handed:
            os.kill(number(launch), signal.SIGKILL)
            assert process.ends_soon()
        handed.append(process)
        return process

    with ContainerSandbox(launch=unlucky).open(UPLOAD, Limits()) as session:
        assert isinstance(session.loaded, Loaded)
        assert ask(session, "seen") == CLEAN
    assert len(handed) == 2


def test_a_dead_spare_is_passed_over(warmed: ContainerSandbox, launch: WarmLauncher) -> None:
    answer(warmed, "number")
    for spare in settled(number(launch), warm.AHEAD):
        with ended(spare):
            os.kill(spare, signal.SIGKILL)

    assert answer(warmed, "seen") == CLEAN


def test_close_ends_zygote_spares_and_sessions(warmed: ContainerSandbox, launch: WarmLauncher) -> None:
    answer(warmed, "number")
    with warmed.open(UPLOAD, Limits()) as session:
        assert isinstance(session.loaded, Loaded)  # until then it would be tried again
        zygote = number(launch)
        every = settled(zygote, warm.AHEAD)  # this session's, and those that wait
        warmed.close()
        warmed.close()

        assert launch.zygote is None
        assert not [each for each in (zygote, *every) if Path(f"/proc/{each}").exists()]
        with pytest.raises(SandboxBroken):
            session.run([Call("number")])
    assert answer(warmed, "seen") == CLEAN  # a closed sandbox starts anew when it is asked


def test_a_forgotten_sandbox_ends_its_zygote() -> None:
    def act() -> None:
        launch = WarmLauncher(launcher("all"))
        launch(Limits()).close()
        with ended(number(launch)):
            del launch
            gc.collect()

    assert left_open(act) == 0


def test_no_descriptor_and_no_zombie_stays(warmed: ContainerSandbox, launch: WarmLauncher) -> None:
    """Neither here nor in the zygote, after every kind of end and with spares that were never used."""
    other = Limits(cpu_seconds=3)
    answer(warmed, "number")
    zygote = number(launch)
    settled(zygote, warm.AHEAD)

    def act() -> None:
        for limits in (Limits(), other, Limits(), other, Limits()):
            answer(warmed, "number", limits)
            with warmed.open(UPLOAD, limits) as session:
                session.run([Call("spin", wall_seconds=0.02)])
        settled(zygote, warm.AHEAD)

    assert left_open(act) <= 5 * warm.AHEAD  # a spare whose answer has come holds five


@pytest.mark.parametrize("worn", ["orders", "time"])
def test_a_worn_zygote_is_replaced(worn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its open session goes on, and it ends when that one does."""
    now = [0.0]
    with closing(WarmLauncher(launcher("all"), clock=lambda: now[0])) as launch:
        sandbox = ContainerSandbox(launch=launch)
        opening = sandbox.open(UPLOAD, Limits())
        session = opening.__enter__()
        old = number(launch)
        if worn == "time":
            now[0] = warm.MOST_SECONDS
        else:
            monkeypatch.setattr(warm, "MOST_ORDERS", 1)
        with ended(old):
            assert answer(sandbox, "parent") == number(launch) != old
            assert ask(session, "parent") == old
            opening.__exit__(None, None, None)


def test_a_session_outlives_the_thread_that_opened_it(warmed: ContainerSandbox) -> None:
    entered: list[Session] = []
    opening = warmed.open(UPLOAD, Limits())
    thread = threading.Thread(target=lambda: entered.append(opening.__enter__()))
    thread.start()
    thread.join()

    assert ask(entered[0], "seen") == CLEAN
    opening.__exit__(None, None, None)


def test_without_a_zygote_processes_start_cold() -> None:
    """The same walls; it is tried twice and not again."""
    tries = []

    def none() -> Zygote:
        tries.append(1)
        raise ZygoteGone("not here")

    with closing(WarmLauncher(launcher("all"), start=none)) as launch:
        sandbox = ContainerSandbox(launch=launch)

        assert [answer(sandbox, "parent") for _ in range(2)] == [os.getpid()] * 2
    assert len(tries) == 2


def test_many_threads_open_sessions_at_once(warmed: ContainerSandbox) -> None:
    found: list[object] = []

    def work() -> None:
        for _ in range(4):
            found.append(answer(warmed, "number"))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == len(set(found)) == 24


def test_an_end_is_the_evidence_of_the_kernel(warmed: ContainerSandbox) -> None:
    """Processor time is limited in a forked process as in any, and counted from its own start."""
    for _ in range(2):
        with warmed.open(UPLOAD, Limits(cpu_seconds=1)) as session:
            (reply,) = session.run([Call("spin", wall_seconds=60.0)])

        assert isinstance(reply, Stopped)
        assert (reply.verdict, reply.detail) == (Verdict.TIME_LIMIT, "The code used more than 1 s of processor time.")
