"""Exists, takes its arguments, returns what was asked, spoils neither inputs nor earlier results, answers the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.absence import absence
from grader.checks.calls.equal_scores import equal_scores, misshapen
from grader.checks.calls.left_out import left_out
from grader.checks.calls.mutation import changed_argument
from grader.checks.calls.raised_after import raised_after
from grader.checks.calls.shared_result import shared_result
from grader.checks.calls.unanswered import unanswered
from grader.checks.calls.unread import unread
from grader.checks.subject import Finding, Subject, failed
from grader.comparison import compare, fitted
from grader.diagnosis.cause import UNKNOWN, diagnose, measured
from grader.diagnosis.mismatch import Mismatch
from grader.naming import Binding
from grader.probes import SCALE_1, SCALE_1_AGAIN, Probe, Setting, set_up, shape_of
from grader.recipe import ALL
from grader.report import CheckResult, Diagnosis, Evidence, Note, Score, Verdict
from grader.results import FloatArray, Tensors, Unreadable, read
from grader.sandbox import Loaded, Returned
from reference.spec import Action, Contract, Function, Group, Operation

KIND = "contract"

GENERATOR = "numpy.random.default_rng"
"""What makes the generator that a function is given."""

SETTING = Setting("scale 1", 1.0, SCALE_1_AGAIN, strength=0.7)
"""Neither without a regularisation nor with one of 1, by which an argument can be multiplied and be as it was."""

ELSEWHERE = replace(SETTING, sizes=SCALE_1)
"""Of other sizes: an argument may be changed at some of them only."""

SEEDS = (1, 3, 4, 2, 5)
"""Of the global random generators at each call: the same arguments get another one the second time."""


def missing(subject: Subject, asked: str) -> Diagnosis:
    """The diagnosis of a function that is not there, with where it stands out of reach or the name most like it."""
    name = subject.assignment.function(asked).definition
    others = [binding.spelling for binding in subject.student.bindings.values()]
    loaded = subject.student.session.loaded
    if not isinstance(loaded, Loaded):
        return Diagnosis("MISSING", {"name": name, "nearest": None})
    free = [definition for definition in loaded.definitions if definition.name not in others]
    return Diagnosis("MISSING", absence(name, free, loaded.skipped, loaded.out_of_reach))


def check(spec: Contract, subject: Subject) -> Finding:
    """One probe, twice, with another global random seed the second time; what is kept, once more.

    Between the two come one of other sizes and one of the same sizes: what is kept from call to call by the sizes of
    its arguments answers the second time for those. Whether these two are answered is for other checks. A function
    that predicts classes is asked last where all scores are equal.
    """
    function = subject.assignment.function(spec.function)
    if function.name not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, function.name)))
    binding = subject.student.bindings[function.name]
    lines = binding.lines
    probe = subject.settled(function, set_up(function, SETTING, subject.rng(KIND, function.name)))
    rng = subject.rng(KIND, function.name, "between")
    other, alike = (subject.settled(function, set_up(function, setting, rng)) for setting in (ELSEWHERE, SETTING))
    tied = equal_scores(function, probe)
    asked = [each for each in (probe, other, alike, probe, tied) if each is not None]
    rows = [list(each.arguments.values()) for each in asked]
    replies = subject.student.call(function.name, rows, echo=True, seeds=SEEDS)
    counting = (replies[0], *replies[3:])
    answered = [reply for reply in counting if isinstance(reply, Returned)]
    if len(answered) < len(counting):
        silent = next(reply for reply in counting if not isinstance(reply, Returned))
        result = unanswered(KIND, spec, subject, silent)
        return Finding(raised_after(subject, function, asked, replies, result))
    first, second, *equal = answered
    pairs = zip(asked, replies, strict=True)
    spoilt = (changed_argument(function, each, reply) for each, reply in pairs if isinstance(reply, Returned))
    changed = next(filter(None, spoilt), None)
    diagnosis = (
        _broken(subject, function, probe, first, second, changed)
        or _spoilt(subject, function, rows[0], first)
        or _object_spoilt(subject, function, probe)
        or _overtaken(spec, subject, function, rows[0], first)
        or (misshapen(function, tied, equal[0]) if tied is not None else None)
    )
    notes = _notes(binding, probe, first)
    if diagnosis is None:
        shared = shared_result(subject, function, probe, alike)
        diagnosis = Diagnosis("SHARED_RESULT", {"tensor": shared}) if shared else None
    if diagnosis is not None and diagnosis.code == "NOT_DETERMINISTIC":
        diagnosis = unread(subject, function) or diagnosis
    if diagnosis is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, diagnosis), notes)
    wrong = left_out(spec, subject, function, rows[0])
    if isinstance(wrong, Diagnosis):
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, wrong), notes)
    if wrong is not None:
        return Finding(unanswered(KIND, spec, subject, wrong), notes)
    points = Score(float(spec.points), float(spec.points))
    return Finding(
        CheckResult(KIND, function.name, Verdict.PASSED, points, probes_passed=2, probes_total=2, lines=lines),
        notes,
    )


def _broken(
    subject: Subject, function: Function, probe: Probe, first: Returned, second: Returned, changed: str | None
) -> Diagnosis | None:
    """The first rule of the contract that does not hold. changed: an argument that is another after any of the calls,
    which may be of other sizes only, or the second one with the same numbers."""
    yours, again = read(function, first.value), read(function, second.value)
    if isinstance(yours, Unreadable):
        return Diagnosis(yours.code, yours.evidence)
    if yours.lacking:
        lacking = next(iter(yours.lacking.values()))
        return Diagnosis(lacking.code, lacking.evidence)
    if changed is not None:
        return Diagnosis("MUTATES_INPUT", {"argument": changed})
    for name, values in yours.values.items():
        if not isinstance(again, Tensors) or not np.array_equal(values, again.values[name], equal_nan=True):
            return Diagnosis("NOT_DETERMINISTIC", {"tensor": name, "drawn_from": _generator(function)})
    if any(fitted(yours.values[t.name], t, shape_of(t, probe.sizes)) is None for t in function.results):
        comparison = compare(function, subject.forms(function), subject.oracle, [probe], [first])
        return _misshapen(Mismatch(comparison))
    for name, values in yours.values.items():
        bad = np.argwhere(~np.isfinite(values))
        if len(bad):
            where: list[Evidence] = [int(i) for i in bad[0]]
            value = str(float(values[tuple(bad[0])]))
            code = "DIVERGED" if function.operation is Operation.TRAIN else "NOT_FINITE"
            return Diagnosis(code, {"tensor": name, "nan_at": where, "value": value})
    return None


def _spoilt(subject: Subject, function: Function, arguments: Sequence[FloatArray], first: Returned) -> Diagnosis | None:
    """A kept object, such as the cache of a forward pass, that the function changes: asked once more it differs.

    That a second call raises shows no change of an argument: what is read once is not always spoilt by it.
    """
    last = function.recipe[-1] if function.recipe else None
    made = {action.keep for action in function.recipe if not action.target.startswith("numpy.")}  # no generator
    given = [str(name).removeprefix("@") for name in (last.arguments if last else ()) if str(name).startswith("@")]
    kept = [name for name in given if name in made]
    if last is None or last.result != ALL or not kept:
        return None
    changed = _changed(subject, function, arguments, first, (*function.recipe, last))
    return Diagnosis("MUTATES_INPUT", {"argument": kept[0]}) if changed else None


def _generator(function: Function) -> str | None:
    """What the function is given to draw from, as the handout calls it."""
    return next((action.keep for action in function.recipe if action.target == GENERATOR), None)


def _overtaken(
    spec: Contract, subject: Subject, function: Function, arguments: Sequence[FloatArray], first: Returned
) -> Diagnosis | None:
    """What the last step is given is not all it takes: it differs by what was done before it with other inputs."""
    if not spec.between:
        return None
    *steps, last = function.recipe
    changed = _changed(subject, function, arguments, first, (*steps, *spec.between, last))
    called = spec.between[-1].target
    return Diagnosis("NOT_DETERMINISTIC", {"tensor": changed, "between": called}) if changed else None


def _changed(
    subject: Subject, function: Function, arguments: Sequence[FloatArray], first: Returned, recipe: tuple[Action, ...]
) -> str | None:
    """The first result that is another by this recipe; None where all are the same, or there is none to compare."""
    (reply,) = subject.student.call(function.name, [arguments], seeds=(1,), recipe=recipe)
    yours, again = (read(function, r.value) if isinstance(r, Returned) else None for r in (first, reply))
    if not isinstance(yours, Tensors) or not isinstance(again, Tensors):
        return None
    same = (np.array_equal(values, again.values[name], equal_nan=True) for name, values in yours.values.items())
    return next((name for name, equal in zip(yours.values, same, strict=True) if not equal), None)


def _object_spoilt(subject: Subject, function: Function, probe: Probe) -> Diagnosis | None:
    """A dictionary of an object that a method changes: it was set before, and is another one after."""
    *before, last = function.recipe or (None,)
    found = next((action for action in reversed(before) if action is not None and action.do == "set"), None)
    if last is None or last.do != "call" or found is None:
        return None
    owner, _, attribute = found.target.partition(".")
    group = found.arguments[0]
    if last.target.partition(".")[0] != owner or not isinstance(group, Group):
        return None
    steps = (*function.recipe[:-1], replace(last, result=""), Action("get", found.target, result=ALL))
    (reply,) = subject.student.call(function.name, [list(probe.arguments.values())], seeds=(1,), recipe=steps)
    if not isinstance(reply, Returned):
        return None
    entries = reply.value if isinstance(reply.value, dict) else {}
    for key, name in group.keys.items():
        now = entries.get(key)
        if not isinstance(now, np.ndarray) or not np.array_equal(now, probe.arguments[name]):
            return Diagnosis("MUTATES_INPUT", {"argument": f"self.{attribute}[{key!r}]"})
    return None


def _misshapen(mismatch: Mismatch) -> Diagnosis:
    """The cause of a wrong shape; what else is wrong may come from other functions, and has checks of its own."""
    found = diagnose(mismatch)
    outcome = mismatch.comparison.outcomes[0]
    shapes = outcome.yours.values if isinstance(outcome.yours, Tensors) else {}
    names = [name for name in mismatch.wrong if name in shapes and shapes[name].shape != outcome.right[name].shape]
    causes = found.evidence.get("tensors")
    if names and found.code == UNKNOWN:  # of the first tensor whose numbers are others, which may be no fault here
        return Diagnosis("SHAPE", measured(mismatch, names[0]))
    if names and isinstance(causes, Mapping):
        codes = {name: str(cause).split(" and ") for name, cause in causes.items()}
        mine = codes.pop(names[0], [])
        elsewhere = {code for name, others in codes.items() if name not in names for code in others}
        if found.code not in mine or (len(mine) > 1 and found.code in elsewhere):
            return Diagnosis("SHAPE", measured(mismatch, names[0]))
    return replace(found, evidence={key: value for key, value in found.evidence.items() if key != "also"})


def _notes(binding: Binding, probe: Probe, reply: Returned) -> tuple[Note, ...]:
    """What is accepted but worth saying: another spelling, float32, lists, another harmless shape."""
    function, notes = binding.function, []
    if binding.spelling != function.definition:
        notes.append(Note("SPELLING", {"asked": function.definition, "found": binding.spelling}, binding.lines))
    if binding.order:
        taken: list[Evidence] = list(binding.definition.parameters[: len(binding.order)])
        notes.append(Note("ARGUMENT_ORDER", {"function": binding.spelling, "parameters": taken}, binding.lines))
    yours = read(function, reply.value)
    if not isinstance(yours, Tensors):
        return tuple(notes)
    if yours.single:
        notes.append(Note("FLOAT32", {"function": binding.spelling}, binding.lines))
    if yours.lists:
        notes.append(Note("LIST_RESULT", {"function": binding.spelling}, binding.lines))
    for tensor in function.results:
        shape, asked = yours.values[tensor.name].shape, shape_of(tensor, probe.sizes)
        if shape != asked and fitted(yours.values[tensor.name], tensor, asked) is not None:
            shapes: dict[str, Evidence] = {"tensor": tensor.name, "shape": list(shape), "expected": list(asked)}
            notes.append(Note("HARMLESS_SHAPE", shapes, binding.lines))
    return tuple(notes)
