"""The supervisor's side of one zygote: orders children from it, and ends with it.

The zygote (inside/zygote.py) runs our code only, so what it says of a child's end is evidence. It ends when the socket
to it closes, whoever closes it and however: no thread of ours has to live as long as it.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import weakref
from collections import deque
from pathlib import Path

import numpy as np

from grader.errors import SandboxBroken
from grader.sandbox.inside.status import STATUS
from grader.sandbox.launch import ENVIRONMENT, FLAGS, INSIDE
from grader.sandbox.process import Ending, Process, ending, ends_within_grace
from reference.spec import Limits

START_SECONDS = 60.0  # a fifth of a second on an idle machine
ANSWER_SECONDS = 20.0  # a fork takes a millisecond
REPORT_SECONDS = 20.0  # from a child's end to the report of it; a millisecond
END_SECONDS = 5.0  # from the end of the socket to the end of the zygote, which first ends its children
SAID_BYTES = 1 << 16


class ZygoteGone(Exception):
    """The zygote has ended or does not answer; nothing of a student's is lost by that alone."""


class ForkedChild:
    """A child of the zygote. Holds the zygote, which must not be let go while a child lives."""

    def __init__(self, zygote: "Zygote", pidfd: int, status: int) -> None:
        self._zygote: Zygote | None = zygote
        self._pidfd = pidfd
        self._status = status
        self._ending: Ending | None = None

    def kill(self) -> None:
        """Send SIGKILL, unless it has ended; the descriptor can mean no other process."""
        if self._pidfd < 0:
            return
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        except ProcessLookupError:
            return

    def ends_soon(self) -> bool:
        """Whether it ends by itself within the grace."""
        return ends_within_grace(self._pidfd)

    def reap(self) -> Ending:
        """What the zygote reports of its end. Raises SandboxBroken where no zygote is left to report."""
        if self._ending is None:
            self._ending = self._report()
        return self._ending

    def close(self) -> None:
        """Kill, wait for the end, give the descriptors and the zygote back."""
        if self._pidfd < 0:
            return
        self.kill()
        try:
            self.reap()
        except SandboxBroken:
            pass  # its zygote is gone, and it went with it
        finally:
            os.close(self._pidfd)
            os.close(self._status)
            self._pidfd = self._status = -1
            self._zygote = None

    def _report(self) -> Ending:
        if not _readable(self._status, REPORT_SECONDS):
            raise SandboxBroken("the zygote does not report the end of a process")
        report = os.read(self._status, STATUS.size)
        if len(report) != STATUS.size:
            raise SandboxBroken("the zygote ended before the submission's process did")
        status, user, system, maxrss = STATUS.unpack(report)
        return ending(status, user + system, maxrss)


class Spare:
    """Our ends of the pipes of a child that has been ordered; `pidfd` and `error` once the zygote has answered."""

    def __init__(self, calls: int, frames: int, prints: int, status: int) -> None:
        self.pipes: tuple[int, ...] = (calls, frames, prints, status)
        self.pidfd: int | None = None
        self.error = ""

    def close(self) -> None:
        """Let go: a child that waits reads the end of its pipe and leaves."""
        for descriptor in self.pipes:
            os.close(descriptor)
        if self.pidfd is not None:
            os.close(self.pidfd)
        self.pipes, self.pidfd = (), None


class Zygote:
    """One running zygote. Ends when it is closed or nobody holds it any more, its children included."""

    def __init__(self) -> None:
        """Start it and wait until it can fork. Raises ZygoteGone."""
        self.orders = 0
        self._awaited: deque[Spare] = deque()  # ordered, not yet answered; answers come in order
        try:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except OSError as error:
            raise ZygoteGone(f"no socket: {error}") from error
        settings = {"control": theirs.fileno(), "numpy_folder": str(Path(np.__file__).parent.parent)}
        try:
            popen = subprocess.Popen(  # noqa: S603  our own interpreter and our own folder
                [sys.executable, *FLAGS, str(INSIDE), json.dumps(settings)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            self._control.close()
            raise ZygoteGone(f"the zygote does not start: {error}") from error
        finally:
            theirs.close()
        self._popen = popen
        self._finalizer = weakref.finalize(self, _end, popen, self._control)
        self._control.settimeout(START_SECONDS)
        try:
            greeted = self._control.recv(16) == b"ready"
        except OSError:
            greeted = False
        if not greeted:
            said = self._said()
            self.close()
            raise ZygoteGone(f"the zygote does not start: {said}")
        self._control.settimeout(ANSWER_SECONDS)

    @property
    def number(self) -> int:
        """Its process id."""
        return self._popen.pid

    def order(self, limits: Limits, ahead: bool = False) -> Spare:
        """Ask for a child with these limits, and do not wait for it; one made `ahead` of need rehearses a job first.

        Raises ZygoteGone; OSError when pipes run out.
        """
        pipes: list[int] = []
        try:
            for _ in range(4):
                pipes += os.pipe()
            calls_read, calls, frames, frames_write, prints, prints_write, status, status_write = pipes
            request = json.dumps([ahead, limits.cpu_seconds, limits.memory_mib << 20]).encode()
            theirs = [calls_read, frames_write, prints_write, status_write]
            try:
                socket.send_fds(self._control, [request], theirs)
            except OSError as error:
                raise ZygoteGone(f"the zygote takes no order: {error}") from error
        except BaseException:
            for descriptor in pipes:
                os.close(descriptor)
            raise
        for descriptor in theirs:
            os.close(descriptor)
        spare = Spare(calls, frames, prints, status)
        self._awaited.append(spare)
        self.orders += 1
        return spare

    def take(self, spare: Spare) -> Process | None:
        """The process of a spare, which is used up by this; None if it has ended. Raises ZygoteGone, SandboxBroken."""
        try:
            self._collect(spare)
            if spare.error:
                raise SandboxBroken(f"a process for the submission cannot be started: {spare.error}")
            pidfd = spare.pidfd
            if pidfd is None or _readable(pidfd, 0.0):
                spare.close()
                return None
        except BaseException:
            spare.close()
            raise
        calls, frames, prints, status = spare.pipes
        return Process(ForkedChild(self, pidfd, status), calls, frames, prints)

    def close(self) -> None:
        """End it and its children, and wait for that; safe to call twice."""
        self._finalizer()

    def _collect(self, spare: Spare) -> None:
        """Take answers until this spare has its own."""
        while spare.pidfd is None and not spare.error:
            try:
                answer, descriptors, _, _ = socket.recv_fds(self._control, SAID_BYTES, 1)
            except OSError as error:
                raise ZygoteGone(f"the zygote does not answer: {error}") from error
            if not answer:
                raise ZygoteGone("the zygote has ended")
            for descriptor in descriptors:  # recv_fds of Python 3.11 does not pass its flags on
                os.set_inheritable(descriptor, False)
            answered = self._awaited.popleft()
            if not descriptors:
                answered.error = answer[1:].decode("utf-8", "replace") or "no descriptor came"
            elif answered.pipes:
                answered.pidfd = descriptors[0]
            else:  # given up before the answer came
                os.close(descriptors[0])

    def _said(self) -> str:
        """What it wrote to stderr so far."""
        if self._popen.stderr is None:
            return ""
        if not _readable(self._popen.stderr.fileno(), 0.2):
            return ""
        return os.read(self._popen.stderr.fileno(), SAID_BYTES).decode("utf-8", "replace").strip()[-2000:]


def _readable(descriptor: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _end(popen: subprocess.Popen[bytes], control: socket.socket) -> None:
    """Close the socket, by which the zygote ends its children and itself; wait, and do not wait for ever."""
    control.close()
    try:
        popen.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        popen.kill()  # the kernel ends the children with it
        popen.wait()
    if popen.stderr is not None:
        popen.stderr.close()
