"""What the doctor attacks, and how each attack must end."""

import ctypes
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.report import Verdict
from grader.sandbox import Call, Reply, Returned
from grader.sandbox.launch import ENVIRONMENT
from grader.sandbox.wall import Attack, forbidden, gave, refused, stopped, unreachable
from reference.spec import Limits

PROJECT = Path(__file__).parents[2]

LIMITS = Limits(load_seconds=20.0, call_seconds=20.0, cpu_seconds=20, memory_mib=512)
SPIN_SECONDS = 0.05
STAYS_ROOT = "only root may read this interpreter, so the process stays root, without any capability"

ANSWER_TOLERANCE = 1e-12  # the same formula by the same library, so only a broken one differs by more


@dataclass(frozen=True, slots=True)
class Ground:
    """What there is to be had on this machine.

    planted: a file that every user may read, in a folder that every user may write to. port: of a listener on loopback.
    neighbour, address: process id of another session, as it is seen from a session, and an address in it. secret: bytes
    in the memory of this process.
    """

    planted: Path
    port: int
    neighbour: int
    address: int
    secret: "ctypes.Array[ctypes.c_char]"


def survivable(ground: Ground) -> Iterator[Attack]:
    """Attacks that a good sandbox refuses without ending the process, and the work that it must allow."""
    planted = ground.planted
    yield known_answer()
    yield Attack("no reading outside", Call("read_file", (str(planted),)), refused)
    yield Attack("no listing of the grader", Call("list_folder", (str(PROJECT),)), refused)
    yield Attack("no view of processes", Call("list_folder", ("/proc",)), refused)
    yield Attack("no writing", Call("write_file", (str(planted.with_name("written.txt")),)), refused)
    yield Attack("no network", Call("connect", (ground.port,)), refused)
    yield Attack("no other process", Call("fork"), refused)
    yield Attack("no other program", Call("execute", ("/bin/true",)), refused)
    yield Attack("no thread", Call("start_thread"), refused, mandatory=False)
    yield Attack("no signal to the grader", Call("signal_process", (os.getpid(),)), refused)
    yield Attack("no signal to the parent process", Call("signal_parent"), refused)
    yield Attack("no signal to another session", Call("signal_process", (ground.neighbour,)), refused)
    yield Attack("no executable memory", Call("map_executable"), refused)
    yield Attack("not root", Call("user"), lambda reply: not gave(reply, 0), mandatory=False, otherwise=STAYS_ROOT)
    yield Attack("no memory made executable", Call("make_executable"), refused)
    yield Attack("no shared memory", Call("map_shared"), refused)
    yield Attack(
        "empty environment",
        Call("environment", ([*sorted(set(os.environ) - set(ENVIRONMENT))],)),
        lambda reply: gave(reply, []),
    )
    yield Attack("no inherited descriptors", Call("descriptors"), lambda reply: gave(reply, [0, 1, 2, 3]))
    yield Attack("processor limit", Call("processor_seconds"), lambda reply: gave(reply, LIMITS.cpu_seconds + 1))


def deadly(ground: Ground) -> Iterator[Attack]:
    """Attacks that end the process; each gets its own."""
    read_memory = Call("read_memory", (os.getpid(), ctypes.addressof(ground.secret), len(ground.secret)))
    yield unlisted_call()
    yield Attack("no reading of the grader's memory", read_memory, refused)
    yield Attack("no io_uring", Call("set_up_ring"), refused)
    yield Attack("memory limit", Call("allocate", (4,)), lambda reply: stopped(reply, Verdict.MEMORY_LIMIT))
    yield Attack(
        "wall clock", Call("spin", wall_seconds=SPIN_SECONDS), lambda reply: stopped(reply, Verdict.TIME_LIMIT)
    )
    yield Attack("no view of another session", Call("read_memory", (ground.neighbour, ground.address, 8)), refused)


def namespaces_alone(ground: Ground) -> Iterator[Attack]:
    """What namespaces must keep away without any other wall."""
    planted = ground.planted
    yield Attack("namespaces alone: no file outside", Call("read_file", (str(planted),)), unreachable)
    yield Attack("namespaces alone: no folder outside", Call("list_folder", (str(planted.parent),)), unreachable)
    yield Attack("namespaces alone: no view of processes", Call("list_folder", ("/proc",)), unreachable)
    yield Attack("namespaces alone: no writing", Call("write_file", ("/written.txt",)), unreachable)
    yield Attack("namespaces alone: no network", Call("connect", (ground.port,)), unreachable)
    yield Attack("namespaces alone: no signal to the grader", Call("signal_process", (os.getpid(),)), unreachable)


def known_answer() -> Attack:
    """The canary: work whose answer is known."""
    x = np.linspace(-2.0, 3.0, 15).reshape(5, 3) ** 3
    return Attack("NumPy computes", Call("known_answer", (x,), seed=7), lambda reply: _is_answer(reply, x))


def unlisted_call() -> Attack:
    """The forbidden job: a system call that must end the process."""
    return Attack("unlisted system calls kill", Call("leave_namespace"), forbidden)


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
