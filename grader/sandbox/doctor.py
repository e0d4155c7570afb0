"""Proves a sandbox by attacking every wall with files such as a student could hand in; nothing is believed unproven."""

import ctypes
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Sandbox, Session, Stopped
from grader.sandbox.launch import ENVIRONMENT
from grader.upload import SourceFile, Upload
from reference.spec import Limits

ATTACKS = Path(__file__).parent / "attacks.py"
PROJECT = Path(__file__).parents[2]

LIMITS = Limits(load_seconds=20.0, call_seconds=20.0, cpu_seconds=20, memory_mib=512)
SPIN_SECONDS = 0.05
REFUSALS = ("PermissionError", "OSError", "BlockingIOError", "RuntimeError")
"""What Python raises when the kernel refuses; RuntimeError is its "can't start new thread"."""

STAYS_ROOT = "only root may read this interpreter, so the process stays root, without any capability"

ANSWER_TOLERANCE = 1e-12  # the same formula by the same library, so only a broken one differs by more


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


def examine(sandbox: Sandbox) -> tuple[Wall, ...]:
    """Attack every wall of `sandbox`; well under two seconds. Raises SandboxBroken if it does not start at all."""
    upload = Upload((SourceFile("attacks.py", ATTACKS.read_text(encoding="utf-8")),))
    with (
        tempfile.TemporaryDirectory(prefix="chainrule-doctor-") as folder,
        closing(socket.create_server(("127.0.0.1", 0))) as listener,
        ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 1)) as pool,
        sandbox.open(upload, LIMITS) as beside,
    ):
        planted = Path(folder) / "planted.txt"
        planted.write_text("the answers", encoding="utf-8")
        planted.chmod(0o644)  # open to all: only the sandbox stands before it
        Path(folder).chmod(0o777)
        secret = ctypes.create_string_buffer(b"the answers")
        neighbour, address = _whereabouts(beside)
        survivable = list(_survivable(planted, listener.getsockname()[1], neighbour))
        deadly = [
            *_deadly(ctypes.addressof(secret), len(secret)),
            Attack("no view of another session", Call("read_memory", (neighbour, address, 8)), _refused),
        ]
        batches = [survivable, *([attack] for attack in deadly)]
        proven = pool.map(lambda batch: _attack(sandbox, upload, batch), batches)
        return tuple(wall for walls in proven for wall in walls)


def broken_walls(walls: tuple[Wall, ...]) -> tuple[Wall, ...]:
    """Mandatory walls that do not hold: with one of them nothing may be graded."""
    return tuple(wall for wall in walls if wall.mandatory and not wall.held)


def _survivable(planted: Path, port: int, neighbour: int) -> Iterator[Attack]:
    """Attacks that a good sandbox refuses without ending the process, and the work that it must allow."""
    x = np.linspace(-2.0, 3.0, 15).reshape(5, 3) ** 3
    yield Attack("NumPy computes", Call("known_answer", (x,), seed=7), lambda reply: _is_answer(reply, x))
    yield Attack("no reading outside", Call("read_file", (str(planted),)), _refused)
    yield Attack("no listing of the grader", Call("list_folder", (str(PROJECT),)), _refused)
    yield Attack("no view of processes", Call("list_folder", ("/proc",)), _refused)
    yield Attack("no writing", Call("write_file", (str(planted.with_name("written.txt")),)), _refused)
    yield Attack("no network", Call("connect", (port,)), _refused)
    yield Attack("no other process", Call("fork"), _refused)
    yield Attack("no other program", Call("execute", ("/bin/true",)), _refused)
    yield Attack("no thread", Call("start_thread"), _refused, mandatory=False)
    yield Attack("no signal to the grader", Call("signal_process", (os.getpid(),)), _refused)
    yield Attack("no signal to the parent process", Call("signal_parent"), _refused)
    yield Attack("no signal to another session", Call("signal_process", (neighbour,)), _refused)
    yield Attack("no executable memory", Call("map_executable"), _refused)
    yield Attack("not root", Call("user"), lambda reply: not _gave(reply, 0), mandatory=False, otherwise=STAYS_ROOT)
    yield Attack("no memory made executable", Call("make_executable"), _refused)
    yield Attack("no shared memory", Call("map_shared"), _refused)
    yield Attack(
        "empty environment",
        Call("environment", ([*sorted(set(os.environ) - set(ENVIRONMENT))],)),
        lambda reply: _gave(reply, []),
    )
    yield Attack("no inherited descriptors", Call("descriptors"), lambda reply: _gave(reply, [0, 1, 2, 3]))
    yield Attack("processor limit", Call("processor_seconds"), lambda reply: _gave(reply, LIMITS.cpu_seconds + 1))


def _deadly(address: int, count: int) -> Iterator[Attack]:
    """Attacks that end the process; each gets its own."""
    read_memory = Call("read_memory", (os.getpid(), address, count))
    yield Attack("unlisted system calls kill", Call("leave_namespace"), _forbidden)
    yield Attack("no reading of the grader's memory", read_memory, _refused)
    yield Attack("no io_uring", Call("set_up_ring"), _refused)
    yield Attack("memory limit", Call("allocate", (4,)), lambda reply: _stopped(reply, Verdict.MEMORY_LIMIT))
    yield Attack(
        "wall clock", Call("spin", wall_seconds=SPIN_SECONDS), lambda reply: _stopped(reply, Verdict.TIME_LIMIT)
    )


def _whereabouts(session: Session) -> tuple[int, int]:
    """Process id and a readable address of another submission's process, which must be safe from the attacks."""
    if isinstance(session.loaded, Loaded):
        (reply,) = session.run([Call("whereabouts")])
        match reply:
            case Returned((int(number), int(address))):
                return number, address
    raise SandboxBroken(f"the doctor's own file does not load: {session.loaded}")


def _attack(sandbox: Sandbox, upload: Upload, batch: list[Attack]) -> list[Wall]:
    with sandbox.open(upload, LIMITS) as session:
        if not isinstance(session.loaded, Loaded):
            raise SandboxBroken(f"the doctor's own file does not load: {session.loaded}")
        walls = []
        for attack in batch:
            (reply,) = session.run([attack.call])
            held = attack.holds(reply)
            evidence = _evidence(reply) if held or not attack.otherwise else attack.otherwise
            walls.append(Wall(attack.name, attack.mandatory, held, evidence))
        return walls


def _refused(reply: Reply) -> bool:
    return _forbidden(reply) or (isinstance(reply, Raised) and reply.type_name in REFUSALS)


def _forbidden(reply: Reply) -> bool:
    return _stopped(reply, Verdict.FORBIDDEN)


def _stopped(reply: Reply, verdict: Verdict) -> bool:
    return isinstance(reply, Stopped) and reply.verdict is verdict


def _gave(reply: Reply, value: object) -> bool:
    return isinstance(reply, Returned) and reply.value == value


def _is_answer(reply: Reply, x: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    """Softmax, a LAPACK inverse and seeded random numbers, equal to those computed here."""
    if not isinstance(reply, Returned) or not isinstance(reply.value, tuple):
        return False
    shifted = np.exp(x - x.max(axis=1, keepdims=True))
    right = (
        shifted / shifted.sum(axis=1, keepdims=True),
        np.linalg.inv(x.T @ x),
        np.random.RandomState(7).standard_normal(3),
    )
    return all(
        isinstance(got, np.ndarray) and got.shape == want.shape and np.allclose(got, want, ANSWER_TOLERANCE, 0.0)
        for got, want in zip(reply.value, right, strict=True)
    )


def _evidence(reply: Reply) -> str:
    if isinstance(reply, Returned):
        return "came back" if isinstance(reply.value, tuple) else f"came back with {reply.value!r}"[:200]
    if isinstance(reply, Raised):
        return f"{reply.type_name}: {reply.message}"[:200]
    return f"{reply.verdict.value}: {reply.detail}"[:200]
