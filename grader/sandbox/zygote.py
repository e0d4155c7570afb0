"""The supervisor's side of one zygote: orders children from it, and ends with it.

The zygote (inside/zygote.py) runs our code only, so what it says of a child's end is evidence. It ends when the socket
to it closes, whoever closes it and however: no thread of ours has to live as long as it.
"""

import array
import json
import os
import signal
import socket
import subprocess
import weakref
from collections import deque
from dataclasses import dataclass

from grader.errors import SandboxBroken
from grader.sandbox.ceiling import MemoryGroup, OwnGroup
from grader.sandbox.forked_child import ForkedChild, readable
from grader.sandbox.launch import ENVIRONMENT, Command, plain_command
from grader.sandbox.process import Process
from grader.sandbox.standing_back import take_along
from reference.spec import Limits

START_SECONDS = 60.0  # a fifth of a second on an idle machine
ANSWER_SECONDS = 20.0  # a fork takes a millisecond
END_SECONDS = 5.0  # from the end of the socket to the end of the zygote, which first ends its children
SAID_BYTES = 1 << 16
OURS = 5  # descriptors of an answer: the child, and our ends of calls, frames, prints and status


class ZygoteGone(Exception):
    """The zygote has ended or does not answer; nothing of a student's is lost by that alone."""


class Spare:
    """A child that has been ordered; `process`, or `error`, once the zygote has answered."""

    def __init__(self) -> None:
        self.process: Process | None = None
        self.error = ""
        self.given_up = False

    def close(self) -> None:
        """Let go of it, now or when its answer comes."""
        self.given_up = True
        if self.process is not None:
            self.process.close()


class Zygote:
    """One running zygote. Ends when it is closed or nobody holds it any more, its children included."""

    def __init__(self, command: Command = plain_command, memory: MemoryGroup | None = None) -> None:
        """Start it and wait until it can fork. Raises ZygoteGone.

        command: what starts it, and what is around it. memory: the group it joins before it has children; None: ours.
        """
        self.orders = 0
        self._memory = memory or OwnGroup()
        self._awaited: deque[Spare] = deque()  # ordered, not yet answered; answers come in order
        try:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except OSError as error:
            raise ZygoteGone(f"no socket: {error}") from error
        try:
            popen = subprocess.Popen(  # noqa: S603  our own interpreter and our own folder
                command({"control": theirs.fileno()}),
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
        take_along(popen.pid)
        self._popen = popen
        self._running = _Running(popen, self._control, self._memory)
        self._finalizer = weakref.finalize(self, self._running.end)
        self._control.settimeout(START_SECONDS)
        try:
            greeting, descriptors = _received(self._control)
        except OSError:
            greeting, descriptors = b"", []
        self._running.pidfd = descriptors[0] if descriptors else None
        if greeting != b"ready" or self._running.pidfd is None:
            said = self._said()
            self.close()
            raise ZygoteGone(f"the zygote does not start: {said}")
        try:
            self._memory.hold(self._running.pidfd)
        except OSError as error:
            self.close()
            raise ZygoteGone(f"the memory group does not take the zygote: {error}") from error
        self._control.settimeout(ANSWER_SECONDS)

    @property
    def number(self) -> int:
        """Process id of what was started: the zygote itself, or what is around it."""
        return self._popen.pid

    def order(self, limits: Limits, ahead: bool = False) -> Spare:
        """Ask for a child with these limits, and do not wait for it; one made `ahead` of need rehearses a job first.

        Raises ZygoteGone.
        """
        request = json.dumps([ahead, limits.cpu_seconds, limits.memory_mib << 20]).encode()
        try:
            self._control.send(request)
        except OSError as error:
            raise ZygoteGone(f"the zygote takes no order: {error}") from error
        spare = Spare()
        self._awaited.append(spare)
        self.orders += 1
        return spare

    def take(self, spare: Spare) -> Process | None:
        """The process of a spare, which is used up by this; None if it has ended. Raises ZygoteGone, SandboxBroken."""
        try:
            while spare.process is None and not spare.error:
                self._answer()
            if self._running.pidfd is not None and readable(self._running.pidfd, 0.0):
                raise ZygoteGone("the zygote has ended")  # and its children end with it, in their own time
            if spare.process is None:
                raise SandboxBroken(f"a process for the submission cannot be started: {spare.error}")
            if spare.process.ended():
                spare.close()
                return None
        except BaseException:
            spare.close()
            raise
        return spare.process

    def close(self) -> None:
        """End it and its children, and wait for that; safe to call twice."""
        self._finalizer()

    def collect(self) -> None:
        """Take the answers that have come. Raises ZygoteGone."""
        while self._awaited and readable(self._control.fileno(), 0.0):
            self._answer()

    def _answer(self) -> None:
        """Wait for the next answer, and note it with the spare it belongs to."""
        try:
            answer, descriptors = _received(self._control)
        except OSError as error:
            raise ZygoteGone(f"the zygote does not answer: {error}") from error
        if not answer:
            raise ZygoteGone("the zygote has ended")
        spare = self._awaited.popleft()
        if len(descriptors) != OURS:
            for descriptor in descriptors:
                os.close(descriptor)
            spare.error = answer[1:].decode("utf-8", "replace") or "descriptors are missing"
            return
        pidfd, calls, frames, prints, status = descriptors
        spare.process = Process(ForkedChild(self, pidfd, status, self._memory), calls, frames, prints)
        if spare.given_up:
            spare.process.close()

    def _said(self) -> str:
        """What it wrote to stderr so far."""
        if self._popen.stderr is None or not readable(self._popen.stderr.fileno(), 0.2):
            return ""
        return os.read(self._popen.stderr.fileno(), SAID_BYTES).decode("utf-8", "replace").strip()[-2000:]


@dataclass(slots=True)
class _Running:
    """What has to be ended when a zygote is let go. pidfd: the zygote itself, once it has greeted."""

    popen: subprocess.Popen[bytes]
    control: socket.socket
    memory: MemoryGroup
    pidfd: int | None = None

    def end(self) -> None:
        """Close the socket, by which the zygote ends its children and itself; wait, and do not wait for ever."""
        self.control.close()
        try:
            self.popen.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            if self.pidfd is not None:
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)  # the kernel ends the children with it
            self.popen.kill()
            self.popen.wait()
        if self.pidfd is not None:
            os.close(self.pidfd)
        if self.popen.stderr is not None:
            self.popen.stderr.close()
        self.memory.close()


def _received(control: socket.socket) -> tuple[bytes, list[int]]:
    """A message and its descriptors, which no program started beside inherits."""
    descriptors = array.array("i")
    room = socket.CMSG_LEN(OURS * descriptors.itemsize)
    message, extras, _, _ = control.recvmsg(SAID_BYTES, room, socket.MSG_CMSG_CLOEXEC)
    for level, kind, data in extras:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    return message, list(descriptors)
