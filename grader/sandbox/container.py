"""The level `container`: Landlock, seccomp and limits around every process, without privilege or container flags."""

import logging
import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Self

from grader.sandbox import Session, ceiling
from grader.sandbox.ceiling import Ceiling, NoCeiling, make_ceiling
from grader.sandbox.launch import Command, Launch, launcher, plain_command
from grader.sandbox.session import opened
from grader.sandbox.warm import WarmLauncher
from grader.sandbox.zygote import Zygote
from grader.upload import Upload
from reference.spec import Limits

log = logging.getLogger(__name__)


class ContainerSandbox:
    """A Sandbox that gives every session a walled process of its own, forked ahead of time by a zygote.

    Sessions may be open at the same time. `close` ends the zygote; at the latest it ends with this object.
    launch: what starts a process, for tests; only the cold launcher ties a session to the life of the opening thread.
    command: what starts our own code, and what is around it. memory_bytes: of the group over all its processes.
    """

    level = "container"

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        launch: Launch | None = None,
        command: Command = plain_command,
        memory_bytes: int = ceiling.BYTES,
    ) -> None:
        self._clock = clock
        self.command = command
        self._launch = launch or _launcher(command, memory_bytes)

    def open(self, upload: Upload, limits: Limits) -> AbstractContextManager[Session]:
        """A session with `upload` loaded. Raises SandboxBroken if no process starts."""
        if isinstance(self._launch, WarmLauncher):
            return opened(self._launch, upload, limits, True, self._clock, self._launch.tend)
        return opened(self._launch, upload, limits, True, self._clock)

    @property
    def spares(self) -> int:
        """How many processes are forked, or being forked, for the next session."""
        return self._launch.spares if isinstance(self._launch, WarmLauncher) else 0

    def under(self, memory_bytes: int) -> Self:
        """Another sandbox like this one, with another ceiling."""
        return type(self)(clock=self._clock, command=self.command, memory_bytes=memory_bytes)

    def close(self) -> None:
        """End the zygote and its spares; safe to call twice."""
        if isinstance(self._launch, WarmLauncher):
            self._launch.close()


def _launcher(command: Command, memory_bytes: int) -> Launch:
    """Warm where the kernel can give a process by descriptor, as every kernel with Landlock can."""
    cold = launcher("all", command)
    if not hasattr(os, "pidfd_open"):
        return cold

    def start() -> Zygote:
        return Zygote(command, _ceiling(memory_bytes))

    # What is around a process of its own tells its end in another way, so only a plain one can stand in for a zygote.
    return WarmLauncher(cold if command is plain_command else None, start=start)


def _ceiling(memory_bytes: int) -> Ceiling | None:
    """A memory group where this machine lets us make one."""
    try:
        return make_ceiling(memory_bytes)
    except NoCeiling as error:
        log.info("There is no memory group over the sandbox: %s", error)
        return None
