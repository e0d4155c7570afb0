"""Whether the process lives, and whether this installation can accept and grade."""

import logging

from fastapi import APIRouter, Response

from app.api.schemas import HealthOut, ReadyOut, SandboxOut, WallOut
from app.context import Context
from app.dependencies import Ctx
from app.sandbox_health import SandboxHealth, SandboxState

logger = logging.getLogger("chainrule.health")
health_router = APIRouter(tags=["health"])


@health_router.get("/healthz", operation_id="getHealth")
def get_health() -> HealthOut:
    """The process answers; nothing else is looked at."""
    return HealthOut()


def readiness(context: Context) -> ReadyOut:
    """What holds right now. Accepting needs the database at this version; grading needs the sandbox as well."""
    database, migrations, queue = "ok", "ok", {}
    try:
        migrations = "ok" if context.database.at_head() else "the database is not at this version: chainrule migrate"
        if migrations == "ok":
            with context.database.reading() as tx:
                queue = tx.queue.depth()
    except Exception as error:  # whatever it is, nothing can be accepted; the log has the rest
        logger.exception("the database cannot be reached")
        database = migrations = f"not reachable ({type(error).__name__})"
    draining = context.draining.is_set()
    ready = database == "ok" and migrations == "ok" and not draining
    health = context.sandbox_health()
    grades = health.state in (SandboxState.HOLDS, SandboxState.ELSEWHERE)
    return ReadyOut(
        ready=ready,
        grading=ready and grades,
        draining=draining,
        database=database,
        migrations=migrations,
        sandbox=_sandbox(health),
        queue=queue,
    )


@health_router.get("/readyz", operation_id="getReadiness", responses={503: {"model": ReadyOut}})
def get_readiness(context: Ctx, response: Response) -> ReadyOut:
    """Database, migrations, sandbox wall by wall, queue. 503 where nothing can be accepted, or soon not any more."""
    ready = readiness(context)
    if not ready.ready:
        response.status_code = 503
    return ready


def _sandbox(health: SandboxHealth) -> SandboxOut:
    # Anybody may ask, so what the attacks met (paths of this machine) stays with `chainrule doctor`.
    walls = [WallOut(name=w.name, held=w.held, mandatory=w.mandatory) for w in health.walls]
    return SandboxOut(state=health.state.value, level=health.level, message=health.message, walls=walls)
