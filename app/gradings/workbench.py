"""The sandbox of a grading process: opened once, and asked now and then whether it is still what it was."""

import time
from collections.abc import Callable

from grader.errors import SandboxUnavailable
from grader.sandbox import Sandbox
from grader.sandbox.doctor import broken_walls, canary
from grader.sandbox.wall import Wall

CANARY_SECONDS = 60.0
"""Between two canaries, at least; they are asked before a job, because an idle sandbox grades nothing."""


class Workbench:
    """Holds a sandbox of a level that a parent has proven. `close` ends it."""

    def __init__(
        self,
        sandbox: Sandbox,
        examine: Callable[[Sandbox], tuple[Wall, ...]] = canary,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sandbox = sandbox
        self._examine = examine
        self._clock = clock
        self._examined: float | None = None
        self._canaries = 0

    def sandbox(self) -> Sandbox:
        """The sandbox, to grade in now.

        Raises SandboxUnavailable where a canary died or a forbidden job lived, SandboxBroken where none starts.
        """
        now = self._clock()
        if self._examined is None or now - self._examined >= CANARY_SECONDS:
            broken = broken_walls(self._examine(self._sandbox)) if self._sandbox.level != "unsafe" else ()
            if broken:
                raise SandboxUnavailable(f"The wall {broken[0].name!r} no longer holds: {broken[0].evidence}")
            self._examined = now
            self._canaries += self._sandbox.level != "unsafe"
        return self._sandbox

    def told(self) -> dict[str, int]:
        """For monitors: the canaries that came back since this was last asked, and the processes that are ready."""
        canaries, self._canaries = self._canaries, 0
        return {"canaries": canaries, "spares": getattr(self._sandbox, "spares", 0)}

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()
