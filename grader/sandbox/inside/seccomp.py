"""The first wall: the list of system calls a student's process may make. Everything else kills it with SIGSYS.

The policy is data; a small assembler turns it into a classic BPF program. Numbers that innocent code trips over get an
ordinary errno instead, so that `open("log.txt", "w")` is a PermissionError and not a dead process.
"""

import errno
import platform
import struct
from collections.abc import Mapping

from grader.sandbox.inside import syscalls

ALLOW = """
    read write readv writev pread64 pwrite64 close close_range lseek newfstatat fstat stat lstat getdents64 getcwd
    readlink readlinkat access faccessat munmap brk madvise mremap msync getrandom nanosleep gettimeofday time exit
    exit_group restart_syscall rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack getpid gettid getppid getuid geteuid
    getgid getegid getresuid getresgid getgroups getpgrp uname getrusage getrlimit times sched_yield getcpu poll ppoll
    select pselect6 umask getitimer pause
""".split()
"""Harmless with no descriptor but the pipes and what openat gives."""

REFUSED: Mapping[int, list[str]] = {
    errno.EPERM: """
        clone fork vfork execve execveat socket socketpair connect bind listen accept accept4 sendto recvfrom sendmsg
        recvmsg sendmmsg recvmmsg shutdown getsockname getpeername setsockopt getsockopt kill tkill tgkill
        rt_sigqueueinfo chroot dup dup2 dup3 pipe pipe2 memfd_create eventfd eventfd2 epoll_create epoll_create1
        inotify_init inotify_init1 signalfd signalfd4 timerfd_create timer_create setrlimit sysinfo sched_setaffinity
        sched_setscheduler sched_setparam sched_getparam sched_getscheduler mbind set_mempolicy get_mempolicy
        setpriority getpriority alarm setitimer prctl mlock mlock2 mlockall munlock munlockall fsync fdatasync sync
        syncfs flock fadvise64 statfs fstatfs sendfile copy_file_range splice tee setuid setgid setreuid setregid
        setresuid setresgid setgroups setsid setpgid sethostname shmget shmat msgget semget mincore
    """.split(),
    errno.EACCES: """
        creat unlink unlinkat mkdir mkdirat rmdir rename renameat renameat2 link linkat symlink symlinkat mknod mknodat
        chmod fchmod fchmodat chown fchown lchown fchownat truncate ftruncate fallocate utime utimes utimensat futimesat
        chdir fchdir setxattr lsetxattr fsetxattr
    """.split(),
    errno.ENOTSUP: "getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr".split(),
    errno.ECHILD: "wait4 waitid".split(),
    # glibc tries the new call, is told that there is none, and falls back to one that the filter can judge.
    errno.ENOSYS: "clone3 statx faccessat2 rseq set_robust_list".split(),
}

WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o20000000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and the bit of O_TMPFILE."""

PROT_EXEC = 0x4
MAP_TYPE, MAP_PRIVATE = 0x0F, 0x02
MAP_GROWSDOWN = 0x0100  # counted as stack, so it would pass by RLIMIT_DATA
FIOCLEX, FIONCLEX = 0x5451, 0x5450
F_GETFD, F_SETFD, F_GETFL = 1, 2, 3
FUTEX_WAIT, FUTEX_WAKE, FUTEX_WAIT_BITSET, FUTEX_PRIVATE, FUTEX_REALTIME = 0, 1, 9, 128, 256
CLOCKS_OF_PROCESSES = 0xFFFFFFF0
"""Bits of a clock's number that none of the machine's own clocks has: they name a process, and it may be any."""

ARCHITECTURES: Mapping[str, tuple[int, Mapping[str, int]]] = {
    "x86_64": (0xC000003E, syscalls.X86_64),
    "aarch64": (0xC00000B7, syscalls.AARCH64),
}
X32_BIT = 0x40000000
"""On x86_64, numbers from here on are the x32 ABI: the same calls under other numbers."""

SECCOMP_DATA_NR, SECCOMP_DATA_ARCH, SECCOMP_DATA_ARGS = 0, 4, 16
LOAD, JUMP, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, RETURN, AND = 0x20, 0x05, 0x15, 0x35, 0x45, 0x06, 0x54
FARTHEST_BRANCH = 255  # a condition's jump is one byte; JUMP goes as far as it likes
KILL_PROCESS, RET_ERRNO, RET_ALLOW = 0x80000000, 0x00050000, 0x7FFF0000

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant
Range = tuple[int, list[Instruction]]  # the first of neighbouring numbers, and what becomes of them


def _load(offset: int) -> Instruction:
    return (LOAD, 0, 0, offset)


def _low(argument: int) -> Instruction:
    """Load the low half of an argument: every flag that is judged lies there (both architectures are little-endian)."""
    return _load(SECCOMP_DATA_ARGS + 8 * argument)


def _high(argument: int) -> Instruction:
    return _load(SECCOMP_DATA_ARGS + 8 * argument + 4)


def _give(action: int) -> Instruction:
    return (RETURN, 0, 0, action)


def _refuse(number: int) -> Instruction:
    return _give(RET_ERRNO | number)


def _unless_bits(argument: int, bits: int, number: int) -> list[Instruction]:
    """Refuse when any of `bits` is set, else allow."""
    return [_low(argument), (JUMP_SET, 0, 1, bits), _refuse(number), _give(RET_ALLOW)]


def _only_values(argument: int, values: tuple[int, ...], number: int) -> list[Instruction]:
    """Allow when the argument is one of `values`, else refuse."""
    tests = [step for value in values for step in ((JUMP_EQUAL, 0, 1, value), _give(RET_ALLOW))]
    return [_low(argument), *tests, _refuse(number)]


def _judged() -> dict[str, list[Instruction]]:
    """Calls whose arguments decide. Each block ends in a RETURN on every path."""
    own = FUTEX_PRIVATE | FUTEX_WAIT, FUTEX_PRIVATE | FUTEX_WAKE, FUTEX_PRIVATE | FUTEX_WAIT_BITSET
    own_clock = _unless_bits(0, CLOCKS_OF_PROCESSES, errno.EINVAL)
    mmap_private = [(AND, 0, 0, MAP_TYPE), (JUMP_EQUAL, 1, 0, MAP_PRIVATE), _refuse(errno.EPERM), _give(RET_ALLOW)]
    zero_or_refuse = [(JUMP_EQUAL, 1, 0, 0), _refuse(errno.EPERM)]
    return {
        "open": _unless_bits(1, WRITING, errno.EACCES),
        "openat": _unless_bits(2, WRITING, errno.EACCES),
        "mprotect": _unless_bits(2, PROT_EXEC, errno.EPERM),
        "mmap": [
            *(_low(2), (JUMP_SET, 0, 1, PROT_EXEC), _refuse(errno.EPERM)),
            *(_low(3), (JUMP_SET, 0, 1, MAP_GROWSDOWN), _refuse(errno.EPERM)),
            *mmap_private,
        ],
        "ioctl": _only_values(1, (FIOCLEX, FIONCLEX), errno.ENOTTY),
        "fcntl": _only_values(1, (F_GETFD, F_SETFD, F_GETFL), errno.EPERM),
        # A page of a library is the same place to every process that maps it. So only what is private to one is waited
        # for, and nothing is locked by the kernel itself.
        "futex": _only_values(1, (*own, own[2] | FUTEX_REALTIME), errno.EPERM),
        "clock_gettime": own_clock,
        "clock_getres": own_clock,
        "clock_nanosleep": own_clock,
        # of this process, which is 0, and not of any whose number is guessed
        "getpgid": _only_values(0, (0,), errno.EPERM),
        "getsid": _only_values(0, (0,), errno.EPERM),
        "sched_getaffinity": _only_values(0, (0,), errno.EPERM),
        # reading one's own limits: pid 0 and no new limit
        "prlimit64": [
            *(_low(0), *zero_or_refuse),
            *(_low(2), *zero_or_refuse),
            *(_high(2), *zero_or_refuse),
            _give(RET_ALLOW),
        ],
    }


def program(machine: str | None = None) -> bytes:
    """The filter as an array of struct sock_filter. Raises KeyError on an architecture without a table."""
    audit, numbers = ARCHITECTURES[machine or platform.machine()]
    steps = [_load(SECCOMP_DATA_ARCH), (JUMP_EQUAL, 1, 0, audit), _give(KILL_PROCESS), _load(SECCOMP_DATA_NR)]
    if audit == ARCHITECTURES["x86_64"][0]:
        steps += [(JUMP_GREATER_EQUAL, 0, 1, X32_BIT), _give(KILL_PROCESS)]
    blocks = {name: [_give(RET_ALLOW)] for name in ALLOW} | _judged()
    for number, names in REFUSED.items():
        blocks |= {name: [_refuse(number)] for name in names}
    # An architecture has no number for calls that it never had.
    steps += _tree(_ranges({numbers[name]: block for name, block in blocks.items() if name in numbers}))
    return b"".join(struct.pack("<HBBI", *step) for step in steps)


def _ranges(blocks: Mapping[int, list[Instruction]]) -> list[Range]:
    """Every number from 0 on, in runs of neighbours that fare alike; what has no block of its own kills."""
    kill = [_give(KILL_PROCESS)]
    found: list[Range] = []
    for number in range(max(blocks) + 2):
        block = blocks.get(number, kill)
        if not found or found[-1][1] != block:
            found.append((number, block))
    return found


def _tree(ranges: list[Range]) -> list[Instruction]:
    """A search that halves them, with the number loaded.

    The kernel walks a filter once for every number when a process puts it up, so a list costs it 0.2 ms a process.
    """
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    below, above = _tree(ranges[:middle]), _tree(ranges[middle:])
    pivot = ranges[middle][0]
    if len(below) <= FARTHEST_BRANCH:
        return [(JUMP_GREATER_EQUAL, len(below), 0, pivot), *below, *above]
    return [(JUMP_GREATER_EQUAL, 0, 1, pivot), (JUMP, 0, 0, len(below)), *below, *above]
