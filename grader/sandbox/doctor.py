"""Proves a sandbox by attacking every wall with files such as a student could hand in; nothing is believed unproven."""

import ctypes
import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Returned, Sandbox, Session
from grader.sandbox.attack_list import (
    LIMITS,
    Ground,
    deadly,
    known_answer,
    namespaces_alone,
    survivable,
    unlisted_call,
)
from grader.sandbox.ceiling import NoCeiling, make_ceiling
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.full import FullSandbox
from grader.sandbox.wall import Attack, Wall, attacked, stopped
from grader.upload import SourceFile, Upload

ATTACKS = Path(__file__).parent / "attacks.py"

LOW_CEILING_BYTES = 96 << 20
"""Well above what a zygote and its spares hold of their own, well below what the attack asks for."""

UNDER_LIMIT_MIB = 256
"""Memory that the process itself may use, and that the group over it may not."""


def examine(sandbox: Sandbox) -> tuple[Wall, ...]:
    """Attack every wall of `sandbox`; well under two seconds. Raises SandboxBroken if it does not start at all."""
    upload = _upload()
    with (
        _ground(sandbox, upload) as ground,
        ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 1)) as pool,
    ):
        batches = [list(survivable(ground)), *([attack] for attack in deadly(ground))]
        walls = [wall for found in pool.map(lambda batch: _attack(sandbox, upload, batch), batches) for wall in found]
        if isinstance(sandbox, FullSandbox):
            walls += _attack(sandbox.namespaces_alone(), upload, list(namespaces_alone(ground)))
        if isinstance(sandbox, ContainerSandbox):
            walls.append(_ceiling(sandbox, upload))
        return tuple(walls)


def canary(sandbox: Sandbox) -> tuple[Wall, ...]:
    """The two jobs that tell whether a sandbox still is what it was: a known answer, and a call that must kill.

    A few milliseconds. Raises SandboxBroken if it does not start.
    """
    upload = _upload()
    return tuple(wall for attack in (known_answer(), unlisted_call()) for wall in _attack(sandbox, upload, [attack]))


def broken_walls(walls: tuple[Wall, ...]) -> tuple[Wall, ...]:
    """Mandatory walls that do not hold: with one of them nothing may be graded."""
    return tuple(wall for wall in walls if wall.mandatory and not wall.held)


def _upload() -> Upload:
    return Upload((SourceFile("attacks.py", ATTACKS.read_text(encoding="utf-8")),))


@contextmanager
def _ground(sandbox: Sandbox, upload: Upload) -> Iterator[Ground]:
    """Something to steal, something to reach, and somebody to disturb."""
    with (
        tempfile.TemporaryDirectory(prefix="chainrule-doctor-") as folder,
        closing(socket.create_server(("127.0.0.1", 0))) as listener,
        sandbox.open(upload, LIMITS) as beside,
    ):
        planted = Path(folder) / "planted.txt"
        planted.write_text("the answers", encoding="utf-8")
        planted.chmod(0o644)  # open to all: only the sandbox stands before it
        Path(folder).chmod(0o777)
        secret = ctypes.create_string_buffer(b"the answers")
        yield Ground(planted, listener.getsockname()[1], *_whereabouts(beside), secret)


def _whereabouts(session: Session) -> tuple[int, int]:
    """Process id and a readable address of another submission's process, which must be safe from the attacks."""
    if isinstance(session.loaded, Loaded):
        (reply,) = session.run([Call("whereabouts")])
        match reply:
            case Returned((int(number), int(address))):
                return number, address
    raise SandboxBroken(f"the doctor's own file does not load: {session.loaded}")


def _attack(sandbox: Sandbox, upload: Upload, batch: Sequence[Attack]) -> list[Wall]:
    with sandbox.open(upload, LIMITS) as session:
        return attacked(session, batch)


def _ceiling(sandbox: ContainerSandbox, upload: Upload) -> Wall:
    """The memory group over the sandbox, proven under a low one: not every machine lets us make one."""
    name = "memory group over the sandbox"
    try:
        make_ceiling().close()
    except NoCeiling as error:
        return Wall(name, mandatory=False, held=False, evidence=f"none can be made here: {error}")
    fill = Attack(
        name,
        Call("fill", (UNDER_LIMIT_MIB,)),
        lambda reply: stopped(reply, Verdict.MEMORY_LIMIT),
        mandatory=False,
    )
    with closing(sandbox.under(LOW_CEILING_BYTES)) as low:
        (wall,) = _attack(low, upload, [fill])
        return wall
