"""The handle of a process, with and without the kernel's descriptor for it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from grader.sandbox.process import OwnChild, Process


@pytest.fixture(params=["pidfd", "number only"])
def process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    """A process that waits for a line and ends with code 7."""
    if request.param == "number only":  # as on systems other than Linux
        monkeypatch.delattr(os, "pidfd_open")
    calls_read, calls = os.pipe()
    frames, frames_write = os.pipe()
    prints, prints_write = os.pipe()
    popen = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.readline(); sys.exit(7)"], stdin=calls_read)
    for descriptor in (calls_read, frames_write, prints_write):
        os.close(descriptor)
    with closing(Process(OwnChild(popen), calls, frames, prints)) as process:
        yield process


def test_it_ends_by_itself(process: Process) -> None:
    os.write(process.calls, b"\n")

    ending = process.reap()

    assert (ending.exit_code, ending.signal) == (7, 0)
    assert ending.cpu_seconds > 0
    assert ending.peak_bytes > 1 << 20
    assert process.reap() == ending


def test_it_is_killed(process: Process) -> None:
    assert not process.ends_soon()
    process.kill()

    assert process.ends_soon()
    assert process.reap().signal == signal.SIGKILL
    process.kill()  # of a number that may be another's by now: nothing is sent


def test_close_twice(process: Process) -> None:
    process.close()
    process.close()

    assert process.calls == -1
