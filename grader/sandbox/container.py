"""The level `container`: Landlock, seccomp and limits around every process, without privilege or container flags."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from grader.sandbox import Session
from grader.sandbox.launch import launcher
from grader.sandbox.session import opened
from grader.upload import Upload
from reference.spec import Limits


class ContainerSandbox:
    """A Sandbox that starts a fresh walled process for every session. Sessions may be open at the same time.

    The thread that opens a session must live as long as it: the kernel ends the process with the thread that made it.
    """

    level = "container"

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._launch = launcher("all")

    def open(self, upload: Upload, limits: Limits) -> AbstractContextManager[Session]:
        """A session with `upload` loaded. Raises SandboxBroken on entry if our own part fails."""
        return opened(self._launch, upload, limits, True, self._clock)
