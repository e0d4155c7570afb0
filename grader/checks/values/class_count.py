"""Is it the number of classes that decides whether a result is right? Asked before that is said."""

from collections.abc import Sequence
from dataclasses import replace

from grader.checks.subject import Subject
from grader.diagnosis.cause import ALL_CLASSES
from grader.probes import PLAN, SCALE_1, SCALE_1_AGAIN, Probe, set_up
from reference.spec import Function

KIND = "classes"


def exchanged_classes(subject: Subject, function: Function) -> Sequence[Probe]:
    """The probe sizes that go with all classes, with fewer, and the other way round.

    What is right for one number of classes only is right on the second of them and wrong on the first.
    """
    fewer, many = {**SCALE_1_AGAIN, "C": SCALE_1["C"]}, {**SCALE_1, "C": ALL_CLASSES}
    rng = subject.rng(KIND, function.name)
    settings = [replace(PLAN[1], name=KIND, sizes=sizes) for sizes in (fewer, many)]
    return [subject.settled(function, set_up(function, setting, rng)) for setting in settings]
