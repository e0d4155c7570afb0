"""A wall of the sandbox, an attack on it, and the ways in which an attack may end where the wall holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Session, Stopped

REFUSALS = ("PermissionError", "OSError", "BlockingIOError", "RuntimeError", "FileNotFoundError")
"""What Python raises when the kernel refuses, or shows nothing; RuntimeError is its "can't start new thread"."""

UNREACHABLE = (*REFUSALS, "ConnectionRefusedError", "ProcessLookupError")
"""What it raises where a namespace leaves nothing to reach."""


@dataclass(frozen=True, slots=True)
class Wall:
    """One wall after its proof. evidence: what the attack met, one line for an operator."""

    name: str
    mandatory: bool
    held: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack and how it must end. otherwise: what to tell an operator where it does not."""

    name: str
    call: Call
    holds: Callable[[Reply], bool]
    mandatory: bool = True
    otherwise: str = ""


def attacked(session: Session, attacks: Iterable[Attack]) -> list[Wall]:
    """Make the attacks one after the other in a session that has loaded the doctor's file."""
    if not isinstance(session.loaded, Loaded):
        raise SandboxBroken(f"the doctor's own file does not load: {session.loaded}")
    walls = []
    for attack in attacks:
        (reply,) = session.run([attack.call])
        held = attack.holds(reply)
        evidence = _evidence(reply) if held or not attack.otherwise else attack.otherwise
        walls.append(Wall(attack.name, attack.mandatory, held, evidence))
    return walls


def refused(reply: Reply) -> bool:
    """The kernel said no, or ended the process for asking."""
    return forbidden(reply) or (isinstance(reply, Raised) and reply.type_name in REFUSALS)


def unreachable(reply: Reply) -> bool:
    """There was nothing to be reached."""
    return isinstance(reply, Raised) and reply.type_name in UNREACHABLE


def forbidden(reply: Reply) -> bool:
    """The list of system calls ended the process."""
    return stopped(reply, Verdict.FORBIDDEN)


def stopped(reply: Reply, verdict: Verdict) -> bool:
    """The process was ended for this reason."""
    return isinstance(reply, Stopped) and reply.verdict is verdict


def gave(reply: Reply, value: object) -> bool:
    """The call returned exactly this."""
    return isinstance(reply, Returned) and reply.value == value


def _evidence(reply: Reply) -> str:
    if isinstance(reply, Returned):
        return "came back" if isinstance(reply.value, tuple) else f"came back with {reply.value!r}"[:200]
    if isinstance(reply, Raised):
        return f"{reply.type_name}: {reply.message}"[:200]
    return f"{reply.verdict.value}: {reply.detail}"[:200]
