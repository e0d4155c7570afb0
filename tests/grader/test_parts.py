"""Parts share a process while all goes well, and what does not go well is judged where nothing ran before."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from grader.grade import grade
from grader.parts import TRIAL_SECONDS
from grader.report import Report, Verdict
from grader.sandbox import Call, Reply, Stopped
from grader.upload import Upload
from reference.catalog import AssignmentFolder
from reference.spec import Limits, Training
from tests.fakes.in_process import InProcessSandbox, InProcessSession, upload

Graded = Callable[..., Report]

POISON = """
_relu, _average_ce, called = relu, average_ce, []
def relu(x):
    print("relu")
    called.append(1)
    return _relu(x)
def average_ce(target, prediction):
    print("average_ce")
    return 0.0 if called else _average_ce(target, prediction)
print("loaded")
"""
"""Where relu was called before, average_ce is wrong."""


class Heard(InProcessSandbox):
    """Keeps what each of its sessions was asked, and its replies."""

    def __init__(self, **endings: Stopped) -> None:
        super().__init__(None, **endings)
        self.calls: list[list[Call]] = []

    @contextmanager
    def open(self, upload: Upload, limits: Limits) -> Iterator[InProcessSession]:
        with super().open(upload, limits) as session:
            run, kept = session.run, list[Call]()
            self.calls.append(kept)

            def heard(calls: Sequence[Call]) -> list[Reply]:
                kept.extend(calls)
                return run(calls)

            session.run = heard  # type: ignore[method-assign]  # this fake listens at the door
            yield session


def wrong(source: str, *functions: str) -> str:
    """A file in which these functions give nothing."""
    return source + "".join(f"\ndef {name}(*a): return None\n" for name in functions)


def test_all_parts_of_a_right_file_share_one_process(untrained: AssignmentFolder) -> None:
    sandbox = InProcessSandbox()
    report = grade(untrained, upload(untrained.solution), sandbox, "public:1")

    assert report.score.given == untrained.assignment.points
    assert sandbox.opened == 1


def test_what_a_part_left_behind_costs_no_other(untrained: AssignmentFolder) -> None:
    sandbox = InProcessSandbox()
    report = grade(untrained, upload(untrained.solution + POISON), sandbox, "public:1")

    assert report.score.given == untrained.assignment.points
    assert sandbox.opened == 2


def test_of_what_was_tried_in_vain_nothing_is_kept(untrained: AssignmentFolder) -> None:
    harmless = POISON.replace("0.0 if called else ", "")
    printed, expected = (
        grade(untrained, upload(untrained.solution + code), InProcessSandbox(), "public:1").printed.split()
        for code in (POISON, harmless)
    )

    assert printed.count("loaded") == 1
    assert printed.count("average_ce") == expected.count("average_ce") > 0
    assert printed == expected


def test_a_mistake_is_judged_where_nothing_ran_before(untrained: AssignmentFolder) -> None:
    sandbox = Heard()
    report = grade(untrained, upload(wrong(untrained.solution, "average_ce")), sandbox, "public:1")
    tried, own, after = sandbox.calls
    part = next(part for part in report.parts if part.name == "average_ce")

    assert tried[-1].target == "average_ce"
    assert {call.target for call in own} == {"average_ce"}
    assert "average_ce" not in {call.target for call in after}
    assert all(check.diagnosis for check in part.checks if check.verdict is not Verdict.PASSED)
    assert report.score.given == untrained.assignment.points - part.points.maximum


def test_after_a_mistake_nothing_is_tried(untrained: AssignmentFolder) -> None:
    sandbox = Heard()
    grade(untrained, upload(wrong(untrained.solution, "relu", "softmax")), sandbox, "public:1")
    asked = [[call.target for call in calls] for calls in sandbox.calls]

    assert [names[0] for names in asked if "softmax" in names] == ["softmax"]
    assert [set(names) for names in asked if "relu" in names] == [{"compute_layer", "relu"}, {"relu"}]


def test_a_call_that_is_tried_may_not_take_long(untrained: AssignmentFolder) -> None:
    hanging = Stopped(Verdict.TIME_LIMIT, "it never ends")
    sandbox = Heard(average_ce=hanging)
    report = grade(untrained, upload(untrained.solution), sandbox, "public:1")
    tried, own = ([c for c in calls if c.target == "average_ce"] for calls in sandbox.calls[:2])

    assert {call.wall_seconds for call in tried} == {TRIAL_SECONDS}
    assert {call.wall_seconds for call in own} == {None}
    assert [part.checks[0].verdict for part in report.parts if part.name == "average_ce"] == [Verdict.TIME_LIMIT]


def test_a_training_has_a_process_of_its_own(folder: AssignmentFolder) -> None:
    def short(check: Training) -> Training:
        return replace(check, curve_epochs=(), hyperparameters={**check.hyperparameters, "epochs": 1})

    parts = tuple(
        replace(part, checks=tuple(short(check) if isinstance(check, Training) else check for check in part.checks))
        for part in folder.assignment.parts
    )
    brief = replace(folder, assignment=replace(folder.assignment, parts=parts))
    sandbox = Heard()
    grade(brief, upload(folder.solution), sandbox, "public:1")
    asked = [{call.target for call in calls} for calls in sandbox.calls]

    assert any(names == {"train"} for names in asked)
    assert all(names == {"train"} for names in asked if "train" in names)
