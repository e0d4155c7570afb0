"""The level `unsafe`: limits only. For a developer whose machine has no Landlock; never for code of strangers."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from grader.sandbox import Session
from grader.sandbox.launch import Command, launcher, plain_command
from grader.sandbox.session import opened
from grader.upload import Upload
from reference.spec import Limits


class UnsafeSandbox:
    """A Sandbox without walls: code in it can read, write and connect as the user who runs the grader.

    command: what starts our own code, and what is around it.
    """

    level = "unsafe"

    def __init__(self, clock: Callable[[], float] = time.monotonic, command: Command = plain_command) -> None:
        self._clock = clock
        self._launch = launcher("limits", command)

    def open(self, upload: Upload, limits: Limits) -> AbstractContextManager[Session]:
        """A session with `upload` loaded. Raises SandboxBroken if no process starts."""
        return opened(self._launch, upload, limits, False, self._clock)

    def close(self) -> None:
        """Nothing is kept."""
