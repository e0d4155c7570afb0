"""A session leaves neither descriptors nor processes, after whatever end."""

import json
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from grader.errors import SandboxBroken
from grader.sandbox import Call
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.launch import launcher
from grader.sandbox.process import Process
from grader.sandbox.session import opened
from grader.upload import SourceFile, Upload
from reference.spec import Limits
from tests.fakes.descriptors import left_open

SOURCE = """
import os
def double(x): return 2 * x
def spin():
    while True: pass
def leave(): os._exit(0)
"""
UPLOAD = Upload((SourceFile("work.py", SOURCE),))


def children() -> set[int]:
    """Process ids of our children, zombies included."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        try:
            found |= {int(number) for number in (task / "children").read_text().split()}
        except FileNotFoundError:
            continue  # that thread has ended
    return found


def test_nothing_is_left_behind() -> None:
    """After a good end, a bad end, and an exception of ours."""

    def act() -> None:
        with closing(ContainerSandbox()) as sandbox:
            with sandbox.open(UPLOAD, Limits()) as session:
                session.run([Call("double", (1.0,))])
            with sandbox.open(UPLOAD, Limits()) as session:
                session.run([Call("leave")])
            with sandbox.open(UPLOAD, Limits()) as session:
                session.run([Call("spin", wall_seconds=0.05)])
            with pytest.raises(KeyError), sandbox.open(UPLOAD, Limits()) as session:
                raise KeyError

    processes = children()
    assert left_open(act) == 0
    assert children() <= processes


def test_a_start_that_fails_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a missing interpreter nor one that ends early is ever a student's."""

    def act() -> None:
        for program in ("/nowhere/python", "/bin/true"):
            monkeypatch.setattr(sys, "executable", program)
            with pytest.raises(SandboxBroken), opened(launcher("all"), UPLOAD, Limits(), True, lambda: 0.0) as session:
                assert session.loaded

    assert left_open(act) == 0


def test_a_second_start_that_fails_too_is_told_as_it_is() -> None:
    """The first process greets with garbage and lives on, the second does not start; nothing is closed twice."""
    program = "import json, os, sys, time; os.write(json.loads(sys.argv[-1])['frames'], b'?' * 99); time.sleep(60)"

    def command(settings: Mapping[str, object]) -> list[str]:
        return [sys.executable, "-c", program, json.dumps(settings)]

    def act() -> None:
        started = list[Process]()

        def once(limits: Limits) -> Process:
            if started:
                raise SandboxBroken("no zygote starts")
            started.append(launcher("all", command)(limits))
            return started[0]

        with (
            pytest.raises(SandboxBroken, match="no zygote starts"),
            opened(once, UPLOAD, Limits(), True, time.monotonic) as session,
        ):
            session.run([Call("number")])
        assert session.printed == ""

    assert left_open(act) == 0
