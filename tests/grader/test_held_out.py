"""Submissions written by people who had not read the grader: right ones keep every point, wrong ones lose their own.

Each wrong file says its mistake and the function at fault in its docstring. What may follow from it, because one
function calls another or because they share the caller's arrays, stands in FOLLOWS with its reason.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.grade import grade
from grader.report import CheckResult, Report, Verdict
from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Limits, Training
from tests.fakes.in_process import InProcessSandbox
from tests.students.judgement import codes

FOLDER = Path(__file__).parents[1] / "students" / "ece421-numpy-nn" / "held_out"
CORRECT = sorted((FOLDER / "correct").glob("*.py"))
WRONG = sorted((FOLDER / "wrong").glob("*.py"))

NEED_THE_LOADER = {
    "early_stopping_watched",  # imports what is not installed
    "lambdas",  # functions that are no def statements
    "partials_and_vectorize",
    "rate_outside",  # keyword-only parameters
    "spellings_2019_logits",  # trains and plots at the top level
    "type_hints",  # dataclasses look their module up
    "grad_uses_skipped_global",
    "relu_uses_tensorflow",
    "softmax_infinite_loop",  # must be stopped from outside
}
"""Files that only the real loader can run."""

HANGS, HASTY = "softmax_infinite_loop", Limits(call_seconds=2.0)
"""What a call of the file that never ends may take: waiting longer shows nothing more."""

CALLERS = {"forward_prop", "backward_prop", "train"}
FOLLOWS: dict[str, set[str]] = {
    # What calls it raises with it.
    "layer_elementwise": CALLERS,
    "layer_wrong_order": CALLERS,
    "relu_python_max": CALLERS,
    "softmax_keepdims": {"grad_ce", *CALLERS},
    "softmax_infinite_loop": {"grad_ce", *CALLERS},
    # A caller hands its own arguments on to the function that spoils them.
    "layer_normalises_input": CALLERS,
    "softmax_in_place_shift": {"grad_ce", *CALLERS},
    "backward_changes_target": {"train"},
    # train stumbles over what backward_prop returns, or over what differs from call to call.
    "backward_accumulates": {"train"},
    "backward_bias_scalar": {"train"},
    "backward_none": {"train"},
    "backward_order_swapped": {"train"},
    "backward_three_results": {"train"},
    "backward_undefined_name": {"train"},
    "backward_w_o_not_transposed": {"train"},
    "backward_wrong_key": {"train"},
    "forward_dropout_on": {"backward_prop", "train"},
}

SAYS_NOTHING_FALSE = {"UNKNOWN", "FOLLOWS_FROM", "ONE_CHANGE"}
"""Codes that are true of any mistake."""

ALLOWED: dict[str, set[str]] = {
    "train_epochs_minus_one": {"EPOCHS_OFF_BY_ONE"},
    "train_epochs_plus_one": {"EPOCHS_OFF_BY_ONE"},
    "train_zeros": {"UNITS_ALIKE"},
    "train_no_biases": {"SOME_PARAMS_NOT_UPDATED"},
    "train_shuffles_x_only": {"LABELS_OF_OTHERS", "OTHER_DATA"},
    # As it does: the gradient is that of the standardised examples.
    "train_standardises": {"OTHER_DATA"},
    "train_output_layer_only": {"SOME_PARAMS_NOT_UPDATED"},
    "train_weight_decay": {"WEIGHT_DECAY"},
    "relu_absolute": {"RELU_ABSOLUTE"},
    "relu_leaky": {"RELU_LEAKY"},
    "relu_in_place": {"MUTATES_INPUT"},
    "relu_step": {"RELU_STEP"},
    "relu_min": {"RELU_NEGATIVE_PART"},
    "relu_python_max": {"RAISED"},
    "relu_only_max": {"OTHER_FORMULA"},
    "relu_six": {"OTHER_FORMULA"},
    # 32 of the 149 examples are what each step takes.
    "train_mini_batches": {"OTHER_DATA"},
    # What came back is the right numbers cut, without their fraction, or 0 in some rows.
    "backward_clipped": {"OTHER_FORMULA"},
    "ce_integer_division": {"OTHER_FORMULA"},
    "grad_clipped": {"OTHER_FORMULA"},
    "layer_last_row_dropped": {"OTHER_FORMULA"},
    "relu_first_sample": {"OTHER_FORMULA"},
    "ce_predicted_class": {"OTHER_FORMULA"},
    "softmax_epsilon": {"OTHER_FORMULA"},
    "train_unseeded": {"NOT_DETERMINISTIC"},
    # The order of the examples, or which others are there, changes what one of them gives.
    "ce_wrong_axis": {"BATCH_ORDER"},
    "grad_cached_first_batch": {"BATCH_ORDER"},
    "grad_sorted": {"BATCH_ORDER"},
    "backward_clip_norm": {"BATCH_SUM"},
    "backward_updated_w_o": {"BATCH_SUM"},
    "softmax_keepdims": {"RAISED"},
    "softmax_transposed_sum": {"SOFTMAX_AXIS"},
    "softmax_one_row": {"SOFTMAX_WHOLE_MATRIX"},
    "softmax_shift_mean": {"SOFTMAX_UNSTABLE"},
    "softmax_negative": {"SOFTMAX_SIGN"},
    "softmax_log": {"SOFTMAX_LOG"},
    "softmax_sigmoid": {"SOFTMAX_IS_SIGMOID"},
    "softmax_ten_classes": {"HARDCODED_CLASSES"},
    "softmax_in_place_shift": {"MUTATES_INPUT"},
    "softmax_infinite_loop": {"TIME_LIMIT"},
    "layer_no_bias": {"BIAS_IGNORED"},
    "layer_minus_bias": {"BIAS_SUBTRACTED"},
    "layer_wrong_order": {"RAISED"},
    "layer_elementwise": {"RAISED"},
    "layer_normalises_input": {"MUTATES_INPUT", "BATCH_PARTS"},
    "layer_two_arguments": {"ARITY", "RAISED"},
    "ce_log2": {"LOG_BASE"},
    "ce_log10": {"LOG_BASE"},
    "ce_binary": {"BINARY_CROSS_ENTROPY"},
    "ce_mean_of_all": {"DIVIDES_BY_NK"},
    "ce_per_sample": {"LOSS_NOT_REDUCED"},
    "ce_softmax_inside": {"SOFTMAX_TWICE"},
    "ce_zero_nan": {"LOG_ZERO"},
    "ce_positive": {"SIGN"},
    "grad_logits_minus_target": {"CE_WITHOUT_SOFTMAX"},
    "grad_sign": {"SIGN"},
    "grad_column_mean": {"MEAN_OVER_BATCH_SHAPE"},
    "grad_squared_error": {"SOFTMAX_DERIVATIVE_TWICE"},
    "grad_half": {"FACTOR", "FACTOR_HALF"},
    "grad_summed": {"TOTAL_NOT_MEAN"},
    "grad_uses_skipped_global": {"RAISED"},
    "forward_order_swapped": {"RESULT_ORDER"},
    "forward_only_p": {"RESULT_COUNT"},
    "forward_no_relu": {"ACTIVATION_MISSING"},
    "forward_b_o_missing": {"BIAS_IGNORED"},
    "forward_dropout_on": {"NOT_DETERMINISTIC"},
    "backward_no_mask": {"RELU_MASK_MISSING"},
    "backward_mask_times_activation": {"RELU_BACKWARD_USES_OUTPUT"},
    "backward_mask_from_output": {"RELU_BACKWARD_USES_UPSTREAM"},
    "backward_mask_inverted": {"RELU_MASK_INVERTED"},
    "backward_w_o_not_transposed": {"RAISED"},
    "backward_total": {"TOTAL_NOT_MEAN"},
    "backward_divides_again": {"DOUBLE_MEAN"},
    "backward_bias_mean": {"BIAS_MEAN"},
    "backward_bias_scalar": {"SHAPE", "BIAS_SHAPE"},
    "backward_zero_biases": {"BIAS_NO_GRADIENT"},
    "backward_hidden_zero": {"OTHER_FORMULA", "BIAS_NO_GRADIENT"},
    "backward_z_for_a": {"PREACT_USED_AS_ACTIVATION"},
    "backward_hidden_784": {"FACTOR"},
    "backward_order_swapped": {"SHAPE", "RAISED", "GRADIENTS_SWAPPED"},
    "backward_three_results": {"RESULT_COUNT", "RAISED"},
    "backward_none": {"UNFINISHED", "RAISED"},
    "backward_negative": {"SIGN"},
    "backward_wrong_key": {"KEYS", "RAISED"},
    "backward_softmax_derivative": {"SOFTMAX_DERIVATIVE_TWICE"},
    "backward_changes_target": {"MUTATES_INPUT"},
    "backward_undefined_name": {"RAISED"},
    "backward_accumulates": {"NOT_DETERMINISTIC"},
    "train_velocity_reset": {"NO_MOMENTUM"},
    "train_one_epoch": {"PARAMS_NOT_UPDATED"},
    "train_early_stop": {"LAST_EPOCH_MISSING", "PARAMS_NOT_UPDATED"},
    "train_initial_parameters": {"PARAMS_NOT_UPDATED"},
    "train_hidden_ignored": {"SHAPE"},
    "train_last_biases_keys": {"SHAPE"},
    "train_ascent": {"ASCENT", "DIVERGED"},
    "train_no_momentum": {"NO_MOMENTUM"},
    "train_momentum_twice": {"NESTEROV"},
    "train_dampened": {"MOMENTUM_DAMPED"},
    "backward_bias_one_sample": {"OTHER_FORMULA"},
    "backward_first_sample": {"OTHER_FORMULA"},
    "backward_reshape_for_transpose": {"OTHER_FORMULA"},
    "backward_weight_decay": {"OTHER_FORMULA"},
    "backward_x_reshape": {"OTHER_FORMULA"},
    "ce_big_epsilon": {"OTHER_FORMULA"},
    "ce_first_sample": {"OTHER_FORMULA"},
    "ce_squared": {"OTHER_FORMULA"},
    "forward_normalised_input": {"OTHER_FORMULA"},
    "forward_relu_on_output": {"OTHER_FORMULA"},
    "forward_softmax_hidden": {"OTHER_FORMULA", "ACTIVATION_MISSING"},
    "forward_z_twice": {"OTHER_FORMULA"},
    "grad_last_sample_dropped": {"OTHER_FORMULA"},
    "grad_rounded": {"OTHER_FORMULA"},
    "grad_target_only": {"OTHER_FORMULA"},
    "layer_bias_scalar": {"OTHER_FORMULA"},
    "layer_bias_twice": {"OTHER_FORMULA"},
    "layer_int": {"OTHER_FORMULA"},
    "layer_with_relu": {"OTHER_FORMULA"},
    "relu_rounded": {"OTHER_FORMULA"},
    "relu_softplus": {"OTHER_FORMULA"},
    "softmax_base_2": {"OTHER_FORMULA"},
    "softmax_hardmax": {"OTHER_FORMULA"},
    "softmax_no_exp": {"OTHER_FORMULA"},
    "train_gradient_normalised": {"OTHER_FORMULA"},
    "backward_prob_derivative": {"GRAD_WRT_PROB"},
    "ce_arguments_swapped": {"ARGUMENTS_SWAPPED"},
    "ce_swapped": {"ARGUMENTS_SWAPPED"},
    "ce_ten_thousand": {"OTHER_DIVISOR"},
    "grad_by_classes": {"OTHER_DIVISOR"},
    "grad_ten_thousand": {"OTHER_DIVISOR"},
    "train_biases_without_momentum": {"NO_MOMENTUM"},
    "train_defaults_written_in": {"STEP_FACTORS"},
    "train_gamma_fixed": {"STEP_FACTORS"},
    "train_rate_decays": {"OTHER_FORMULA", "STEP_FACTORS"},
    "train_rate_ignored": {"STEP_FACTORS"},
    "train_updates_before_velocity": {"OTHER_FORMULA", "STEP_FACTORS"},
    "train_drops_last_sample": {"OTHER_DATA"},
    "train_validation_data": {"OTHER_DATA"},
    "missing_relu": {"MISSING"},
    "relu_uses_tensorflow": {"RAISED"},
}
"""What may be said of a file besides that the cause is unknown; a file that is not here may only be "unknown"."""

SEEN_IN_TRAINING_ONLY = {"train_zeros", "train_huge_first_weights"}
"""Mistakes that steps on a small set do not show."""

ACCURACY = {"DOES_NOT_LEARN", "ACCURACY_BELOW_THRESHOLD"}
"""Measured, so true whenever they are said; only mistakes in train may lead to them here."""


@pytest.fixture(scope="module")
def folder() -> AssignmentFolder:
    return Catalog.builtin().get("ece421-numpy-nn")


@pytest.fixture(scope="module")
def quick(folder: AssignmentFolder) -> AssignmentFolder:
    """The assignment without its long training."""
    parts = tuple(
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
        for part in folder.assignment.parts
    )
    return replace(folder, assignment=replace(folder.assignment, parts=parts))


@pytest.fixture(scope="module")
def container() -> Iterator[Sandbox]:
    yield ContainerSandbox()


def uploaded(path: Path) -> Upload:
    return Upload((SourceFile("student.py", path.read_bytes().decode()),))


def chosen(path: Path, container: Sandbox) -> Sandbox:
    return container if path.stem in NEED_THE_LOADER else InProcessSandbox()


def at_fault(path: Path) -> set[str]:
    """The functions that the file's docstring blames."""
    said = re.search(r"At fault: (.*)", ast.get_docstring(ast.parse(path.read_bytes())) or "")
    return set(said[1].split(", ")) if said else set()


def failures(report: Report) -> list[CheckResult]:
    return [check for part in report.parts for check in part.checks if check.verdict is not Verdict.PASSED]


@pytest.mark.parametrize("path", CORRECT, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", ["public:1", "public:2", "public:3"])
def test_correct_code_keeps_every_point(path: Path, seed: str, quick: AssignmentFolder, container: Sandbox) -> None:
    report = grade(quick, uploaded(path), chosen(path, container), seed)

    assert [(check.function, check.kind, check.diagnosis) for check in failures(report)] == []
    assert report.score.given == report.score.maximum


@pytest.mark.parametrize("path", CORRECT[::4], ids=lambda path: path.stem)
def test_correct_code_learns(path: Path, folder: AssignmentFolder, container: Sandbox) -> None:
    report = grade(folder, uploaded(path), chosen(path, container), "public:4")

    assert failures(report) == []
    assert report.score.given == 100.0


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_mistake_costs_its_own_function_and_is_not_named_falsely(
    path: Path, folder: AssignmentFolder, quick: AssignmentFolder, container: Sandbox
) -> None:
    blamed, name = at_fault(path), path.stem
    asked = folder if name in SEEN_IN_TRAINING_ONLY else quick
    if name == HANGS:
        asked = replace(asked, assignment=replace(asked.assignment, limits=HASTY))

    found = failures(grade(asked, uploaded(path), chosen(path, container), "public:1"))

    functions = {check.function for check in found}
    told = {code for check in found if check.diagnosis and check.function in blamed for code in codes(check.diagnosis)}
    assert blamed & functions
    assert functions - blamed <= FOLLOWS.get(name, set())
    assert told <= ALLOWED.get(name, set()) | SAYS_NOTHING_FALSE | (ACCURACY if blamed == {"train"} else set())


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_file_says_who_is_at_fault(path: Path, folder: AssignmentFolder) -> None:
    assert at_fault(path)
    assert at_fault(path) <= {function.name for function in folder.assignment.functions}
