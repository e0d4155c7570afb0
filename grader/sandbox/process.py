"""A student's process as the supervisor holds it: three pipes, a way to kill it, and how it ended."""

import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Protocol

RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in

GRACE_SECONDS = 0.2
"""Between the end of a process's pipes and the moment its status can be read; the kernel needs well under 10 ms."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How the kernel says a process ended: exit code, or signal number (0 for none); CPU seconds and peak memory.

    at_ceiling: while it lived, the kernel killed something for the memory of the whole sandbox.
    """

    exit_code: int
    signal: int
    cpu_seconds: float
    peak_bytes: int
    at_ceiling: bool = False


class Child(Protocol):
    """The process itself, apart from its pipes."""

    def kill(self) -> None:
        """Send SIGKILL, unless it has ended."""
        ...

    def ended(self) -> bool:
        """Whether it has ended already."""
        ...

    def ends_soon(self) -> bool:
        """Whether it ends by itself within the grace; asked when its pipe has closed."""
        ...

    def reap(self) -> Ending:
        """Wait for it and say how it ended; call `kill` before, or know that it is ending."""
        ...

    def close(self) -> None:
        """Kill, wait for the end, give descriptors back; safe to call twice."""
        ...


def ends_within(pidfd: int, seconds: float) -> bool:
    """Whether the process behind a descriptor has ended, or ends within that time."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def ending(status: int, cpu_seconds: float, maxrss: int, at_ceiling: bool = False) -> Ending:
    """What wait4 gave, taken apart."""
    return Ending(
        os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        cpu_seconds,
        maxrss * RSS_UNIT_BYTES,
        at_ceiling,
    )


class OwnChild:
    """A child of this process."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self._popen = popen
        self._pidfd: int | None = None
        if hasattr(os, "pidfd_open"):  # Linux; elsewhere the number alone must do
            self._pidfd = os.pidfd_open(popen.pid)
        self._ending: Ending | None = None

    def kill(self) -> None:
        """Send SIGKILL, unless it has been reaped."""
        if self._ending is not None:
            return
        try:
            if self._pidfd is not None:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            else:
                os.kill(self._popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def ended(self) -> bool:
        """Whether it has ended already."""
        return self._ends_within(0.0)

    def ends_soon(self) -> bool:
        """Whether it ends by itself within the grace."""
        return self._ends_within(GRACE_SECONDS)

    def _ends_within(self, seconds: float) -> bool:
        if self._pidfd is None:
            time.sleep(seconds)
            return self._wait(os.WNOHANG)
        return ends_within(self._pidfd, seconds)

    def reap(self) -> Ending:
        """Wait for it and say how it ended."""
        if self._ending is None:
            self._wait(0)
        if self._ending is None:
            raise ChildProcessError("the process has not ended")
        return self._ending

    def close(self) -> None:
        """Kill, reap, close the descriptor."""
        self.kill()
        self.reap()
        if self._pidfd is not None:
            os.close(self._pidfd)
        self._pidfd = None

    def _wait(self, options: int) -> bool:
        """Take the status if there is one."""
        number, status, usage = os.wait4(self._popen.pid, options)
        if number == 0:
            return False
        self._popen.returncode = os.waitstatus_to_exitcode(status)  # it need not wait again
        self._ending = ending(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
        return True


class Process:
    """One started process. Owns its descriptors; `close` ends and reaps it whatever happened before."""

    def __init__(self, child: Child, calls: int, frames: int, prints: int) -> None:
        self._child = child
        self.kill = child.kill
        self.ended = child.ended
        self.ends_soon = child.ends_soon
        self.reap = child.reap
        self.calls = calls  # we write frames here
        self.frames = frames  # and read them here
        self.prints = prints
        for descriptor in (calls, frames, prints):
            os.set_blocking(descriptor, False)

    def close(self) -> None:
        """Kill, reap, close every descriptor; safe to call twice."""
        self._child.close()
        for descriptor in (self.calls, self.frames, self.prints):
            if descriptor >= 0:
                os.close(descriptor)
        self.calls = self.frames = self.prints = -1
