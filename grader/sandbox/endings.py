"""Why a session ended, decided from who acted: our clock, our byte counter, the kernel; never from what it says."""

import signal

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Stopped
from grader.sandbox.process import Ending
from reference.spec import Limits

MEMORY_SHARE = 0.8
"""A process killed from outside while it held this share of its limit is taken for the kernel's victim of memory."""

CRASHES = {
    signal.SIGSEGV: "it touched memory that is not its own, or recursed too deeply in compiled code",
    signal.SIGBUS: "it touched memory that is not there",
    signal.SIGFPE: "an arithmetic fault in compiled code",
    signal.SIGILL: "an illegal instruction",
    signal.SIGABRT: "compiled code gave up",
}

FORBIDDEN = "The code asked the operating system for something that grading does not allow."
NO_RESULT = "The process ended without an answer: the code called os._exit or something like it."


def memory(limits: Limits) -> Stopped:
    """Python said MemoryError."""
    return Stopped(Verdict.MEMORY_LIMIT, f"The code needs more than {limits.memory_mib} MiB of memory.")


def wall(seconds: float, loading: bool) -> Stopped:
    """Our clock ran out."""
    what = "Loading the file" if loading else "The call"
    return Stopped(Verdict.TIME_LIMIT, f"{what} took longer than {seconds:g} s.", seconds)


def output(limits: Limits) -> Stopped:
    """Our counter of printed bytes ran over."""
    most = limits.output_bytes
    size = f"{most >> 20} MiB" if most >= 1 << 20 else f"{most} bytes"
    return Stopped(Verdict.OUTPUT_LIMIT, f"The code printed more than {size}.")


def protocol(reason: str) -> Stopped:
    """The process wrote something that is no answer."""
    return Stopped(Verdict.NO_RESULT, f"The answer could not be read: {reason}.")


def of_process(ending: Ending, limits: Limits, walled: bool) -> Stopped:
    """The process ended and we had not killed it. Raises SandboxBroken where no submission can have done it.

    walled: its own signals are refused, so a SIGKILL without a reason came from outside.
    """
    number = ending.signal
    if number == signal.SIGSYS:
        return Stopped(Verdict.FORBIDDEN, FORBIDDEN)
    if number == signal.SIGXCPU or (number == signal.SIGKILL and ending.cpu_seconds >= limits.cpu_seconds):
        return Stopped(Verdict.TIME_LIMIT, f"The code used more than {limits.cpu_seconds} s of processor time.")
    if number == signal.SIGKILL:
        if ending.at_ceiling:
            return Stopped(Verdict.MEMORY_LIMIT, "The code used up the memory of the whole sandbox.")
        if ending.peak_bytes >= MEMORY_SHARE * (limits.memory_mib << 20):
            return memory(limits)
        if walled:
            raise SandboxBroken("something outside killed a submission's process")
    if number in CRASHES:
        return Stopped(Verdict.CRASHED, f"The process crashed: {CRASHES[signal.Signals(number)]}.")
    if number:
        return Stopped(Verdict.CRASHED, f"The process was ended by signal {number}.")
    return Stopped(Verdict.NO_RESULT, NO_RESULT)
