"""What counts where an argument is left out: its default, or the parameters of a training that came before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.subject import Subject
from grader.checks.trained import Trained, parameters
from grader.report import Diagnosis, Evidence
from grader.results import Tensors, read
from grader.sandbox import Reply, Returned
from grader.standing import Parameters
from reference.spec import Action, Contract, Draw, Function, Group, Operation, Tensor

SIZES = {"N": 60, "D": 5, "H": 6, "C": 3}
HYPERPARAMETERS = {"batch_size": 20, "lr": 1.0, "reg": 0.0, "epochs": 3}
"""Of a training that turns most predictions: its labels are those of other classes than the first weights predict."""

SAME = 1e-9
"""Relative: the same computation twice, which may add in another order."""

NOT_FITS = "a result of other parameters than fit sets"

Row = Sequence[NDArray[Any]]


def left_out(spec: Contract, subject: Subject, function: Function, arguments: Row) -> Reply | Diagnosis | None:
    """What is wrong where an argument is left out: a call that gives no value, or a cause; None where nothing is."""
    if spec.defaults:
        return _defaulted(spec, subject, function, arguments)
    if spec.fitted and subject.proven.issuperset(spec.needs):
        return _fitted(spec, subject, function)
    return None


def _defaulted(spec: Contract, subject: Subject, function: Function, arguments: Row) -> Reply | Diagnosis | None:
    *steps, last = function.recipe
    shorter = replace(last, arguments=tuple(a for a in last.arguments if str(a) not in spec.defaults))
    pairs = zip(function.arguments, arguments, strict=True)
    row = [np.asarray(spec.defaults.get(tensor.name, array)) for tensor, array in pairs]
    (without,) = subject.student.call(function.name, [row], recipe=(*steps, shorter))
    if not isinstance(without, Returned):
        return without
    (given,) = subject.student.call(function.name, [row])
    wrong = _different(function, without, given)
    named = " and ".join(f"{name} = {value:g}" for name, value in spec.defaults.items())
    asked = f"that one, as {' and '.join(spec.defaults)} is left out,"
    return _other(f"another result than with {named}", asked, wrong) if wrong else None


def _fitted(spec: Contract, subject: Subject, function: Function) -> Reply | Diagnosis | None:
    """Asked after a training without parameters and with others. Where none can be had, those that are set count."""
    rng = subject.rng("left out", function.name)
    first = {
        tensor.name: rng.standard_normal([SIZES.get(axis, 1) for axis in tensor.axes])
        for tensor in function.arguments
        if tensor.draw in (Draw.WEIGHTS, Draw.BIAS)
    }
    x = rng.standard_normal((SIZES["N"], SIZES["D"]))
    trained = _after_training(spec, subject, function, x, first)
    if trained is not None:
        state, without, given = trained
        asked = (_row(function, x, state), _row(function, x, first))
        own_without, own_given = subject.student.call(function.name, asked)
        wrong = _different(function, given, own_given)
        if wrong:
            return _other(
                "a result of other parameters than those given", "that of the given ones, also after fit,", wrong
            )
        wrong = _different(function, without, own_without)
        return _other(NOT_FITS, "that of fit's parameters, as none are given,", wrong) if wrong else None
    *steps, last = function.recipe
    group = _group(last)
    settled = Action("set", _object(last) + ".params", (group,))
    row = _row(function, x, first)
    (unaided,) = subject.student.call(function.name, [row], recipe=(*steps, settled, _without(last)))
    if not isinstance(unaided, Returned):
        return unaided
    (own,) = subject.student.call(function.name, [row])
    wrong = _different(function, unaided, own)
    return _other(NOT_FITS, "that of self.params, as none are given,", wrong) if wrong else None


def _after_training(
    spec: Contract, subject: Subject, function: Function, x: NDArray[Any], first: Parameters
) -> tuple[Parameters, Returned, Returned] | None:
    """The parameters of a training, and what the function then gives without parameters and with the first ones."""
    if spec.fitted not in subject.student.bindings:
        return None
    binding = subject.student.bindings[spec.fitted]
    fit, last = binding.function, function.recipe[-1]
    method = subject.student.bindings[function.name].spelling.rpartition(".")[2]
    asked = replace(last, target=f"{_object(last)}.{method}")
    recipe = (
        *(replace(step, result="fitted") if step.do == "get" else step for step in fit.recipe),
        replace(asked, result="given"),
        replace(_without(asked), result="without"),  # after it: those that were given are not kept
    )
    names = {tensor.name for tensor in fit.arguments}
    further = tuple(tensor for tensor in function.arguments if tensor.name not in names)
    results = tuple(Tensor(name, ()) for name in ("fitted", "without", "given"))
    both = replace(fit, arguments=(*fit.arguments, *further), results=results)
    labels = _others(subject, x, first)
    data = [x, labels, x, labels, *first.values(), *_row(replace(function, arguments=further), x, {})]
    student = replace(
        subject.student, bindings={**subject.student.bindings, spec.fitted: replace(binding, function=both)}
    )
    (reply,) = student.call(spec.fitted, [data], more=HYPERPARAMETERS, recipe=recipe)
    if not isinstance(reply, Returned) or not isinstance(reply.value, tuple):
        return None
    state, without, given = reply.value
    trained = parameters(fit, replace(reply, value=state), SIZES)
    if not isinstance(trained, Trained):
        return None
    return trained.parameters, replace(reply, value=without), replace(reply, value=given)


def _others(subject: Subject, x: NDArray[Any], first: Parameters) -> NDArray[Any]:
    """Of each row another class than the first parameters give."""
    answer = next(f.answer for f in subject.assignment.functions if f.operation is Operation.PREDICT)
    predicted = subject.oracle.computed(answer, ["predicted"], (x, *first.values()))["predicted"]
    return np.asarray((predicted.astype(np.int64) + 1) % SIZES["C"])


def _row(function: Function, x: NDArray[Any], state: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
    labels = np.arange(len(x)) % SIZES["C"]
    return [state.get(tensor.name, labels if tensor.draw is Draw.LABELS else x) for tensor in function.arguments]


def _group(action: Action) -> Group:
    return next(argument for argument in action.arguments if isinstance(argument, Group))


def _without(action: Action) -> Action:
    return replace(action, arguments=tuple(name for name in action.arguments if not isinstance(name, Group)))


def _object(action: Action) -> str:
    return action.target.partition(".")[0]


def _different(function: Function, one: Reply, other: Reply) -> list[str]:
    """Names of the results in which two replies differ; none where the second cannot be read: it has its own check."""
    right = read(function, other.value) if isinstance(other, Returned) else None
    if not isinstance(right, Tensors):
        return []
    yours = read(function, one.value) if isinstance(one, Returned) else None
    return [
        name
        for name, values in right.values.items()
        if not isinstance(yours, Tensors)
        or yours.values[name].shape != values.shape
        or not np.allclose(yours.values[name], values, rtol=SAME, atol=SAME, equal_nan=True)
    ]


def _other(found: str, asked: str, wrong: list[str]) -> Diagnosis:
    names: list[Evidence] = [*wrong]
    return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": names})
