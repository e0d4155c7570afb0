"""The level `container`: Landlock, seccomp and limits around every process, without privilege or container flags."""

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from grader.sandbox import Session
from grader.sandbox.launch import Launch, launcher
from grader.sandbox.session import opened
from grader.sandbox.warm import WarmLauncher
from grader.upload import Upload
from reference.spec import Limits


class ContainerSandbox:
    """A Sandbox that gives every session a walled process of its own, forked ahead of time by a zygote.

    Sessions may be open at the same time. `close` ends the zygote; at the latest it ends with this object.
    launch: what starts a process, for tests; only the cold launcher ties a session to the life of the opening thread.
    """

    level = "container"

    def __init__(self, clock: Callable[[], float] = time.monotonic, launch: Launch | None = None) -> None:
        self._clock = clock
        self._launch = launch or _launcher()

    def open(self, upload: Upload, limits: Limits) -> AbstractContextManager[Session]:
        """A session with `upload` loaded. Raises SandboxBroken on entry if our own part fails."""
        return opened(self._launch, upload, limits, True, self._clock)

    def close(self) -> None:
        """End the zygote and its spares; safe to call twice."""
        if isinstance(self._launch, WarmLauncher):
            self._launch.close()


def _launcher() -> Launch:
    """Warm where the kernel can give a process by descriptor, as every kernel with Landlock can."""
    cold = launcher("all")
    return WarmLauncher(cold) if hasattr(os, "pidfd_open") else cold
