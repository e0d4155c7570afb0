"""What is counted: files with one wrong gradient and right files, each examined by every checker on its own."""

from pathlib import Path

import pytest

from reference.catalog import AssignmentFolder
from tests.benchmarks.gradcheck import ours, suite
from tests.benchmarks.gradcheck.detection import Verdicts, caught, examined, merged
from tests.benchmarks.gradcheck.problem import Problem
from tests.benchmarks.gradcheck.suite import Case, bugs, loads, variants


@pytest.fixture(scope="module")
def folder() -> AssignmentFolder:
    return ours.folder()


def named(cases: list[Case], name: str) -> Case:
    return next(case for case in cases if case.name == name)


def test_only_files_whose_fault_lies_in_a_gradient_are_bugs(folder: AssignmentFolder) -> None:
    names = {case.name: case.function for case in bugs(folder)}

    assert names["mistakes/RELU_MASK_MISSING"] == "backward_prop"
    assert names["held_out/grad_half"] == "grad_ce"
    assert not {"mistakes/SOFTMAX_AXIS", "mistakes/NO_MOMENTUM", "held_out/relu_leaky"} & names.keys()
    assert set(names.values()) == set(ours.gradients(folder))


def test_right_files_are_asked_for_each_gradient(folder: AssignmentFolder) -> None:
    cases = variants(folder)

    assert {case.function for case in cases if case.name == "correct/einsum"} == set(ours.gradients(folder))
    assert len({(case.name, case.function) for case in cases}) == len(cases)


def test_a_single_function_takes_the_place_of_the_solutions(folder: AssignmentFolder, tmp_path: Path) -> None:
    for where in ("bugs/some/grad_ce", "variants/grad_ce"):
        (tmp_path / where).mkdir(parents=True)
        (tmp_path / where / "own.py").write_text('"""Says: x."""\n\n\ndef grad_ce(target, logits):\n    return OWN\n')

    column = '"""Says: y.\n\nBatches: columns\n"""\n\n\ndef grad_ce(target, logits):\n    return OWN\n'
    (tmp_path / where / "column.py").write_text(column)

    (bug,) = (case for case in bugs(folder, tmp_path) if not case.name.startswith("mistakes/"))
    (variant,) = variants(folder, tmp_path)

    assert (bug.name, bug.function) == ("some/grad_ce/own", "grad_ce")
    assert bug.source == variant.source
    assert bug.source.count("def grad_ce(") == bug.source.count("return OWN") == 1
    assert "def backward_prop(" in bug.source


def test_what_only_the_loader_can_run_is_seen() -> None:
    assert loads(Case("fine", "grad_ce", "x = 1"))
    assert not loads(Case("no syntax", "grad_ce", "x ="))
    assert not loads(Case("raises", "grad_ce", "import there_is_no_such_package"))


def test_a_wrong_gradient_is_caught_and_a_right_one_is_not(folder: AssignmentFolder) -> None:
    points = []

    def recorded(problem: Problem) -> bool:
        points.append(problem)
        return bool(abs(problem.loss(problem.point)) < float("inf") and problem.gradient(problem.point))

    wrong = named(bugs(folder), "mistakes/RELU_MASK_MISSING")
    right = Case("solution", "backward_prop", folder.solution)
    found = [
        examined(folder, case, {"recorded": recorded}, seed="public:1", number=3, single=single)
        for case in (wrong, right)
        for single in (False, True)
    ]

    verdicts = [each for each in found if isinstance(each, Verdicts)]
    assert len(verdicts) == 4
    for name in ("core", "check", "part"):
        assert caught(verdicts, name) == [wrong.name, wrong.name]
    assert caught(verdicts, "recorded") == []
    assert [each.precise for each in verdicts] == [False, False, True, False]
    assert [(problem.seed, problem.single) for problem in points] == [(3, False), (3, True)] * 2


def test_what_a_file_remembers_is_not_passed_on(folder: AssignmentFolder) -> None:
    """The file keeps the first batch's gradient: the contract before it, as it is graded, is what shows that."""
    case = named(bugs(folder), "held_out/grad_cached_first_batch")
    verdicts = examined(folder, case, {}, seed="public:1", number=1, single=False)

    assert isinstance(verdicts, Verdicts)
    assert verdicts.accepted == {"core": True, "check": verdicts.accepted["check"], "part": False}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("def average_ce", "def CE", "other names than asked"),
        ("def relu(x):", "def relu(x):\n    import there_is_no_such_package", "what it imports is not installed"),
    ],
)
def test_what_cannot_be_examined_says_why(folder: AssignmentFolder, old: str, new: str, reason: str) -> None:
    assert old in folder.solution
    case = Case("other", "backward_prop", folder.solution.replace(old, new))

    assert examined(folder, case, {}, seed="public:1", number=1, single=False) == reason


def test_seeds_are_put_together_as_asked() -> None:
    case = Case("a", "grad_ce", "")
    each = [Verdicts(case, {"x": True, "y": False}, True), Verdicts(case, {"x": False, "y": False}, False)]

    assert merged(each, any) == Verdicts(case, {"x": True, "y": False}, False)
    assert merged(each, all) == Verdicts(case, {"x": False, "y": False}, False)


def test_files_are_read_from_the_projects_suites() -> None:
    assert suite.STUDENTS.is_dir()
