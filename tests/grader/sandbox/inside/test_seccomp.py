"""The filter, run by a small interpreter of its own: every architecture can be judged on every machine."""

import errno
import struct

import pytest

from grader.sandbox.inside import seccomp, syscalls

AUDIT = {machine: audit for machine, (audit, _) in seccomp.ARCHITECTURES.items()}
NUMBERS = {"x86_64": syscalls.X86_64, "aarch64": syscalls.AARCH64}


def decide(machine: str, number: int, *arguments: int, audit: int | None = None) -> int:
    """What the program returns for a system call."""
    data = struct.pack("<IIQ", number, AUDIT[machine] if audit is None else audit, 0)
    data += b"".join(struct.pack("<Q", argument) for argument in [*arguments, *[0] * 6][:6])
    steps = list(struct.iter_unpack("<HBBI", seccomp.program(machine)))
    accumulator, position = 0, 0
    while True:
        code, if_true, if_false, constant = steps[position]
        position += 1
        match code:
            case seccomp.LOAD:
                (accumulator,) = struct.unpack_from("<I", data, constant)
            case seccomp.AND:
                accumulator &= constant
            case seccomp.RETURN:
                return int(constant)
            case seccomp.JUMP:
                position += constant
            case seccomp.JUMP_EQUAL:
                position += if_true if accumulator == constant else if_false
            case seccomp.JUMP_GREATER_EQUAL:
                position += if_true if accumulator >= constant else if_false
            case seccomp.JUMP_SET:
                position += if_true if accumulator & constant else if_false
            case _:
                pytest.fail(f"unknown instruction {code}")


def _comparisons(steps: list[tuple[int, int, int, int]], number: int) -> int:
    """How often a number is compared before what becomes of it is known."""
    position, count = 4, 0  # after the architecture, and the load of the number
    while steps[position][0] in (seccomp.JUMP_GREATER_EQUAL, seccomp.JUMP):
        code, if_true, if_false, constant = steps[position]
        count += code == seccomp.JUMP_GREATER_EQUAL
        position += 1 + (constant if code == seccomp.JUMP else if_true if number >= constant else if_false)
    return count


def named(name: str, *arguments: int, machine: str = "x86_64") -> int:
    return decide(machine, NUMBERS[machine][name], *arguments)


def refused(number: int) -> int:
    return seccomp.RET_ERRNO | number


@pytest.mark.parametrize("machine", NUMBERS)
def test_every_number_up_to_a_thousand(machine: str) -> None:
    """Numbers of the table never kill, all others always do."""
    known = set(NUMBERS[machine].values())

    for number in range(1_000):
        assert (decide(machine, number) == seccomp.KILL_PROCESS) == (number not in known), number


@pytest.mark.parametrize("machine", NUMBERS)
def test_each_call_fares_as_the_policy_says(machine: str) -> None:
    """Those whose arguments decide are judged below."""
    expected = dict.fromkeys(seccomp.ALLOW, seccomp.RET_ALLOW)
    for number, names in seccomp.REFUSED.items():
        expected |= dict.fromkeys(names, refused(number))

    assert {name: named(name, machine=machine) for name in expected if name in NUMBERS[machine]} == {
        name: fate for name, fate in expected.items() if name in NUMBERS[machine]
    }


@pytest.mark.parametrize("machine", NUMBERS)
def test_a_number_is_found_in_a_few_steps(machine: str) -> None:
    """The kernel walks the filter for every number there is, in every process that puts it up."""
    steps = list(struct.iter_unpack("<HBBI", seccomp.program(machine)))
    looked = sum(code == seccomp.JUMP_GREATER_EQUAL for code, *_ in steps)

    assert looked > 100
    assert max(_comparisons(steps, number) for number in range(1_000)) <= 10


def test_the_table_and_the_policy_name_the_same_calls() -> None:
    policy = {*seccomp.ALLOW, *seccomp._judged()}.union(*seccomp.REFUSED.values())

    assert policy == {*syscalls.X86_64, *syscalls.AARCH64}
    assert len(seccomp.ALLOW) + len(seccomp._judged()) + sum(map(len, seccomp.REFUSED.values())) == len(policy)


def test_other_architectures_and_abis_kill() -> None:
    assert decide("x86_64", 0, audit=0x40000003) == seccomp.KILL_PROCESS
    assert decide("x86_64", seccomp.X32_BIT) == seccomp.KILL_PROCESS
    for number in (1 << 16, (1 << 30) - 1, (1 << 31) - 1, 1 << 31, 0xFFFFFFFF):
        assert [decide(machine, number) for machine in NUMBERS] == [seccomp.KILL_PROCESS] * 2
    with pytest.raises(KeyError):
        seccomp.program("riscv64")


@pytest.mark.parametrize("machine", NUMBERS)
@pytest.mark.parametrize("flags", [0o1, 0o2, 0o100, 0o1000, 0o2000, 0o20000000, 0o2000101])
def test_opening_to_write_is_refused(machine: str, flags: int) -> None:
    assert named("openat", 0, 0, flags, machine=machine) == refused(errno.EACCES)
    assert named("openat", 0, 0, 0o2000000, machine=machine) == seccomp.RET_ALLOW


def test_memory() -> None:
    private, shared, anonymous, stack = 2, 1, 0x20, 0x100
    eperm = refused(errno.EPERM)

    assert named("mmap", 0, 4096, 3, private | anonymous) == seccomp.RET_ALLOW
    assert named("mmap", 0, 4096, 7, private | anonymous) == eperm
    assert named("mmap", 0, 4096, 3, shared | anonymous) == eperm
    assert named("mmap", 0, 4096, 3, 3) == eperm
    assert named("mmap", 0, 4096, 3, private | anonymous | stack) == eperm
    assert named("mprotect", 0, 4096, 3) == seccomp.RET_ALLOW
    assert named("mprotect", 0, 4096, 5) == eperm
    assert named("mprotect", 0, 4, 3) == seccomp.RET_ALLOW


def test_descriptors() -> None:
    assert named("ioctl", 3, seccomp.FIOCLEX) == seccomp.RET_ALLOW
    assert named("ioctl", 3, 0x5401) == refused(errno.ENOTTY)
    assert [named("fcntl", 3, command) for command in (1, 2, 3)] == [seccomp.RET_ALLOW] * 3
    assert [named("fcntl", 3, command) for command in (0, 4, 8, 10, 1030)] == [refused(errno.EPERM)] * 5


def test_limits_can_be_read_and_not_set() -> None:
    assert named("prlimit64", 0, 7, 0) == seccomp.RET_ALLOW
    assert named("prlimit64", 1, 7, 0) == refused(errno.EPERM)
    assert named("prlimit64", 0, 7, 0x1000) == refused(errno.EPERM)
    assert named("prlimit64", 0, 7, 1 << 40) == refused(errno.EPERM)


@pytest.mark.parametrize("machine", NUMBERS)
@pytest.mark.parametrize("name", ["clock_gettime", "clock_getres", "clock_nanosleep"])
def test_clocks_of_the_machine_and_of_no_process(machine: str, name: str) -> None:
    assert [named(name, clock, machine=machine) for clock in range(12)] == [seccomp.RET_ALLOW] * 12
    others = [
        (~process << 3 | kind) & bits for process in (0, 1, 4711) for kind in (2, 6) for bits in (2**32 - 1, 2**64 - 1)
    ]
    assert {named(name, clock, machine=machine) for clock in others} == {refused(errno.EINVAL)}


@pytest.mark.parametrize("machine", NUMBERS)
@pytest.mark.parametrize("name", ["getpgid", "getsid", "sched_getaffinity"])
def test_what_is_asked_of_processes_is_asked_of_this_one(machine: str, name: str) -> None:
    assert named(name, 0, machine=machine) == seccomp.RET_ALLOW
    assert {named(name, process, machine=machine) for process in (1, 4711, 2**32 - 1)} == {refused(errno.EPERM)}


@pytest.mark.parametrize("machine", NUMBERS)
def test_locks_are_private(machine: str) -> None:
    wait, wake, wait_until, of_realtime = 128, 129, 137, 393
    allowed = {how for how in range(1024) if named("futex", 4096, how, machine=machine) == seccomp.RET_ALLOW}

    assert allowed == {wait, wake, wait_until, of_realtime}


@pytest.mark.parametrize("name", ["io_uring_setup", "ptrace", "unshare", "bpf", "openat2", "process_vm_readv"])
def test_the_worst_are_not_even_named(name: str) -> None:
    assert name not in syscalls.X86_64
    assert name not in syscalls.AARCH64
