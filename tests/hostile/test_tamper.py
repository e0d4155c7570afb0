"""Attempts to be given points for something else than right numbers."""

from collections.abc import Mapping

import numpy as np
import pytest

from grader.report import Verdict
from grader.sandbox.inside.wire import Foreign
from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import HARMLESS, Either, Gives, Outcome, Raises, Scores, Stops

NO_RESULT = Stops(Verdict.NO_RESULT)
LAST_ANSWER = Gives(1.0, Verdict.NO_RESULT)  # one answer, and none to the next question
# Where the next question has come along it asks to close again; where not, it cannot be read any more.
CLOSED_ALREADY = Either(Stops(Verdict.NO_RESULT), Gives(1.0, Verdict.RAISED))

OUTCOMES: Mapping[str, Outcome] = {
    # an answer that says something else about itself than its numbers
    "array_interface": Gives(Foreign("Liar")),
    "bytes_without_type": Gives(Foreign("ndarray of void64")),
    "broadcast": Stops(Verdict.NO_RESULT, "8796093022208 bytes of arrays"),
    "class_without_name": Raises("SystemExit"),
    "dict_liar": Gives({"wrong": 2.0}),
    "endless_generator": Gives(Foreign("count")),
    "endless_repr": Gives(Foreign("Chatty")),
    "int_liar": Gives(3),
    "list_liar": Gives([1.0, 2.0]),
    "lying_array": Gives(np.array([1.0, 2.0, 3.0])),
    "lying_class": Gives(Foreign("ndarray of object")),
    "lying_float": Gives(4.5),
    "nested_result": Gives(Foreign("list with too many entries")),
    "pickled": Gives(Foreign("ndarray of object")),
    "text_liar": Gives("wrong"),
    "answer_in_itself": Gives(Foreign("list with too many entries")),
    "array_functions_taken": Gives(np.array([1.0, 2.0])),
    "class_of_text": Raises("TypeError", "__str__"),
    "class_of_tuple": Raises("TypeError", "__iter__"),
    "class_of_whole_number": Gives([Foreign("int beyond 64 bits")] * 2),
    "dict_that_grows": Gives({"0": 1.0}),
    "key_liar": Gives(Foreign("dict with keys that are not str")),
    "memory_answer": Gives(Foreign("memoryview")),
    "never_awaited": Gives(Foreign("coroutine")),
    "numbers_that_change": Gives(Foreign("ndarray of object")),
    "whole_numbers_beyond": Gives([Foreign("int beyond 64 bits")] * 20),
    "wild_strides": Stops(Verdict.CRASHED),
    # errors that are something else than they say
    "chain_of_causes": Raises("ValueError", "last"),
    "claims_memory": Stops(Verdict.MEMORY_LIMIT, "256 MiB"),
    "error_of_restless_type": Raises("Exception", "now"),
    "error_without_attributes": Raises("Silent", "cannot be read"),
    "escapes_in_message": Raises("ValueError", "\x1b[2J\N{REPLACEMENT CHARACTER}\u202e<script>alert(1)</script>?"),
    "every_name": Raises("NameError", "attack"),
    "fake_builtin_name": Stops(Verdict.MEMORY_LIMIT, "256 MiB"),
    "generator_exit": Raises("GeneratorExit"),
    "huge_type_name": Raises("X" * 200, "short"),
    "interrupted": Raises("KeyboardInterrupt"),
    "looped_traceback": Raises("ValueError", "round"),
    "raising_message": Raises("Exception", "cannot be read"),
    "system_exit": Raises("SystemExit", "0"),
    "traceback_forged_type": Raises("Pretender", "there"),
    "traceback_of_no_line": Raises("ValueError", "far"),
    "traceback_property": Raises("Restless", "here"),
    # the process turned against itself
    "arrays_replaced": Gives(True),
    "bodies_exchanged": HARMLESS,
    "builtins_agree": NO_RESULT,
    "builtins_gone": NO_RESULT,
    "callable_that_raises": HARMLESS,
    "class_that_raises": HARMLESS,
    "code_of_a_liar": HARMLESS,
    "collector_callbacks": HARMLESS,
    "dict_type_patched": Either(Stops(Verdict.CRASHED), Raises("TypeError")),  # memory that is no dict any more
    "float_type_patched": Stops(Verdict.NO_RESULT, "a float of unknown form"),
    "floating_errors_raise": HARMLESS,
    "import_system_taken": HARMLESS,
    "profile_rewrites_locals": Scores(Verdict.WRONG, "SHAPE"),
    "recursion_limit_lowered": NO_RESULT,
    "warnings_raise": HARMLESS,
    "audit_hook": HARMLESS,
    "close_channel": Stops(Verdict.NO_RESULT, "closed the channel"),
    "close_everything": Stops(Verdict.NO_RESULT, "closed the channel"),
    "close_input": CLOSED_ALREADY,
    "close_prints": HARMLESS,
    "escapes_printed": HARMLESS,
    "exit_at_load": Stops(Verdict.NO_RESULT, "os._exit", rest=False),
    "invalid_bytes_printed": HARMLESS,
    "leave_silently": Stops(Verdict.NO_RESULT, "os._exit"),
    "leave_with_code": Stops(Verdict.NO_RESULT, "os._exit"),
    "patch_builtins": NO_RESULT,
    "patch_modules": HARMLESS,
    "patch_numpy": HARMLESS,
    "patch_reading": NO_RESULT,
    "patch_runner": NO_RESULT,
    "patch_seed": LAST_ANSWER,
    "shadow_numpy": HARMLESS,
    "stdout_of_mine": HARMLESS,
    "trace_runner": HARMLESS,
    # right numbers by other means than computing them
    "answer_changed_later": Scores(Verdict.WRONG, "UNKNOWN"),
    "arguments_kept": Scores(Verdict.WRONG, "OTHER_FORMULA"),
    "fault_of_the_handler": Scores(Verdict.WRONG, "UNFINISHED"),
    "finalizer_swaps": Scores(Verdict.WRONG, "UNKNOWN"),
    "read_only_view": Scores(Verdict.WRONG, "BATCH_PARTS"),
    "changes_invented": Scores(Verdict.WRONG, "UNKNOWN"),
    "changes_lied_about": Scores(Verdict.WRONG, "UNKNOWN"),
    "right_for_small": Scores(Verdict.WRONG, "ONE_CHANGE"),
    "answers_from_frames": Scores(Verdict.WRONG, "OTHER_FORMULA"),
    "answers_from_heap": Scores(Verdict.WRONG, "OTHER_FORMULA"),
    "cached_by_shape": Scores(Verdict.WRONG, "OTHER_FORMULA"),
    "complex_answer": Scores(Verdict.WRONG, "RESULT_TYPE"),
    "empty_answer": Scores(Verdict.WRONG, "SHAPE"),
    "first_call_right": Scores(Verdict.WRONG, "ONE_CHANGE"),
    "foreign_traceback": Scores(Verdict.RAISED, "RAISED_IN"),
    "forged_frame_name": Scores(Verdict.RAISED, "RAISED_IN"),
    "forged_line": Scores(Verdict.RAISED, "RAISED_IN"),
    "graded_name_is_class": Scores(Verdict.WRONG, "RESULT_TYPE"),
    "infinite_everywhere": Scores(Verdict.WRONG, "NOT_FINITE"),
    "empty_in_lists": Scores(Verdict.WRONG, "SHAPE"),
    "empty_and_long": Scores(Verdict.WRONG, "RESULT_TYPE"),
    "empty_and_wide": Gives(Foreign("empty ndarray of shape (1099511627776, 0)")),
    "long_answer": Scores(Verdict.WRONG, "SHAPE"),
    "many_numbers": Gives(Foreign("list with too many entries")),
    "masked_everywhere": Scores(Verdict.WRONG, "NOT_DETERMINISTIC", also=("UNKNOWN", "NOT_FINITE")),
    "nan_everywhere": Scores(Verdict.WRONG, "NOT_FINITE"),
    "patched_exponential": Scores(Verdict.WRONG, "OTHER_FORMULA"),
    "question_overwritten": Scores(Verdict.WRONG, "OTHER_FORMULA"),
    "signature_raises": Scores(Verdict.WRONG, "OTHER_FORMULA"),
    "signalling_numbers": Scores(Verdict.WRONG, "NOT_FINITE"),
    "structured_answer": Scores(Verdict.WRONG, "RESULT_TYPE"),
    "wide_answer": Scores(Verdict.WRONG, "SHAPE"),
}


def test_every_attack_has_an_outcome() -> None:
    assert names("tamper") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("tamper", attack, OUTCOMES[attack])
