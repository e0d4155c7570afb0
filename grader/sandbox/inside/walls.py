"""Puts up the walls around this process, in the only order that works, before a byte of a submission is read.

Everything here is done by our own code to itself. That it was done is not believed: the doctor proves it by attack.
"""
# pathlib would cost every start its import:
# ruff: noqa: PTH116, PTH120, PTH123

import ctypes
import os
import resource
import struct
import sys
from dataclasses import dataclass

from grader.sandbox.inside import landlock, seccomp

NOBODY = 65534
OPEN_FILES = 32
STACK_BYTES = 8 << 20
SLACK_BYTES = 64 << 20  # stack and read-only maps above what is mapped at start; RLIMIT_DATA is the real limit

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_SECCOMP = 1, 4, 24, 22
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
SECCOMP_MODE_FILTER = 2
LINUX_CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 63
CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP = 1 << 5, 1 << 6, 1 << 7, 1 << 8
CLOSE_RANGE = 436  # the same number on every architecture
FIRST_FOREIGN = 4  # descriptors below are the process's pipes


@dataclass(frozen=True, slots=True)
class Settings:
    """What the supervisor decides about a process.

    walls: "all", or "limits" for the unsafe level. parent: process id; 0 for one that is seen from another namespace.
    mapped_bytes: address space that our own code takes; 0 to measure it here.
    """

    walls: str
    numpy_folder: str
    frames: int
    parent: int
    cpu_seconds: int
    memory_bytes: int
    mapped_bytes: int = 0


Limit = tuple[int, tuple[int, int]]
"""A resource, and its soft and hard limit."""


def limits(settings: Settings) -> tuple[Limit, ...]:
    """The resource limits of a process that is limited as this one is now.

    RLIMIT_DATA is the memory limit; RLIMIT_AS stands behind it for what it does not count.
    """
    mapped = settings.mapped_bytes or mapped_bytes()
    asked = {
        "RLIMIT_CPU": (settings.cpu_seconds, settings.cpu_seconds + 1),
        "RLIMIT_DATA": (settings.memory_bytes, settings.memory_bytes),
        "RLIMIT_AS": (mapped + settings.memory_bytes + SLACK_BYTES,) * 2 if mapped else None,
        "RLIMIT_STACK": (STACK_BYTES, STACK_BYTES),
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_NOFILE": (OPEN_FILES, OPEN_FILES),
        "RLIMIT_NPROC": (0, 0),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_MSGQUEUE": (0, 0),
    }
    found: list[Limit] = []
    for name, pair in asked.items():
        kind = getattr(resource, name, None)  # other systems know fewer of them
        if kind is None or pair is None:
            continue
        hard = resource.getrlimit(kind)[1]
        soft, ceiling = (value if hard == resource.RLIM_INFINITY else min(value, hard) for value in pair)
        found.append((kind, (soft, ceiling)))
    return tuple(found)


def limit(found: tuple[Limit, ...]) -> None:
    """Put limits on this process."""
    for kind, pair in found:
        resource.setrlimit(kind, pair)


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be made ready before the walls go up, once for many processes.

    leaves_root: become nobody. ruleset: descriptor of the Landlock rules; landlock: their ABI. program: the filter, as
    the kernel takes it. libc: the C library; opening it again would cost every process 70 page faults.
    """

    leaves_root: bool
    ruleset: int
    landlock: int
    program: "ctypes.Array[ctypes.c_char]"
    libc: ctypes.CDLL


def plan(readable: list[str]) -> Plan:
    """The walls of a process that may read `readable` and nothing else. Raises OSError where the kernel has none.

    Empties the bounding set of this process, and so of its children: that needs a right which they give up.

    An interpreter under a folder only root may enter leaves no choice: then the process stays root without any
    capability, and only Landlock and seccomp stand between it and root's files.
    """
    leaves_root = os.geteuid() == 0 and all(_open_to_all(path) for path in readable)
    libc = ctypes.CDLL(None, use_errno=True)
    _empty_bounding_set(libc)
    descriptor, version = landlock.ruleset(libc, readable)
    program = seccomp.program()
    return Plan(leaves_root, descriptor, version, ctypes.create_string_buffer(program, len(program)), libc)


def enclose(settings: Settings, ready: Plan, found: tuple[Limit, ...]) -> dict[str, str | int]:
    """All walls of this machine's kernel. What was put up, for the supervisor's log; OSError if one is refused.

    found: the limits of these settings, which a zygote has made beforehand.
    """
    libc = ready.libc
    _close_descriptors(libc, ready.ruleset)
    if ready.leaves_root:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    _keep_capabilities(libc, 0)
    _prctl(libc, PR_SET_PDEATHSIG, 9)
    if settings.parent and os.getppid() != settings.parent:  # it died before the line above
        os._exit(1)
    _prctl(libc, PR_SET_DUMPABLE, 0)
    _prctl(libc, PR_SET_NO_NEW_PRIVS, 1)
    limit(found)
    landlock.restrict(libc, ready.ruleset)
    _filter(libc, ready.program)
    return {"user": os.geteuid(), "landlock": ready.landlock}


def harden() -> None:
    """What a process of ours that never runs a student's code does for itself: no debugger, no core, no new rights.

    Of root's capabilities it keeps what it needs to make nobody of its children, and to end them.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        _keep_capabilities(libc, CAP_KILL | CAP_SETGID | CAP_SETUID | CAP_SETPCAP)
    _prctl(libc, PR_SET_DUMPABLE, 0)
    _prctl(libc, PR_SET_NO_NEW_PRIVS, 1)


def _close_descriptors(libc: ctypes.CDLL, kept: int) -> None:
    """Close everything above the pipes but the rules, which their use closes."""
    for first, last in ((FIRST_FOREIGN, kept - 1), (kept + 1, 0xFFFFFFFF)):
        if first <= last and libc.syscall(CLOSE_RANGE, ctypes.c_uint(first), ctypes.c_uint(last), 0):
            raise OSError(ctypes.get_errno(), "close_range")


def _open_to_all(path: str) -> bool:
    """Whether others may read `path` and enter every folder above it."""
    path = os.path.realpath(path)
    if not os.stat(path).st_mode & 0o004:
        return False
    while path != "/":
        path = os.path.dirname(path)
        if not os.stat(path).st_mode & 0o001:
            return False
    return True


def _empty_bounding_set(libc: ctypes.CDLL) -> None:
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # refused where we never had it


def _keep_capabilities(libc: ctypes.CDLL, kept: int) -> None:
    """Of the effective and permitted capabilities keep `kept`, a mask within the first 32; none is inheritable."""
    header = struct.pack("<Ii", LINUX_CAPABILITY_VERSION_3, 0)
    if libc.capset(header, struct.pack("<6I", kept, kept, 0, 0, 0, 0)):
        raise OSError(ctypes.get_errno(), "capset")


def _filter(libc: ctypes.CDLL, program: "ctypes.Array[ctypes.c_char]") -> None:
    # struct sock_fprog: a 16-bit count, padding, a pointer
    prog = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(program)))
    _prctl(libc, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(prog))


def _prctl(libc: ctypes.CDLL, option: int, value: int, more: int = 0) -> None:
    if libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(more), ctypes.c_ulong(0), ctypes.c_ulong(0)):
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def mapped_bytes() -> int:
    """Address space in use now, in bytes; 0 where /proc does not say."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
