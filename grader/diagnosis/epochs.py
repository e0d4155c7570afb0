"""Known wrong epochs of descent that change their weights in place.

Arguments are X, y, theta or W1, W2, lr and perhaps batch. Results are new weights.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.cost_gradient import Pass, mistakes_of
from grader.diagnosis.epoch_batches import ONE_RATE, OWN_LABELS, RATES, Rate, batches, formula, overlaps, shorter
from grader.diagnosis.epoch_momentum import MOMENTA, VELOCITIES, by_velocity
from grader.diagnosis.fixed_rates import FIXED_RATES
from grader.diagnosis.kept_gradients import kept_gradients
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.shuffled import ABOUT as SHUFFLED
from grader.diagnosis.shuffled import in_another_order
from grader.diagnosis.softmax_classifier import gradient_terms
from grader.diagnosis.stale_rows import ABOUT as STALE
from grader.diagnosis.stale_rows import stale
from grader.diagnosis.weights_in_place import STEP, not_in_place, partly_in_place
from grader.report import Evidence
from reference.data import one_hot
from reference.softmax import softmax

HALF = 0.5
"""What is told by a code of its own."""

LOOP = "for start in range(0, N, batch): ..."
Weights = Mapping[str, FloatArray]
Given = tuple[FloatArray, FloatArray, Weights]
"""Inputs, one-hot targets and weights of an outcome."""

Slopes = Callable[[FloatArray, FloatArray, Weights], Weights]
"""Gradients by the weights, from inputs, one-hot targets and weights."""

WrongSlopes = Callable[[FloatArray, FloatArray, Weights], list[tuple[str, Weights]]]
"""The same with each known mistake."""


def softmax_step(outcome: Outcome) -> Sequence[Candidate]:
    """What one wrong step of softmax regression does to theta; the result is how far it moves over the rate."""
    return _steps(outcome, _given(outcome, "theta"), _linear, _wrong_linear)


def softmax_epoch(outcome: Outcome) -> Sequence[Candidate]:
    """The same of an epoch of several steps."""
    return _epochs(outcome, _given(outcome, "theta"), _linear, _wrong_linear)


def network_step(outcome: Outcome) -> Sequence[Candidate]:
    """What one wrong step of a network with one hidden ReLU layer and no biases does to W1 and W2."""
    return _steps(outcome, _given(outcome, "W1", "W2"), _network, _wrong_network(_rate(outcome)))


def network_epoch(outcome: Outcome) -> Sequence[Candidate]:
    """The same of an epoch of several steps."""
    return _epochs(outcome, _given(outcome, "W1", "W2"), _network, _wrong_network(_rate(outcome)))


def _steps(outcome: Outcome, given: Given, slopes: Slopes, wrong: WrongSlopes) -> list[Candidate]:
    x, targets, weights = given
    right, lr = slopes(x, targets, weights), _rate(outcome)
    return [
        *not_in_place(weights),
        *(Candidate(code, _named(terms), STEP) for code, terms in wrong(x, targets, weights)),
        *partly_in_place(right),
        Candidate("RATE_IGNORED", _named({name: g / lr for name, g in right.items()}), STEP, {"lr": lr}),
        *(
            Candidate(
                "OTHER_FORMULA",
                _named({name: (1 - momentum) * g for name, g in right.items()}),
                STEP,
                formula(f"{1 - momentum:g} * gradient", "the gradient"),
            )
            for momentum in MOMENTA
            if momentum != HALF
        ),
        *(
            Candidate(
                "OTHER_FORMULA",
                _named({name: rate / lr * g for name, g in right.items()}),
                STEP,
                formula(f"a step of {rate:g} * gradient, whatever lr is,", "lr * gradient"),
            )
            for rate in FIXED_RATES
        ),
        Candidate("FACTOR_TWO", _named({name: 2 * g for name, g in right.items()}), STEP),
        Candidate(
            "OTHER_FORMULA",
            _named({name: g * (len(x) > 1) for name, g in right.items()}),
            STEP,
            formula("no step where the batch has one example", "a step on every batch"),
            of_one=True,
        ),
        *(
            Candidate(
                "OTHER_FORMULA",
                _named(slopes(x[part], targets[part], weights) if len(x) > 1 else of_none),
                STEP,
                formula(f"the gradient without the {which} example of the batch", "that of all its examples"),
            )
            for which, part in (("last", slice(None, -1)), ("first", slice(1, None)))
            # A sum over no example is 0; its mean is 0, or NaN where the division comes last.
            for of_none in ({name: share * w for name, w in weights.items()} for share in (0.0, np.nan))
        ),
    ]


def _epochs(outcome: Outcome, given: Given, slopes: Slopes, wrong: WrongSlopes) -> list[Candidate]:
    """Several steps with a mistake of the loop, or of every step."""
    x, targets, weights = given
    lr, size, rows = _rate(outcome), int(outcome.probe.arguments["batch"]), len(x)

    def moved(parts: Iterable[slice], step: Slopes, rate: Rate = lambda number: 1.0) -> Weights:
        now = dict(weights)
        for number, part in enumerate(parts):
            far = lr * rate(number)
            now |= {name: now[name] - far * g for name, g in step(x[part], targets[part], now).items()}
        return far_from(now)

    def far_from(now: Weights) -> Weights:
        return _named({name: (w - now[name]) / lr for name, w in weights.items()})

    def of_rows(part: slice | Sequence[int], now: Weights) -> Weights:
        """The gradients of some rows."""
        some = part if isinstance(part, slice) else list(part)
        return slopes(x[some], targets[some], now)

    def mistaken(place: int) -> Slopes:
        return lambda x, t, now: {**slopes(x, t, now), **wrong(x, t, now)[place][1]}

    def remembering(momentum: float, share: float) -> Weights:
        return far_from(by_velocity(weights, batches(rows, size), of_rows, lr, momentum, share))

    def divided_last(x: FloatArray, t: FloatArray, now: Weights) -> Weights:
        """Slopes whose sum is divided last: of no example NaN."""
        return slopes(x, t, now) if len(x) else {name: np.nan * w for name, w in now.items()}

    def first_labels(x: FloatArray, t: FloatArray, now: Weights) -> Weights:
        return slopes(x, targets[: len(x)], now)

    def over_all(x: FloatArray, t: FloatArray, now: Weights) -> Weights:
        return {name: g * len(x) / rows for name, g in slopes(x, t, now).items()}

    def without(name: str) -> Slopes:
        """Steps of the other weights, which see this one as it was."""
        return lambda x, t, now: {**slopes(x, t, now), name: np.zeros_like(now[name])}

    def at_first(x: FloatArray, t: FloatArray, now: Weights) -> Weights:
        return slopes(x, t, weights)

    whole = rows // size * size
    left_over: dict[str, Evidence] = {"unseen": rows - whole, "rows": rows, "batch_size": size}
    return [
        *not_in_place(weights),
        *(
            Candidate("NOT_IN_PLACE", moved(batches(rows, size), without(name)), STEP, {"argument": name})
            for name in weights
            if len(weights) > 1
        ),
        Candidate("LAST_BATCH_DROPPED", moved(batches(whole, size), slopes), LOOP, left_over),
        *(
            Candidate("LAST_BATCH_DROPPED", moved(but_one, step), LOOP, {**left_over, "unseen": 1})
            for but_one, step in (
                (batches(rows - 1, size), slopes),
                ((slice(part.start, min(part.stop, rows - 1)) for part in batches(rows, size)), divided_last),
            )
        ),
        Candidate(
            "OTHER_FORMULA",
            moved((slice(start, min(start + size, rows)) for start in range(0, rows - 1, size)), slopes),
            LOOP,
            formula("no step on a last batch of one example", "a step on every batch"),
        ),
        *(
            Candidate("OTHER_FORMULA", moved(fewer, step), LOOP, about)
            for step in (slopes, divided_last)
            for fewer, about in shorter(rows, size)
        ),
        Candidate(
            "OTHER_FORMULA",
            moved(batches(size, size), slopes),
            LOOP,
            formula("the step of the first batch alone", "a step for each batch"),
        ),
        Candidate(
            "OTHER_FORMULA",
            moved(iter(list(batches(rows, size))[-1:]), slopes),
            LOOP,
            formula("the step of the last batch alone", "a step for each batch"),
        ),
        Candidate(
            "OTHER_FORMULA",
            moved((slice(start, start + size) for start in range(0, rows, size + 1)), slopes),
            LOOP,
            formula("start += batch + 1, so that one example is left out between batches", "start += batch"),
        ),
        *(
            Candidate("BATCHES_OVERLAP", moved(overlapping, slopes), LOOP, {**about, "rows": rows})
            for overlapping, about in overlaps(rows, size)
        ),
        *(
            Candidate("OTHER_FORMULA", far_from(now), LOOP, about)
            for now, about in kept_gradients(weights, rows, size, of_rows, lr)
        ),
        Candidate(
            "OTHER_FORMULA",
            moved(batches(rows, size), first_labels),
            LOOP,
            formula("y[:batch]", OWN_LABELS),
        ),
        Candidate(
            "OTHER_FORMULA",
            moved(batches(rows, size), at_first),
            LOOP,
            formula("gradients at the first weights", "gradients at the weights of the last step"),
        ),
        *(
            Candidate("OTHER_FORMULA", moved(batches(rows, size), slopes, rate), LOOP, formula(found, ONE_RATE))
            for found, rate in RATES
        ),
        *(
            Candidate("OTHER_FORMULA", remembering(momentum, share), LOOP, formula(found, "the batch's gradient alone"))
            for found, momentum, share in VELOCITIES
        ),
        *(Candidate("OTHER_FORMULA", far_from(now), LOOP, STALE) for now in stale(weights, rows, size, of_rows, lr)),
        Candidate("OTHER_FORMULA", in_another_order(outcome, far_from, of_rows, weights), LOOP, SHUFFLED),
        Candidate("OTHER_DIVISOR", moved(batches(rows, size), over_all), LOOP, formula("/ len(X)", "/ len(x)")),
        Candidate("BATCHES_IGNORED", moved(batches(rows, rows), slopes), LOOP, {"batch": size}),
        *(
            Candidate("FOLLOWS_FROM_STEP", moved(batches(rows, size), mistaken(place)), STEP, {"cause": code})
            for place, (code, _) in enumerate(wrong(x, targets, weights))
        ),
    ]


def _wrong_linear(x: FloatArray, targets: FloatArray, weights: Weights) -> list[tuple[str, Weights]]:
    terms = gradient_terms(x, x @ weights["theta"], targets)
    return [(code, {"theta": value}) for code, value in terms]


def _wrong_network(lr: float) -> WrongSlopes:
    names = {"d_w1": "W1", "d_w2": "W2"}  # as the cost's gradients are called there

    def wrong(x: FloatArray, targets: FloatArray, weights: Weights) -> list[tuple[str, Weights]]:
        run, right = _pass(x, targets, weights), _network(x, targets, weights)
        new = {name: w - lr * right[name] for name, w in weights.items()}
        through_new = (run.delta @ new["W2"].T) * (run.z1 > 0)
        from_new = np.maximum(x @ new["W1"], 0)
        # The other gradient with the new weight in its last steps, or in its whole way forth and back.
        after_w2, after_w1 = (_network(x, targets, {**weights, name: new[name]}) for name in ("W2", "W1"))
        return [
            *(
                (code, {names[name]: value for name, value in tensors.items() if name in names})
                for code, _, tensors in mistakes_of(run, right["W2"])
            ),
            ("UPDATED_TOO_EARLY", {"W1": x.T @ through_new}),
            ("UPDATED_TOO_EARLY", {"W2": from_new.T @ run.delta}),
            ("UPDATED_TOO_EARLY", {"W1": after_w2["W1"]}),
            ("UPDATED_TOO_EARLY", {"W2": after_w1["W2"]}),
        ]

    return wrong


def _rate(outcome: Outcome) -> float:
    return float(outcome.probe.arguments["lr"])


def _named(slopes: Weights) -> Weights:
    return {f"d{name}": slope for name, slope in slopes.items()}


def _given(outcome: Outcome, *names: str) -> Given:
    values = outcome.probe.arguments
    weights = {name: values[name] for name in names}
    labels = np.asarray(values["y"], dtype=np.int64)
    return values["X"], one_hot(labels, weights[names[-1]].shape[1]), weights


def _linear(x: FloatArray, targets: FloatArray, weights: Weights) -> Weights:
    return {"theta": x.T @ (softmax(x @ weights["theta"]) - targets) / len(x)}


def _network(x: FloatArray, targets: FloatArray, weights: Weights) -> Weights:
    run = _pass(x, targets, weights)
    return {"W1": x.T @ ((run.delta @ run.w2.T) * (run.z1 > 0)), "W2": run.a1.T @ run.delta}


def _pass(x: FloatArray, targets: FloatArray, weights: Weights) -> Pass:
    z1 = x @ weights["W1"]
    a1 = np.maximum(z1, 0)
    z2 = a1 @ weights["W2"]
    return Pass(x, targets, weights["W2"], z1, a1, z2, softmax(z2))
