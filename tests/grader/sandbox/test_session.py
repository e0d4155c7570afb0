"""A session from start to end: endings, time and prints."""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Returned, Sandbox, Session, Stopped
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.launch import launcher
from grader.sandbox.session import opened
from grader.upload import SourceFile, Upload
from reference.spec import Limits

Submit = Callable[..., AbstractContextManager[Session]]

PROJECT = Path(__file__).parents[3]

SOURCE = """
import os, sys, time
import numpy as np
def double(x): return 2 * x
def spin():
    while True: pass
def large(n): return np.zeros(n)
def leave(): os._exit(0)
def talk(n): print("x" * (n - 1))
def number(): return os.getpid()
"""


FORGES = """
import json, os, time
def double(x):
    return 2 * x
def tree(value):
    return ["t", [tree(item) for item in value]] if isinstance(value, list) else value
def forge(text):
    header = json.dumps({"k": "returned", "v": ["t", [tree(json.loads(text)), ["t", []]]], "a": []}).encode()
    os.write(3, len(header).to_bytes(4, "little") + header)
    time.sleep(60)
"""


def test_a_large_array_goes_in_and_comes_out(submit: Submit) -> None:
    """Eight megabytes each way, much more than a pipe holds."""
    x = np.random.default_rng(1).standard_normal((1024, 1024))
    with submit(SOURCE) as session:
        (reply,) = session.run([Call("double", (x,), reply_bytes=x.nbytes)])

    assert isinstance(reply, Returned)
    np.testing.assert_array_equal(reply.value, 2 * x)


def test_a_reply_larger_than_asked_for_ends_the_session(submit: Submit) -> None:
    with submit(SOURCE) as session:
        first, large, after = session.run(
            [Call("large", (8,), reply_bytes=64), Call("large", (9,), reply_bytes=64), Call("double", (1.0,))]
        )

    assert isinstance(first, Returned)
    assert isinstance(large, Stopped)
    assert (large.verdict, large.detail) == (
        Verdict.NO_RESULT,
        "The answer could not be read: 72 bytes of arrays where at most 64 were expected.",
    )
    assert after == large


@pytest.mark.parametrize("value", ["1", "[]", "[[1, []], [2, [], 3]]", "[[1, []], [2, [0]]]", "[[1, [0, 0]], [2, []]]"])
def test_a_forged_answer_to_steps_ends_the_session(submit: Submit, value: str) -> None:
    """A student's own frame, in place of ours: a value, too few pairs, a triple, arguments that were not asked for."""
    steps = (Call("double", (1.0,), echo=True), Call("forge", (value,)))
    with submit(FORGES) as session:
        (reply,) = session.run([Call("forge", operation="steps", steps=steps)])

    assert isinstance(reply, Stopped)
    assert (reply.verdict, reply.detail) == (
        Verdict.NO_RESULT,
        "The answer could not be read: other arguments than were sent.",
    )


def test_a_call_may_have_a_time_of_its_own(submit: Submit) -> None:
    with submit(SOURCE) as session:
        (reply,) = session.run([Call("spin", wall_seconds=0.05)])

    assert isinstance(reply, Stopped)
    assert (reply.verdict, reply.detail) == (Verdict.TIME_LIMIT, "The call took longer than 0.05 s.")
    assert reply.seconds >= 0.05


def test_time_is_told_by_the_clock_that_was_given(submit: Submit) -> None:
    """A clock that leaps an hour a reading ends the call at once, whatever the real time."""
    now = [0.0]

    def clock() -> float:
        return now[0]

    with ContainerSandbox(clock).open(Upload((SourceFile("work.py", SOURCE),)), Limits()) as session:
        now[0] = 1.0
        timer = threading.Timer(0.05, lambda: now.__setitem__(0, 3600.0))
        timer.start()
        (reply,) = session.run([Call("spin")])
        timer.join()

    assert isinstance(reply, Stopped)
    assert reply.verdict is Verdict.TIME_LIMIT


def test_processor_time_is_limited(submit: Submit) -> None:
    with submit(SOURCE, limits=Limits(cpu_seconds=1)) as session:
        (reply,) = session.run([Call("spin", wall_seconds=60.0)])

    assert isinstance(reply, Stopped)
    assert reply.detail == "The code used more than 1 s of processor time."


def test_prints_are_cut_at_the_limit(submit: Submit) -> None:
    with submit(SOURCE, limits=Limits(output_bytes=100)) as session:
        fits, over = session.run([Call("talk", (100,)), Call("talk", (2,))])
        printed = session.printed

    assert isinstance(fits, Returned)
    assert isinstance(over, Stopped)
    assert over.verdict is Verdict.OUTPUT_LIMIT
    assert len(printed) == 100


def test_prints_stay_known_after_the_end(submit: Submit) -> None:
    with submit(SOURCE) as session:
        session.run([Call("talk", (5,))])

    assert session.printed == "xxxx\n"


def test_a_file_that_did_not_load_answers_nothing(submit: Submit) -> None:
    with submit("def f(:") as session:
        (reply,) = session.run([Call("f")])

        assert isinstance(session.loaded, Raised)
    assert isinstance(reply, Stopped)
    assert reply.verdict is Verdict.NO_RESULT


def test_a_process_of_the_sandbox_dies_with_its_session(submit: Submit) -> None:
    with submit(SOURCE) as session:
        (reply,) = session.run([Call("number")])
        assert isinstance(reply, Returned)
        assert isinstance(reply.value, int)
        process = os.pidfd_open(reply.value)

    ended = select.select([process], [], [], 10.0)[0]
    os.close(process)
    assert ended


GRADER = """
import sys
from grader.sandbox import Call
from grader.sandbox.container import ContainerSandbox
from grader.upload import SourceFile, Upload
from reference.spec import Limits

with ContainerSandbox().open(Upload((SourceFile("work.py", sys.argv[1]),)), Limits()) as session:
    print(session.run([Call("number")])[0].value, flush=True)
    session.run([Call("spin", wall_seconds=60.0)])
"""


def test_a_submission_does_not_outlive_a_killed_grader() -> None:
    """It spins, so it does not notice that its pipes are gone: the kernel ends it."""
    grader = subprocess.Popen([sys.executable, "-c", GRADER, SOURCE], stdout=subprocess.PIPE, cwd=PROJECT)
    with grader:
        assert grader.stdout is not None
        number = int(grader.stdout.readline())
        grader.kill()

    status = Path(f"/proc/{number}/stat")
    for _ in range(1_000):
        if not status.exists() or " Z " in status.read_text():  # gone, or only waiting to be reaped by init
            return
        time.sleep(0.01)
    os.kill(number, signal.SIGKILL)
    pytest.fail("the submission's process lives on")


def test_a_kill_from_outside_is_our_fault(submit: Submit) -> None:
    with submit(SOURCE) as session:
        (reply,) = session.run([Call("number")])
        assert isinstance(reply, Returned)
        assert isinstance(reply.value, int)
        os.kill(reply.value, signal.SIGKILL)
        with pytest.raises(SandboxBroken):
            session.run([Call("double", (1.0,))])


def test_a_wall_that_cannot_be_built_is_our_fault() -> None:
    """The process says why on its prints, and the operator gets to read it."""
    limits = Limits(cpu_seconds="soon")  # type: ignore[arg-type]  # what the kernel refuses
    upload = Upload((SourceFile("work.py", SOURCE),))

    with (
        pytest.raises(SandboxBroken, match="TypeError"),
        opened(launcher("all"), upload, limits, True, lambda: 0.0) as session,
    ):
        session.run([Call("number")])


def test_two_sessions_at_once(sandbox: Sandbox) -> None:
    upload = Upload((SourceFile("work.py", SOURCE),))
    with sandbox.open(upload, Limits()) as one, sandbox.open(upload, Limits()) as other:
        assert isinstance(one.loaded, Loaded)
        numbers = [session.run([Call("number")])[0] for session in (one, other)]

    assert len({reply.value for reply in numbers if isinstance(reply, Returned)}) == 2
