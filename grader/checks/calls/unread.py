"""Are the parameters that an object is given read at all? Asked before any other cause of a wrong result."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from grader.checks.subject import Subject
from grader.probes import SCALE_1_AGAIN, Probe, Setting, set_up
from grader.report import Diagnosis, Evidence
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Action, Draw, Function, Group

SETTING = Setting("scale 1", 1.0, SCALE_1_AGAIN, strength=0.7)

SEEDS = (1, 1, 1, 2)
"""Of the global random generators at each call: an object may be made with numbers of its own."""

SAME = 1e-9
"""A step is the difference of two parameters, which rounds."""


def unread(subject: Subject, function: Function, only: tuple[str, ...] = ()) -> Diagnosis | None:
    """The cause, where all results stay the same whatever parameters are set, and change with all else; else None.

    only: names of the results that it is said of; empty: all.
    """
    found = next((action for action in function.recipe if action.do == "set" and _group(action)), None)
    group = _group(found) if found is not None else None
    if found is None or group is None:
        return None
    rng = subject.rng("unread", function.name)
    first, *others, beside = (subject.settled(function, set_up(function, SETTING, rng)) for _ in SEEDS)
    drawn = [{name: other.arguments[name] for name in group.keys.values()} for other in others]
    probes = [first, *(replace(first, arguments={**first.arguments, **more}) for more in drawn), beside]
    stays = function.recipe[-1].target == found.target  # what is set is also what comes back, a step further
    start = group.keys if stays else {}
    what = ("steps that stay", "steps") if stays else ("a result that stays", "one")
    if not _stays(_seen(subject, function, probes, start)):
        # The regularisation may read them where the layers do not.
        strength = next((tensor.name for tensor in function.arguments if tensor.draw is Draw.STRENGTH), None)
        if strength is None or stays:
            return None
        none = {strength: np.zeros(())}
        probes = [replace(probe, arguments={**probe.arguments, **none}) for probe in probes]
        if not _stays(_seen(subject, function, probes, start)):
            return None
        what = ("a data term that stays", "one")
    where = f"self.{found.target.partition('.')[2]}"
    wrong: list[Evidence] = [*(only or (tensor.name for tensor in function.results))]
    told = {"found": f"{what[0]} the same whatever {where} holds,", "asked": f"{what[1]} by those parameters"}
    return Diagnosis("OTHER_FORMULA", {**told, "wrong": wrong, "tensor": wrong[0]})


def _stays(seen: list[dict[str, FloatArray]] | None) -> bool:
    """Whether the results are the same at all parameters, and others with all else; none are read where it is None."""
    return seen is not None and all(_same(seen[0], results) for results in seen[1:-1]) and not _same(seen[0], seen[-1])


def _seen(
    subject: Subject, function: Function, probes: list[Probe], start: Mapping[str, str]
) -> list[dict[str, FloatArray]] | None:
    """The results on each probe, less what was set where that comes back; None where one cannot be read.

    start: for each key of what comes back, the argument that was set there.
    """
    replies = subject.student.call(function.name, [list(p.arguments.values()) for p in probes], seeds=SEEDS)
    found: list[dict[str, FloatArray]] = []
    for probe, reply in zip(probes, replies, strict=True):
        results = read(function, reply.value) if isinstance(reply, Returned) else None
        if not isinstance(results, Tensors):
            return None
        values = dict(results.values)
        for tensor in function.results if start else ():
            before = probe.arguments[start[tensor.key]]
            if values[tensor.name].shape != before.shape:
                return None
            values[tensor.name] = values[tensor.name] - before
        found.append(values)
    return found


def _same(one: Mapping[str, FloatArray], other: Mapping[str, FloatArray]) -> bool:
    return all(
        values.shape == other[name].shape and np.allclose(values, other[name], rtol=SAME, atol=SAME, equal_nan=True)
        for name, values in one.items()
    )


def _group(action: Action) -> Group | None:
    first = action.arguments[0] if action.arguments else None
    return first if isinstance(first, Group) else None
