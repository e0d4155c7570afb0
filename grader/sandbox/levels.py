"""The levels by name, and the choice of one after proof. There is no silent way from a strong level to a weak one."""

from collections.abc import Callable, Mapping

from grader.errors import SandboxBroken, SandboxUnavailable
from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.doctor import broken_walls, examine
from grader.sandbox.unsafe import UnsafeSandbox

LEVELS: Mapping[str, Callable[[], Sandbox]] = {"container": ContainerSandbox, "unsafe": UnsafeSandbox}


def named(level: str) -> Sandbox:
    """The sandbox of a level without proof, for a process whose parent has proven it; "auto" is the strongest.

    Raises ValueError for a level that does not exist.
    """
    if level == "auto":
        return ContainerSandbox()
    if level not in LEVELS:
        raise ValueError(f"the sandbox level {level!r} does not exist: choose auto, {', '.join(LEVELS)}")
    return LEVELS[level]()


def choose(level: str) -> Sandbox:
    """The sandbox of a level, proven by attack here and now; "unsafe" has no walls to prove and is taken by its word.

    Raises SandboxUnavailable naming the first mandatory wall that does not hold, ValueError for an unknown level.
    """
    sandbox = named(level)
    if sandbox.level == UnsafeSandbox.level:
        return sandbox
    try:
        broken = broken_walls(examine(sandbox))
    except SandboxBroken as error:
        sandbox.close()
        raise SandboxUnavailable(f"The sandbox level {sandbox.level} does not start here: {error}") from error
    if broken:
        sandbox.close()
        others = f" ({len(broken)} walls in all)" if len(broken) > 1 else ""
        raise SandboxUnavailable(f"The wall {broken[0].name!r} does not hold: {broken[0].evidence}{others}")
    return sandbox
