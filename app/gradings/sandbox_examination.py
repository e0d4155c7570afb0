"""Has the grader attack its own sandbox, and tells wall by wall what held."""

import logging

from app.sandbox_health import SandboxHealth, SandboxState, Wall
from grader.sandbox.levels import BY_STRENGTH, Proof, prove
from grader.sandbox.unsafe import UnsafeSandbox

UNSAFE_MESSAGE = "The unsafe level has no walls: uploaded code can do what this user can do."

logger = logging.getLogger("chainrule.sandbox")


def examine(level: str) -> SandboxHealth:
    """Attack every wall of `level`. About two seconds; never raises for a sandbox that does not hold."""
    try:
        proof = prove(level)
    except ValueError as error:
        return SandboxHealth(SandboxState.REFUSED, level, message=str(error))
    if proof.sandbox is not None:
        proof.sandbox.close()
    for reason in proof.passed_over:
        logger.warning("A stronger level of the sandbox is not used: %s", reason)
    walls = tuple(Wall(wall.name, wall.held, wall.mandatory, wall.evidence) for wall in proof.walls)
    details = tuple(reason for reason in (*proof.passed_over, proof.refusal) if reason)
    if proof.refusal:
        return SandboxHealth(SandboxState.REFUSED, proof.level, walls, _refusal(proof), details)
    if proof.level == UnsafeSandbox.level:
        return SandboxHealth(SandboxState.HOLDS, proof.level, message=UNSAFE_MESSAGE)
    return SandboxHealth(SandboxState.HOLDS, proof.level, walls, _passed_over(proof), details)


def _refusal(proof: Proof) -> str:
    """Names of walls and no more: anybody may read it, and what the attacks met are paths of this machine."""
    broken = ", ".join(wall.name for wall in proof.walls if wall.mandatory and not wall.held)
    why = f"these walls do not hold: {broken}" if broken else "it does not start here"
    return f"The sandbox level {proof.level} is refused: {why}. `chainrule doctor` says what was seen."


def _passed_over(proof: Proof) -> str:
    if not proof.passed_over:
        return ""
    stronger = " and ".join(BY_STRENGTH[: len(proof.passed_over)])
    return f"Not the strongest level: {stronger} does not hold here. `chainrule doctor` says why."
