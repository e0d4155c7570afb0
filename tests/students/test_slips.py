"""One slip in a solution, or two: points are lost, nothing false is said, and most are named."""

from functools import cache

import pytest

from reference.catalog import Catalog
from tests.students.figures import Figures, together
from tests.students.reasons import reasons
from tests.students.slip_families import UNSEEN, Slip, families, name_slips, pairs_of, slips

CATALOG = Catalog.builtin()
FAMILIES = [(family, slug) for family in families() for slug in CATALOG.slugs() if slips(family, slug)]

LISTED = frozenset(reasons(UNSEEN))
NEWEST = families()[-1:]
EVERY = 40
"""Of the older families every so many slips are graded here, and all of them by `make slips`."""


@cache
def said_of(slip: Slip) -> Figures:
    """What is said of one slip: each is graded once, for its family and for what is said of it alone."""
    return name_slips(CATALOG.get(slip.slug), [(slip,)], ["public:1"])


@pytest.mark.parametrize(("family", "slug"), FAMILIES)
def test_a_slip_loses_points_and_nothing_false_is_said(family: str, slug: str) -> None:
    graded = slips(family, slug)[:: 1 if family in NEWEST else EVERY]
    figures = together(map(said_of, graded))

    assert figures.counts["single"] == len(graded)
    assert set(figures.cases.get("single accepted", [])) <= LISTED
    assert figures.cases.get("single with a false statement", []) == []
    assert figures.cases.get("single with a second mistake", []) == []


def test_what_is_listed_as_unseen_is_so() -> None:
    found = [slip for family, slug in FAMILIES for slip in slips(family, slug) if slip.key in LISTED]

    assert {case for slip in found for case in said_of(slip).cases.get("single accepted", [])} == LISTED


@pytest.mark.parametrize(
    ("family", "slug", "name"),
    [
        ("held_out_5", "dlsys-hw0", "outer_step_not_reset"),
        ("held_out_5", "dlsys-hw0", "autograd_gradient_kept_between_batches"),
        ("held_out_5", "dlsys-hw0", "outer_divides_by_batch_of_all"),
        ("held_out_5", "dlsys-hw0", "split_labels_not_split"),
        ("held_out_5", "ece544-mlp", "flat_einsum_lost_row"),
        ("held_out_5", "hw2-layers-mlp", "loops_bias_of_last"),
        ("held_out_6", "aarhus-net-classifier", "dataclass_labels_not_shuffled"),
        ("held_out_6", "aarhus-net-classifier", "dataclass_gradient_of_whole_set"),
        ("held_out_6", "cs231n-two-layer", "tuple_decay_each_iteration"),
        ("held_out_6", "ece544-mlp", "row_split_from_zero"),
        ("held_out_6", "ece544-mlp", "row_weight_decays"),
        ("held_out_6", "dlsys-hw0", "partial_start_plus_one"),
        ("held_out_7", "ece544-mlp", "closures_relu_slope_of_one"),
        ("held_out_7", "ece544-mlp", "flat_tanh_clipped"),
        ("held_out_7", "hw2-layers-mlp", "slopes_relu_sign"),
        ("held_out_7", "hw2-layers-mlp", "slopes_sgd_decay_after"),
        ("held_out_7", "hw2-layers-mlp", "slopes_fc_input_first_kept"),
        ("held_out_7", "hw2-layers-mlp", "slopes_fc_bias_accumulate"),
        ("held_out_7", "hw2-layers-mlp", "slopes_fc_back_with_bias"),
        ("held_out_7", "hw2-softmax", "blocks_loss_assigned"),
        ("held_out_7", "hw2-softmax", "single_mean_everywhere"),
        ("held_out_7", "hw2-softmax", "grouped_loss_last_class_only"),
        ("held_out_7", "dlsys-hw0", "closure_log1p"),
        ("held_out_7", "dlsys-hw0", "closure_rate_on_both"),
        ("held_out_7", "cs231n-two-layer", "first_passes_from_one"),
        ("held_out_7", "cs231n-two-layer", "self_median_loss"),
        ("held_out_7", "cs231n-two-layer", "first_penalty_only_second"),
        ("held_out_7", "aarhus-net-classifier", "best_keeps_worst"),
        ("held_out_7", "aarhus-net-classifier", "log_draws_with_replacement"),
        ("held_out_7", "cs231n-two-layer", "self_mask_added"),
        ("held_out_7", "cs231n-two-layer", "self_bias_ones_over_n"),
        ("held_out_7", "aarhus-net-classifier", "log_reg_squared_in_gradient"),
        ("held_out_7", "ece544-derivatives", "band_kernel_offset_two"),
        ("held_out_7", "ece544-derivatives", "band_winner_any"),
        ("held_out_7", "ece421-numpy-nn", "inplace_step_before_velocity"),
        ("held_out_7", "ece544-derivatives", "band_window_centred"),
        ("held_out_8", "ece544-mlp", "layer_records_bias_added_to_the_weights"),
        ("held_out_8", "ece544-mlp", "layer_records_tdnn_dw_from_the_first_times"),
        ("held_out_8", "ece544-mlp", "layer_records_probs_changed_in_place"),
        ("held_out_10", "ece544-mlp", "java_output_gradient_sent_back"),
        ("held_out_10", "ece544-mlp", "assistant_relu_mask_from_upstream"),
        ("held_out_10", "ece544-mlp", "assistant_standardises_in_train_only"),
        ("held_out_10", "ece421-numpy-nn", "typed_looks_ahead"),
        ("held_out_10", "ece544-derivatives", "folds_plain_log_sum"),
        ("held_out_10", "ece544-derivatives", "loops_peak_starts_from_zero"),
        ("held_out_10", "cs231n-two-layer", "model_built_once_and_kept"),
        ("held_out_10", "cs231n-two-layer", "step_divided_by_the_batch_size"),
        ("held_out_10", "cs231n-two-layer", "column_of_ones_in_front"),
        ("held_out_10", "dlsys-hw0", "relu_after_every_layer"),
        ("held_out_22", "cs231n-two-layer", "webdev_largest_score_for_its_class"),
        ("held_out_22", "cs231n-two-layer", "veteran_bias_after_the_relu"),
        ("held_out_22", "hw2-softmax", "webdev_zero_taken_for_missing"),
        ("held_out_23", "aarhus-net-classifier", "textbook_w2_ascends"),
        ("held_out_23", "ece544-mlp", "golfer_velocity_is_the_weight"),
        ("held_out_23", "ece544-derivatives", "textbook_compared_with_the_first_entry"),
        ("held_out_23", "hw2-layers-mlp", "matlab_bias_stacked_on_top"),
        ("held_out_23", "hw2-softmax", "chatbot_scores_clipped"),
        ("held_out_23", "hw2-softmax", "textbook_first_example_left_out_of_the_loss"),
        ("held_out_24", "aarhus-net-classifier", "latebloomer_above_one_half"),
        ("held_out_24", "cs231n-two-layer", "stats_reference_level"),
        ("held_out_24", "dlsys-hw0", "stats_mask_from_the_pulled_residual"),
        ("held_out_24", "ece421-numpy-nn", "latebloomer_relu_by_first_entry"),
        ("held_out_24", "ece544-derivatives", "latebloomer_last_output_skipped"),
        ("held_out_24", "ece544-derivatives", "latebloomer_sum_without_last_class"),
        ("held_out_24", "ece544-mlp", "latebloomer_ten_classes"),
        ("held_out_24", "hw2-layers-mlp", "latebloomer_bias_stepped_in_the_row_loop"),
        ("held_out_24", "hw2-layers-mlp", "stats_standardised_logits"),
        ("held_out_25", "aarhus-net-classifier", "cplusplus_best_class_carried_over"),
        ("held_out_25", "hw2-layers-mlp", "cplusplus_sigmoid_backward_without_brackets"),
        ("held_out_25", "hw2-softmax", "estimator_coefficients_rounded"),
        ("held_out_25", "hw2-softmax", "estimator_penalty_averaged_over_the_classes"),
        ("held_out_26", "cs231n-two-layer", "cacher_cache_by_shape"),
        ("held_out_26", "cs231n-two-layer", "newcomer_momentum_nobody_asked_for"),
        ("held_out_26", "dlsys-hw0", "dataclassy_first_batch_skipped"),
        ("held_out_26", "dlsys-hw0", "newcomer_w2_rows_counted_by_columns"),
        ("held_out_26", "ece421-numpy-nn", "newcomer_last_unit_for_all"),
        ("held_out_26", "ece544-derivatives", "cacher_pullback_plain_mean"),
        ("held_out_26", "ece544-derivatives", "newcomer_maximum_from_zero"),
        ("held_out_26", "ece544-derivatives", "signals_average_too_early"),
        ("held_out_26", "ece544-derivatives", "signals_diagonal_plus"),
        ("held_out_26", "ece544-mlp", "cacher_velocity_and_gradient"),
    ],
)
def test_a_batch_that_is_not_its_own_and_a_row_left_out_are_named(family: str, slug: str, name: str) -> None:
    figures = together(said_of(slip) for slip in slips(family, slug) if slip.name == name)

    assert figures.counts["single named"] == 1


@pytest.mark.parametrize(
    ("family", "slug", "one", "other"),
    [
        # a gradient that is a mean in some tensors only, beside a loop that is wrong too
        ("held_out_23", "aarhus-net-classifier", "matlab_hidden_bias_gradient_is_a_total", "matlab_last_batch_dropped"),
        ("held_out_23", "ece544-mlp", "textbook_bias_gradient_mean", "textbook_order_never_shuffled"),
        # two mistakes in the biases' gradients, one of them in those of the weights as well
        ("held_out_23", "ece544-mlp", "textbook_output_delta_with_p_times_one_minus_p", "textbook_bias_gradient_mean"),
        # the other one raises on some inputs
        ("held_out_25", "dlsys-hw0", "estimator_network_averages_twice", "estimator_classes_counted_in_the_batch"),
        ("held_out_25", "dlsys-hw0", "einsummer_mask_inverted", "einsummer_ten_classes"),
        # the labels of another batch, in an epoch of the student's own wrong steps
        ("held_out_26", "dlsys-hw0", "cacher_divided_by_classes", "cacher_labels_of_first_batch"),
    ],
)
def test_the_second_mistake_is_named_beside_the_first(family: str, slug: str, one: str, other: str) -> None:
    pair = tuple(slip for slip in slips(family, slug) if slip.name in (one, other))
    figures = name_slips(CATALOG.get(slug), [pair], ["public:1"])

    assert figures.counts["pair named"] == 1


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("aarhus-net-classifier", "log_sum_of_probabilities"),
        ("aarhus-net-classifier", "log_score_by_classes"),
        ("dlsys-hw0", "encoded_precedence"),
        ("hw2-layers-mlp", "slopes_partition_as_mean"),
        ("hw2-layers-mlp", "single_off_not_reversed"),
        ("hw2-softmax", "blocks_precedence"),
    ],
)
def test_a_slip_without_a_name_is_told_by_its_line(slug: str, name: str) -> None:
    found = [slip for slip in slips("held_out_7", slug) if slip.name == name]
    figures = name_slips(CATALOG.get(slug), [(slip,) for slip in found], ["public:1"], changes=600)

    assert figures.counts["single located"] == 1


def test_a_slip_whose_text_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="stands there 2 times"):
        Slip("slug", "name", "a", "b", frozenset()).made_in("a + a")


def test_slips_at_one_place_make_no_pair() -> None:
    one, other, elsewhere = (Slip("slug", text, text, "x", frozenset()) for text in ("a + b", "a", "c"))

    assert {frozenset((a.name, b.name)) for a, b in pairs_of([one, other, elsewhere], 9)} == {
        frozenset(("a + b", "c")),
        frozenset(("a", "c")),
    }
