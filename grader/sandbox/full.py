"""The level `full`: the walls of `container` inside namespaces of their own."""

import time
from collections.abc import Callable

from grader.errors import SandboxUnavailable
from grader.sandbox import ceiling
from grader.sandbox.bubblewrap import NoBubblewrap, namespaces
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.interior import NoInterior, survey
from grader.sandbox.launch import Command, Launch
from grader.sandbox.unsafe import UnsafeSandbox


class FullSandbox(ContainerSandbox):
    """A Sandbox whose processes see the interpreter and NumPy, and no other file, process or network at all."""

    level = "full"

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        launch: Launch | None = None,
        command: Command | None = None,
        memory_bytes: int = ceiling.BYTES,
    ) -> None:
        """Raises SandboxUnavailable where bubblewrap is not installed."""
        super().__init__(clock, launch, command or enclosed(), memory_bytes)

    def namespaces_alone(self) -> UnsafeSandbox:
        """The same namespaces without any other wall: for the doctor, who proves each wall by itself."""
        return UnsafeSandbox(self._clock, self.command)


def enclosed() -> Command:
    """The command that starts a process of ours in namespaces. Raises SandboxUnavailable."""
    try:
        return namespaces(survey())
    except (NoBubblewrap, NoInterior) as error:
        raise SandboxUnavailable(f"The sandbox level full does not start here: {error}.") from error
