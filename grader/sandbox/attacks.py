"""What the doctor hands in as a submission: one function an attack. It is read as text and never imported by us.

A function that returns has broken through; one that raises, or whose process dies by SIGSYS, has met the wall.
"""

# It is written as students write, with open() and os.listdir(), and the program it runs is the doctor's:
# ruff: noqa: PTH123, PTH208, S603

import ctypes
import mmap
import os
import resource
import socket
import subprocess
import threading

import numpy as np
from numpy.typing import NDArray


def known_answer(x: NDArray[np.float64]) -> tuple[NDArray[np.floating], ...]:
    """Not an attack: the work that must still be possible."""
    shifted = np.exp(x - x.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True), np.linalg.inv(x.T @ x), np.random.standard_normal(3)


def read_file(path: str) -> str:
    """Read a file outside the interpreter."""
    with open(path) as file:
        return file.read()


def list_folder(path: str) -> int:
    """List a folder outside the interpreter."""
    return len(os.listdir(path))


def write_file(path: str) -> bool:
    """Leave something on disk."""
    with open(path, "w"):
        return True


def connect(port: int) -> int:
    """Reach a service on this machine."""
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        return port


def fork() -> int:
    """Make another process."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def execute(program: str) -> int:
    """Run a program."""
    return subprocess.run([program], check=False).returncode


def start_thread() -> bool:
    """Start a thread."""
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    return True


def signal_parent() -> bool:
    """Signal 0: nothing is sent, but permission to send is asked."""
    os.kill(os.getppid(), 0)
    return True


def signal_process(process: int) -> bool:
    """The same to any process: the grader, or the session of someone else."""
    os.kill(process, 0)
    return True


def whereabouts() -> tuple[int, int]:
    """Not an attack: the process id, and an address of this process that can be read."""
    return os.getpid(), id(None)


def map_executable() -> int:
    """Memory that can be written and executed."""
    return len(mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC))


def make_executable() -> int:
    """Memory that becomes executable later."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.valloc.restype = ctypes.c_void_p
    if libc.mprotect(ctypes.c_void_p(libc.valloc(4096)), ctypes.c_size_t(4096), 7):
        raise OSError(ctypes.get_errno(), "mprotect")
    return 4096


def map_shared() -> int:
    """Shared memory, which the memory limit does not count."""
    return len(mmap.mmap(-1, 4096, mmap.MAP_SHARED))


def environment(names: list[str]) -> list[str]:
    """Which of the grader's environment variables are here, asked of the C library."""
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_char_p
    return [name for name in names if libc.getenv(name.encode())]


def descriptors() -> list[int]:
    """Open file descriptors."""
    found = []
    for number in range(256):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found


def processor_seconds() -> int:
    """The limit of processor time, as the kernel holds it."""
    return resource.getrlimit(resource.RLIMIT_CPU)[1]


def user() -> int:
    """Who the submission is."""
    return os.getuid()


def read_memory(process: int, address: int, count: int) -> int:
    """Read the memory of the process that holds the answers."""
    buffer = ctypes.create_string_buffer(count)
    pointers = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), count), (ctypes.c_size_t * 2)(address, count)
    libc = ctypes.CDLL(None, use_errno=True)
    got = libc.process_vm_readv(
        process, pointers[0], ctypes.c_ulong(1), pointers[1], ctypes.c_ulong(1), ctypes.c_ulong(0)
    )
    if got < 0:
        raise OSError(ctypes.get_errno(), "process_vm_readv")
    return int(got)


def set_up_ring() -> bool:
    """io_uring does input and output without passing the filter of system calls."""
    return _system_call(425, 1, ctypes.create_string_buffer(120))


def leave_namespace() -> bool:
    """A user namespace of one's own: the first step of most escapes."""
    return _system_call({"x86_64": 272}.get(os.uname().machine, 97), 0x10000000)


def allocate(gibibytes: int) -> int:
    """More memory than is allowed."""
    return np.ones(gibibytes << 27).size


def fill(mebibytes: int) -> int:
    """As much as the process may have, so that only what is around it can say no."""
    return len(bytearray(b"x" * (mebibytes << 20)))


def spin() -> None:
    """Never come back."""
    while True:
        pass


def _system_call(*arguments: object) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "system call")
    return True
