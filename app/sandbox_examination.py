"""Has the grader attack its own sandbox, and tells wall by wall what held."""

from contextlib import closing

from app.sandbox_health import SandboxHealth, SandboxState, Wall
from grader.errors import SandboxBroken
from grader.sandbox import doctor
from grader.sandbox.levels import named

UNSAFE = "unsafe"
UNSAFE_MESSAGE = "The unsafe level has no walls: uploaded code can do what this user can do."


def examine(level: str) -> SandboxHealth:
    """Attack every wall of `level`. About two seconds; never raises for a sandbox that does not hold."""
    try:
        sandbox = named(level)
        if sandbox.level == UNSAFE:
            return SandboxHealth(SandboxState.HOLDS, UNSAFE, message=UNSAFE_MESSAGE)
        with closing(sandbox):
            proven = doctor.examine(sandbox)
    except SandboxBroken as error:
        return SandboxHealth(SandboxState.REFUSED, level, message=f"The sandbox does not start here: {error}")
    except ValueError as error:
        return SandboxHealth(SandboxState.REFUSED, level, message=str(error))
    walls = tuple(Wall(wall.name, wall.held, wall.mandatory, wall.evidence) for wall in proven)
    broken = [wall for wall in walls if wall.mandatory and not wall.held]
    if broken:
        names = ", ".join(wall.name for wall in broken)
        message = f"These walls do not hold: {names}. `chainrule doctor` says what was seen."
        return SandboxHealth(SandboxState.REFUSED, sandbox.level, walls, message)
    return SandboxHealth(SandboxState.HOLDS, sandbox.level, walls)
