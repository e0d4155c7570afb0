"""A child of a zygote, as the supervisor holds it: by descriptor, and by what the zygote reports of its end."""

import os
import select
import signal
from typing import Any

from grader.errors import SandboxBroken
from grader.sandbox.ceiling import MemoryGroup
from grader.sandbox.inside.status import STATUS
from grader.sandbox.process import GRACE_SECONDS, Ending, ending, ends_within

REPORT_SECONDS = 20.0  # from a child's end to the report of it; a millisecond


class ForkedChild:
    """A child of the zygote. Holds the zygote, which must not be let go while a child lives."""

    def __init__(self, zygote: Any, pidfd: int, status: int, memory: MemoryGroup) -> None:
        self._zygote = zygote
        self._pidfd = pidfd
        self._status = status
        self._memory = memory
        self._kills = memory.kills()
        self._ending: Ending | None = None

    def kill(self) -> None:
        """Send SIGKILL, unless it has ended; the descriptor can mean no other process."""
        if self._pidfd < 0:
            return
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        except ProcessLookupError:
            return

    def ended(self) -> bool:
        """Whether it has ended already."""
        return ends_within(self._pidfd, 0.0)

    def ends_soon(self) -> bool:
        """Whether it ends by itself within the grace."""
        return ends_within(self._pidfd, GRACE_SECONDS)

    def reap(self) -> Ending:
        """What the zygote reports of its end. Raises SandboxBroken where no zygote is left to report."""
        if self._ending is None:
            self._ending = self._report()
        return self._ending

    def close(self) -> None:
        """Kill it and give the descriptors and the zygote back. It is the zygote that waits for its end."""
        if self._pidfd < 0:
            return
        self.kill()
        os.close(self._pidfd)
        os.close(self._status)
        self._pidfd = self._status = -1
        self._zygote = None

    def _report(self) -> Ending:
        if not readable(self._status, REPORT_SECONDS):
            raise SandboxBroken("the zygote does not report the end of a process")
        report = os.read(self._status, STATUS.size)
        if len(report) != STATUS.size:
            raise SandboxBroken("the zygote ended before the submission's process did")
        status, user, system, maxrss = STATUS.unpack(report)
        return ending(status, user + system, maxrss, at_ceiling=self._memory.kills() > self._kills)


def readable(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read, or an end to see, within that time."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))
