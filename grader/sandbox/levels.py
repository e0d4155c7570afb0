"""The levels by name, and the choice of one by proof. There is no silent way from a strong level to a weak one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from grader.errors import SandboxBroken, SandboxUnavailable
from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.doctor import broken_walls, examine
from grader.sandbox.full import FullSandbox
from grader.sandbox.unsafe import UnsafeSandbox
from grader.sandbox.wall import Wall

LEVELS: Mapping[str, Callable[[], Sandbox]] = {
    FullSandbox.level: FullSandbox,
    ContainerSandbox.level: ContainerSandbox,
    UnsafeSandbox.level: UnsafeSandbox,
}

AUTO = "auto"
BY_STRENGTH = (FullSandbox.level, ContainerSandbox.level)
"""What `auto` tries, the strongest first; `unsafe` is never among them."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of attacking a level. `sandbox` is open; whoever asked closes it. None where it did not start.

    refusal: why nothing may be graded at this level, one sentence for an operator, with paths of this machine; empty
    where every mandatory wall held. passed_over: the refusals of stronger levels that were tried before.
    """

    level: str
    sandbox: Sandbox | None
    walls: tuple[Wall, ...] = ()
    refusal: str = ""
    passed_over: tuple[str, ...] = ()


def named(level: str) -> Sandbox:
    """The sandbox of a level without proof, for a process whose parent has proven it.

    Raises ValueError for a level that does not exist, SandboxUnavailable where this machine lacks what it needs.
    """
    if level not in LEVELS:
        raise ValueError(f"the sandbox level {level!r} does not exist: choose {AUTO}, {', '.join(LEVELS)}")
    return LEVELS[level]()


def prove(level: str) -> Proof:
    """Attack a level here and now; `auto` is the strongest that holds. "unsafe" has no walls and is taken by its word.

    Raises ValueError for an unknown level.
    """
    if level != AUTO:
        return _proof(level)
    refusals: list[str] = []
    for candidate in BY_STRENGTH:
        proof = _proof(candidate)
        if not proof.refusal:
            break
        refusals.append(proof.refusal)
    return replace(proof, passed_over=tuple(refusals[: -1 if proof.refusal else None]))


def choose(level: str) -> Sandbox:
    """The sandbox of a level that has been proven. Raises SandboxUnavailable where it does not hold, ValueError."""
    proof = prove(level)
    if proof.sandbox is None or proof.refusal:
        if proof.sandbox is not None:
            proof.sandbox.close()
        raise SandboxUnavailable(" ".join((*proof.passed_over, proof.refusal)))
    return proof.sandbox


def _proof(level: str) -> Proof:
    sandbox: Sandbox | None = None
    try:
        sandbox = named(level)
        walls = () if level == UnsafeSandbox.level else examine(sandbox)
    except SandboxUnavailable as error:
        return Proof(level, None, refusal=str(error))
    except SandboxBroken as error:
        if sandbox is not None:
            sandbox.close()
        return Proof(level, None, refusal=f"The sandbox level {level} does not start here: {error}.")
    return Proof(level, sandbox, walls, _refusal(level, broken_walls(walls)))


def _refusal(level: str, broken: tuple[Wall, ...]) -> str:
    if not broken:
        return ""
    others = f" ({len(broken)} walls in all)" if len(broken) > 1 else ""
    return f"At the level {level} the wall {broken[0].name!r} does not hold: {broken[0].evidence}{others}."
