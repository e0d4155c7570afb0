"""What is right given a student's own earlier functions: a mistake is paid for once, in the part where it was made.

Whoever wants to be excused by an earlier function has lost points by it already, and it is heard in a process where the
function under check was never called: what it answers there cannot have been made to fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from grader.checks.calls.unanswered import raised_in
from grader.checks.subject import Subject
from grader.checks.values.sacrificed import follows, with_others
from grader.comparison import EPSILON, Comparison, against, fitted, followed
from grader.foundations import built_on
from grader.probes import Probe, shape_of
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Raised, Reply, Returned
from reference.spec import Computed, Function, Given, Operation, Step

ODD_SHAPES = (ValueError, IndexError, TypeError, AttributeError, ArithmeticError)
"""What our formulas raise for a student's own values whose shapes do not go together, that have none, or no entries."""

GRADIENTS = frozenset({Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT, Operation.NETWORK_BACKWARD, Operation.TWO_LAYER_LOSS})
"""Operations whose result could be a finite difference, and whose sign says nothing of the function that uses it."""

LEAST_SPREAD = 1e-3
"""Share of the reference's spread that a student's own values must have: functions that return next to nothing are
right given each other, and show nothing."""

Known = Mapping[str, FloatArray]


def graded_on_own(
    subject: Subject,
    function: Function,
    probes: Sequence[Probe],
    replies: Sequence[Reply],
    given: Sequence[Given],
    direct: Comparison,
) -> tuple[Comparison, list[str]] | None:
    """The first comparison that passes given the student's own functions, with their names; None if none does.

    Ways by the same steps are several right forms, of which the student follows one as a whole. direct: the comparison
    with the reference. A way that is right for what counts but for less on the whole, or that gives up a loss that
    agrees, is another way than the student's.
    """
    if not any(isinstance(reply, Returned) for reply in replies):
        return None  # nothing came that could be right given anything: no process need be opened to know
    for steps, same in groupby(given, key=lambda way: way.steps):
        ways = list(same)
        names = sorted({step.function for step in steps if isinstance(step, Step)})
        # What passed its checks on a wrong function was right by chance: a dtype taken from the first entry is.
        if subject.apart is None or subject.proven.issuperset(built_on(subject.assignment, names)):
            continue
        with subject.apart() as student:
            known = walked(replace(subject, student=student), steps, probes)
        if known is None:
            continue
        found: list[Comparison] = []
        for way in ways:
            if not _telling(subject, function, way, probes, known):
                continue
            rights = formed(subject, function, way, known, probes)
            if rights:
                bands = banded(subject, function, way, known, probes)
                found.append(against(function, way.form or "own", probes, replies, rights, bands))
        own = followed(found).of(direct.only) if found else None
        if not (own and own.passed and own.agreement > direct.agreement and own.losses >= direct.losses):
            continue
        if all(_seen(subject, function, way, probes, known) for way in ways if (way.form or "own") == own.form):
            return own, names
    return None


def excused(
    subject: Subject, function: Function, probes: Sequence[Probe], replies: Sequence[Reply], given: Sequence[Given]
) -> list[str | None]:
    """For each probe the earlier function that raised on it, if there is one; where a line lies can be forged.

    All None where no probe with more than one example is left: one example tells a mean from a sum no more.
    """
    blamed = [raised_in(subject, function.name, reply) for reply in replies]
    found: list[str | None] = [None] * len(probes)
    if subject.apart is None or not {*filter(None, blamed)} - subject.proven:
        return found
    with subject.apart() as student:
        elsewhere = replace(subject, student=student)
        for index, (probe, other) in enumerate(zip(probes, blamed, strict=True)):
            if other and other not in subject.proven and any(_raises(elsewhere, way, probe) for way in given):
                found[index] = other
    left = [probe for probe, other in zip(probes, found, strict=True) if other is None and _several(probe)]
    return found if left else [None] * len(probes)


def right_given(subject: Subject, function: Function, way: Given, probes: Sequence[Probe]) -> list[Known] | None:
    """What `function` should return when the student's own functions of the steps are taken as they are.

    None where one of them is missing or does not answer with readable tensors of shapes that go together.
    """
    known = walked(subject, way.steps, probes)
    return None if known is None else formed(subject, function, way, known, probes)


def walked(
    subject: Subject, steps: Sequence[Step | Computed], probes: Sequence[Probe], returned: Sequence[Known] | None = None
) -> list[Known] | None:
    """All values by name after the steps, for each probe; None where a function is missing or gives no tensors.

    returned: values that later steps take in place of what the step before them gave.
    """
    values: list[dict[str, FloatArray]] = [dict(probe.arguments) for probe in probes]
    for step in steps:
        if isinstance(step, Computed):
            if not _compute(subject, step, values):
                return None
            continue
        if step.function not in subject.student.bindings:
            return None
        stage = subject.assignment.function(step.function)
        seen = [known | dict(given) for known, given in zip(values, returned or [{}] * len(values), strict=True)]
        arguments = [[known[name] for name in step.arguments] for known in seen]
        replies = subject.student.call(step.function, arguments, echo=True)
        for known, reply in zip(values, replies, strict=True):
            results = read(stage, reply.value) if isinstance(reply, Returned) else None
            if not isinstance(reply, Returned) or not isinstance(results, Tensors):
                return None
            if len(reply.arguments) != len(step.arguments):  # only a forged answer echoes fewer or more
                return None
            # An argument changed in place is what the caller's next line sees.
            for name, now in zip(step.arguments, reply.arguments, strict=True) if returned is None else ():
                if isinstance(now, np.ndarray) and now.dtype.kind in "fiub":
                    if now.shape != known[name].shape:  # no code of a student's changes it, and ours would stumble
                        return None
                    known[name] = now.astype(known[name].dtype)  # class numbers stay whole
            known |= dict(zip(step.results, results.values.values(), strict=True))
    return list(values)


def _compute(subject: Subject, step: Computed, values: Sequence[dict[str, FloatArray]]) -> bool:
    """Add what a step of the reference's gives; False where the student's own shapes do not go together."""
    try:
        for known in values:
            known |= subject.oracle.computed(step.form, step.results, [known[name] for name in step.arguments])
    except ODD_SHAPES:
        return False
    return True


def formed(
    subject: Subject, function: Function, way: Given, known: Sequence[Known], probes: Sequence[Probe]
) -> list[Known] | None:
    """What the values of the steps make right for `function`; None where their shapes do not go together."""
    rights: list[Known] = []
    for values, probe in zip(known, probes, strict=True):
        try:
            right = (
                {tensor.name: values[tensor.name] for tensor in function.results}
                if way.form is None
                else subject.oracle.apply(function, way.form, tuple(values[name] for name in way.arguments))
            )
        except ODD_SHAPES:
            return None
        shaped = {t.name: fitted(right[t.name], t, shape_of(t, probe.sizes)) for t in function.results}
        fit = {name: array for name, array in shaped.items() if array is not None}
        if len(fit) < len(shaped):
            return None
        rights.append(fit)
    return rights


def banded(
    subject: Subject, function: Function, way: Given, known: Sequence[Known], probes: Sequence[Probe]
) -> list[Known] | None:
    """The same with the largest accepted epsilon inside a logarithm; None where answers.py has no such form."""
    if f"{way.form}{EPSILON}" not in subject.oracle.answers:
        return None
    return formed(subject, function, replace(way, form=f"{way.form}{EPSILON}"), known, probes)


def by_reference(subject: Subject, steps: Sequence[Step | Computed], probes: Sequence[Probe]) -> list[Known]:
    """The values after the steps by the reference."""
    values: list[dict[str, FloatArray]] = [dict(probe.arguments) for probe in probes]
    for step in steps:
        if isinstance(step, Computed):
            _compute(subject, step, values)
            continue
        stage = subject.assignment.function(step.function)
        for known in values:
            right = subject.oracle.apply(stage, stage.answer, tuple(known[name] for name in step.arguments))
            known |= dict(zip(step.results, right.values(), strict=True))
    return list(values)


def _telling(subject: Subject, function: Function, way: Given, probes: Sequence[Probe], own: Sequence[Known]) -> bool:
    """Whether on one probe the student's own values vary wherever the reference's do, and enough to show a mistake.

    Asked of the probes at scale 1 with more than one example: a single row may well be constant. Forward values that a
    form is computed from lie on both sides of zero there where the reference's do: a ReLU that is always on has no
    derivative to get wrong. A gradient may vanish on that probe, as with an inverted mask where all units are on, but
    not on all.
    """
    right = by_reference(subject, way.steps, probes)
    both = [(mine[name], theirs[name]) for mine, theirs in zip(own, right, strict=True) for name in theirs]
    if any(_long(mine) != _long(theirs) for mine, theirs in both):  # nothing of another shape is computed with
        return False
    names = way.arguments if way.form is not None else tuple(tensor.name for tensor in function.results)
    called = [step for step in way.steps if isinstance(step, Step)]
    forward = [step for step in called if subject.assignment.function(step.function).operation not in GRADIENTS]
    signed = _signed(subject, way)
    slopes = {name for step in called if step not in forward for name in step.results}
    pairs = [pair for *pair, probe in zip(own, right, probes, strict=True) if probe.ordinary and _several(probe)]
    return any(
        all(
            _spread(mine[name], theirs[name]) and (name not in signed or _mixed(mine[name], theirs[name]))
            for name in names
            if name not in slopes
        )
        for mine, theirs in pairs
    ) and all(any(_spread(mine[name], theirs[name]) for mine, theirs in pairs) for name in slopes.intersection(names))


def _seen(subject: Subject, function: Function, way: Given, probes: Sequence[Probe], own: Sequence[Known]) -> bool:
    """Whether on one probe the signs of the forward values that a form is computed from turn with the arguments.

    Others are heard apart in the same order: who counts the calls answers by the same count.
    """
    right = by_reference(subject, way.steps, probes)
    names = [name for name in _signed(subject, way) if any(_both(values[name]) for values in right)]
    if not names or subject.apart is None:
        return not names
    others = with_others(subject, function, probes)
    with subject.apart() as student:
        mine = walked(replace(subject, student=student), way.steps, others)
    theirs = by_reference(subject, way.steps, others)
    shown = [index for index, probe in enumerate(probes) if probe.ordinary and _several(probe)]
    return mine is not None and any(
        all(follows((own[i][name], mine[i][name]), (right[i][name], theirs[i][name])) for name in names) for i in shown
    )


def _signed(subject: Subject, way: Given) -> list[str]:
    """The arguments of a form that are results of forward steps."""
    called = [step for step in way.steps if isinstance(step, Step)]
    forward = [step for step in called if subject.assignment.function(step.function).operation not in GRADIENTS]
    results = {name for step in forward for name in step.results}
    return [name for name in way.arguments if name in results] if way.form is not None else []


def _long(array: FloatArray) -> list[int]:
    """The shape without axes of length one, which are written or left out as one likes."""
    return [axis for axis in array.shape if axis != 1]


def _spread(mine: FloatArray, theirs: FloatArray) -> bool:
    if theirs.size < 2 or np.ptp(theirs) == 0:
        return True
    return mine.size > 1 and bool(np.ptp(mine) >= LEAST_SPREAD * np.ptp(theirs))  # NaN is no spread


def _mixed(mine: FloatArray, theirs: FloatArray) -> bool:
    return not _both(theirs) or bool(np.any(mine > 0) and np.any(mine <= 0))


def _both(values: FloatArray) -> bool:
    """Whether there are numbers on both sides of zero."""
    return bool(np.any(values > 0) and np.any(values < 0))


def _raises(subject: Subject, way: Given, probe: Probe) -> bool:
    """Whether a function of the steps raises on this probe when it is asked itself."""
    known = dict(probe.arguments)
    for step in way.steps:
        if isinstance(step, Computed):
            if not _compute(subject, step, [known]):
                return False
            continue
        if step.function not in subject.student.bindings:
            return False
        (reply,) = subject.student.call(step.function, [[known[name] for name in step.arguments]])
        results = read(subject.assignment.function(step.function), reply.value) if isinstance(reply, Returned) else None
        if not isinstance(results, Tensors):
            return isinstance(reply, Raised)
        known |= dict(zip(step.results, results.values.values(), strict=True))
    return False


def _several(probe: Probe) -> bool:
    return probe.sizes.get("N", 0) > 1
