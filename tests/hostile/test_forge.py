"""Attempts to speak the grader's own protocol in its place."""

from collections.abc import Mapping

import numpy as np
import pytest

from grader.report import Verdict
from grader.sandbox.inside.wire import Kept
from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import HARMLESS, TOO_SLOW, Either, Gives, Outcome, Raises, Scores, Stops, unreadable

MORE = unreadable("bytes after the answer")

OUTCOMES: Mapping[str, Outcome] = {
    # a forged answer is an answer like any other, and is compared like any other
    "answer_in_advance": Either(MORE, HARMLESS),
    "forge_answer": Gives(1.0, Verdict.NO_RESULT),
    "forge_on_every_descriptor": HARMLESS,
    "lying_kept": Gives(Kept("softmax")),
    "forged_memory_error": Stops(Verdict.MEMORY_LIMIT, "256 MiB"),
    # more than was asked for
    "answer_after_leaving": HARMLESS,
    # (the first is compared; the next, which is not the one that was asked for, ends the session)
    "destructor_answers": Gives(1.0, Verdict.NO_RESULT),
    "long_body": Gives(np.zeros(1), Verdict.NO_RESULT),
    "many_answers": Gives(1.0, Verdict.NO_RESULT),
    "second_answer": Gives(1.0, Verdict.NO_RESULT),
    # less than was promised
    "answer_as_print": Stops(Verdict.NO_RESULT, "os._exit"),
    "drip": TOO_SLOW,
    "half_body": Stops(Verdict.NO_RESULT, "os._exit"),
    "half_frame": TOO_SLOW,
    # bytes that are no answer
    "deep_header": unreadable("a header that is not JSON"),
    "digits_header": unreadable("a header that is not JSON"),
    "echo_forged": unreadable("a field that should be a tuple"),
    "empty_header": unreadable("a header of 0 bytes"),
    "far_exponent": unreadable("a float of unknown form"),
    "float_header": unreadable("a header that is not JSON"),
    "foreign_keys": unreadable("a header without its three keys"),
    "forged_trace": unreadable("a field that should be a line number"),
    "garbage": unreadable("a header of"),
    "huge_header": unreadable("1099511627776 bytes of arrays"),
    "keys_twice": unreadable(),
    "loaded_again": unreadable(),
    "longest_header": unreadable("a header of 4294967295 bytes"),
    "marked_header": unreadable("a header that is not JSON"),
    "nan_header": unreadable("a header that is not JSON"),
    "negative_shape": unreadable(),
    "number_below_zero": unreadable("a frame without a number"),
    "object_dtype": unreadable(),
    "overflowing_shape": unreadable(),
    "packed_square": unreadable("a packed value that is no row of numbers"),
    "ready_again": unreadable("a field that should be a tuple"),
    "same_array_twice": unreadable("an array out of order"),
    "shape_of_bools": unreadable(),
    "swap_descriptors": Raises("PermissionError"),
    "true_number": unreadable("a frame without a number"),
    "unused_array": unreadable("an array that no value uses"),
    "wide_header": unreadable("a value with too many entries"),
    # out of turn
    # read with the bytes that follow it, or before them
    "answer_while_loading": Stops(Verdict.NO_RESULT, "The answer could not be read", rest=False),
    "loaded_forged": Scores(Verdict.MISSING, "MISSING", rest=False),
    "loaded_with_names": Stops(Verdict.NO_RESULT, "os._exit", rest=False),
    "skipped_without_end": Scores(Verdict.MISSING, "MISSING", rest=False),
    "out_of_reach_forged": Scores(Verdict.MISSING, "MISSING", rest=False),
}


def test_every_attack_has_an_outcome() -> None:
    assert names("forge") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("forge", attack, OUTCOMES[attack])
