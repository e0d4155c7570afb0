"""Attempts to use up time, memory, prints or patience."""

from collections.abc import Mapping

import pytest

from grader.report import Verdict
from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import (
    HARMLESS,
    REFUSED,
    TOO_SLOW,
    TOO_SLOW_AT_LOAD,
    TOO_SLOW_IN_ALL,
    Gives,
    Outcome,
    Raises,
    Stops,
)

MEMORY = Stops(Verdict.MEMORY_LIMIT, "256 MiB")
FLOOD = Stops(Verdict.OUTPUT_LIMIT, "20000 bytes")

OUTCOMES: Mapping[str, Outcome] = {
    # time
    "big_matmul": TOO_SLOW,
    "big_power": TOO_SLOW,
    "eat_frames": TOO_SLOW,
    "ignore_signals": Stops(Verdict.TIME_LIMIT, "1 s of processor time"),
    "int_to_text": TOO_SLOW,
    "just_under_each": TOO_SLOW_IN_ALL,
    "looping_destructor": HARMLESS,
    "looping_message": TOO_SLOW,
    "loops_in_import": TOO_SLOW_AT_LOAD,
    "nothing_to_wait_for": TOO_SLOW,
    "power_at_load": TOO_SLOW_AT_LOAD,
    "finalizers": HARMLESS,
    "regex_bomb": TOO_SLOW,
    "same_hash": TOO_SLOW,
    "sleep": TOO_SLOW,
    "spin": TOO_SLOW,
    "spin_at_load": TOO_SLOW_AT_LOAD,
    "spin_when_leaving": Raises("SystemExit", "now"),
    "swallow_everything": TOO_SLOW,
    "subinterpreter": Raises("ImportError", "refused"),
    "wait_for_own_end": TOO_SLOW,
    "timers": Raises("itimer_error", "Operation not permitted"),
    # memory
    "anonymous_maps": Raises("OSError", "Cannot allocate memory"),
    "big_array": MEMORY,
    "growing_list": MEMORY,
    "growing_stack_memory": REFUSED,
    "locked_memory": REFUSED,
    "memory_file": REFUSED,
    "numpy_views": MEMORY,
    "shared_memory": REFUSED,
    "small_objects": MEMORY,
    "text_at_load": Stops(Verdict.MEMORY_LIMIT, "256 MiB", rest=False),
    "unpacked_bytes": MEMORY,
    "userfault": Stops(Verdict.FORBIDDEN),
    # the stack
    "deep_in_message": Raises("ValueError", "cannot be read"),
    "long_sum_at_load": HARMLESS,
    "deep_recursion": Stops(Verdict.CRASHED, "recursed too deeply"),
    "nested_json": Raises("RecursionError"),
    "pickled_depth": Stops(Verdict.CRASHED, "recursed too deeply"),
    "recursion": Raises("RecursionError"),
    # texts
    "error_flood": FLOOD,
    "long_message": Raises("ValueError", "x" * 3000),
    "notes_on_error": Raises("ValueError", "short"),
    "print_flood": FLOOD,
    "print_in_silence": TOO_SLOW,
    "prints_at_load": Stops(Verdict.OUTPUT_LIMIT, "20000 bytes", rest=False),
    "warning_flood": FLOOD,
    # what a machine has a number of
    "ask_for_input": Raises("EOFError"),
    "folded_constant": Gives(200),
    "fork_bomb": REFUSED,
    "lower_limits": Raises("ValueError", "maximum limit"),
    "open_files": Raises("OSError", "Too many open files"),
    "own_priority": REFUSED,
    "pipe_bomb": REFUSED,
    "raise_limits": Raises("ValueError", "maximum limit"),
    "thread_bomb": Raises("RuntimeError", "can't start new thread"),
}


def test_every_attack_has_an_outcome() -> None:
    assert names("deny_service") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("deny_service", attack, OUTCOMES[attack])
