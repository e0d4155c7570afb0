"""What is known of the sandbox on this machine: the level in use, and wall by wall what held."""

from dataclasses import dataclass
from enum import StrEnum


class SandboxState(StrEnum):
    """Whether gradings can run here."""

    EXAMINING = "examining"
    HOLDS = "holds"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"  # another process grades


@dataclass(frozen=True, slots=True)
class Wall:
    """One wall: whether it held when it was attacked, whether gradings are refused without it, and what was seen."""

    name: str
    held: bool
    mandatory: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SandboxHealth:
    """The outcome of the last examination. `message` is for the operator, empty where all is well.

    details: the same with all that was seen, paths of this machine included; not for the public.
    """

    state: SandboxState
    level: str = ""
    walls: tuple[Wall, ...] = ()
    message: str = ""
    details: tuple[str, ...] = ()
