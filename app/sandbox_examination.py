"""Has the grader attack its own sandbox, and tells wall by wall what held."""

import logging

from app.sandbox_health import SandboxHealth, SandboxState, Wall
from grader.sandbox.levels import prove
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
        logger.warning("A stronger level is not used: %s", reason)
    walls = tuple(Wall(wall.name, wall.held, wall.mandatory, wall.evidence) for wall in proof.walls)
    if proof.refusal:
        message = " ".join((*proof.passed_over, proof.refusal, "`chainrule doctor` says what was seen."))
        return SandboxHealth(SandboxState.REFUSED, proof.level, walls, message)
    if proof.level == UnsafeSandbox.level:
        return SandboxHealth(SandboxState.HOLDS, proof.level, message=UNSAFE_MESSAGE)
    return SandboxHealth(SandboxState.HOLDS, proof.level, walls, " ".join(proof.passed_over))
