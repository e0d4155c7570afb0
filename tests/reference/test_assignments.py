"""Every shipped assignment's files agree with each other: answers, solution, starter, mistakes, handout, tables."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

import reference
from grader.laws import LAWS
from grader.naming import bind
from grader.oracle import given
from grader.probes import CASES, Setting, lengths, shape_of, values
from grader.recipe import parameters
from grader.results import Tensors, read
from grader.sandbox import Loaded, Raised, Reply, Returned
from grader.special import SPECIAL
from grader.student import Student
from reference.catalog import AssignmentFolder, Catalog
from reference.data import one_hot
from reference.definitions import changed_functions, definitions
from reference.spec import Assignment, Descent, Function, Limits, Operation, Property, Tensor, Training
from tests.fakes.in_process import InProcessSandbox, upload

Functions = Mapping[str, Callable[..., Any]]
ASSIGNMENTS = Path(reference.__file__ or "").parent / "assignments"
CATALOG = Catalog.builtin()
SLUGS = sorted(path.parent.name for path in ASSIGNMENTS.glob("*/assignment.py"))
SIZES = [lengths(N=7, D=5, H=11, C=3, L=13, W=4), lengths(N=1, D=3, H=5, C=2, L=3, W=3)]


@pytest.fixture(params=SLUGS)
def folder(request: pytest.FixtureRequest) -> AssignmentFolder:
    """Each shipped assignment."""
    return CATALOG.get(request.param)


def _run(source: str) -> Functions:
    """The names a shipped file of ours defines; tests alone run such files outside the sandbox."""
    names: dict[str, Any] = {}
    exec(compile(source, "<shipped>", "exec"), names)
    return names


def _draw(tensor: Tensor, sizes: Mapping[str, int], rng: np.random.Generator) -> Any:
    return values(tensor, Setting("test", 1.0, sizes), rng)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        yield from (value[key] for key in sorted(value))
    elif isinstance(value, tuple):
        yield from value
    else:
        yield value


def _defined(function: Function, source: str) -> inspect.Signature:
    """The signature of a function, or of a method without its self."""
    found: Any = _run(source)
    for name in function.definition.split("."):
        found = found[name] if isinstance(found, dict) else getattr(found, name)
    signature = inspect.signature(found)
    return signature.replace(parameters=[p for p in signature.parameters.values() if p.name != "self"])


def _asked(folder: AssignmentFolder, source: str, function: Function, arguments: list[Any]) -> Reply:
    """The reply of a file's function, called as the grader calls it, with its arguments as they are then."""
    with InProcessSandbox().open(upload(source), Limits()) as session:
        assert isinstance(session.loaded, Loaded)
        student = Student(session, bind(folder.assignment.functions, session.loaded.definitions))
        return student.call(function.name, [arguments], echo=True)[0]


def _answered(folder: AssignmentFolder, function: Function, arguments: list[Any]) -> dict[str, Any]:
    results = folder.answers[function.answer](*map(given, arguments))
    if isinstance(results, Mapping):
        return {tensor.name: results[tensor.name] for tensor in function.results}
    return dict(zip((tensor.name for tensor in function.results), _flat(results), strict=True))


def _settled(folder: AssignmentFolder, function: Function, drawn: list[Any]) -> list[Any]:
    """The arguments with those that answers.py makes of all that were drawn."""
    numbers = [given(array) for array in drawn]
    made = {name: np.asarray(folder.answers[form](*numbers)) for name, form in function.settled.items()}
    return [made.get(t.name, array) for t, array in zip(function.arguments, drawn, strict=True)]


@pytest.mark.parametrize("sizes", SIZES)
def test_the_solution_gives_the_answers(folder: AssignmentFolder, sizes: dict[str, int]) -> None:
    for function in folder.assignment.functions:
        if function.operation is Operation.TRAIN and function.recipe:
            continue  # it draws its batches from NumPy's global generator
        rng = np.random.default_rng(8)
        arguments = _settled(folder, function, [_draw(tensor, sizes, rng) for tensor in function.arguments])
        reply = _asked(folder, folder.solution, function, arguments)
        assert isinstance(reply, Returned), reply
        found, right = read(function, reply.value), _answered(folder, function, arguments)
        assert isinstance(found, Tensors)
        assert found.values.keys() == right.keys()
        for name, value in right.items():
            assert found.values[name].shape == np.shape(value), function.name
            np.testing.assert_allclose(found.values[name], value, rtol=1e-9, atol=1e-13, err_msg=function.name)


def test_the_results_of_the_answers_have_the_declared_shapes(folder: AssignmentFolder) -> None:
    rng = np.random.default_rng(8)
    for function in folder.assignment.functions:
        arguments = [_draw(tensor, SIZES[0], rng) for tensor in function.arguments]
        # train has its own number of hidden units: 64 where it is not told.
        sizes = {**SIZES[0], **({"H": 64} if function.name == "train" else {})}
        found = _answered(folder, function, arguments)
        for tensor, value in zip(function.results, found.values(), strict=True):
            assert np.shape(value) == shape_of(tensor, sizes), f"{function.name}: {tensor.name}"


def _of_the_starter(folder: AssignmentFolder) -> list[Function]:
    """What the starter has: all functions but those of optional parts, which count as tried where they are there."""
    return [function for function in folder.assignment.functions if function.name not in folder.assignment.optional]


def test_starter_and_solution_have_the_signatures_of_the_answers(folder: AssignmentFolder) -> None:
    for function in folder.assignment.functions:
        signature = _defined(function, folder.solution)
        if function in _of_the_starter(folder):
            assert signature == _defined(function, folder.starter)
        names = parameters(function)
        if names is None:
            continue  # a class: what its methods take is said by the recipe
        assert list(signature.parameters)[: len(names)] == names
        if not function.recipe:
            assert list(signature.parameters) == list(inspect.signature(folder.answers[function.answer]).parameters)


def test_the_handout_states_every_signature(folder: AssignmentFolder) -> None:
    for function in folder.assignment.functions:
        if function.bound_to and "." not in function.bound_to and function.bound_to[0].isupper():
            continue  # a chain of classes that are stated themselves
        stated = f"### {function.definition}{_defined(function, folder.solution)}"
        assert stated in folder.handout.splitlines()


def test_the_starter_is_unwritten_and_needs_only_numpy(folder: AssignmentFolder) -> None:
    imported = re.findall(r"^(?:import|from) (\S+)", folder.starter, re.MULTILINE)
    assert imported == ["numpy"]
    for function in _of_the_starter(folder):
        arguments = [_draw(tensor, SIZES[0], np.random.default_rng(8)) for tensor in function.arguments]
        reply = _asked(folder, folder.starter, function, arguments)
        assert isinstance(reply, Raised)
        assert reply.type_name == "NotImplementedError"


def test_each_mistake_differs_from_the_solution_in_one_function_and_says_which(folder: AssignmentFolder) -> None:
    for stem, source in folder.mistakes.items():
        (changed,) = changed_functions(source, folder.solution)
        module = ast.parse(source)
        said = ast.get_docstring(module) or ""
        assert "\n" not in said, stem
        assert changed in said, f"{stem} does not say that {changed} is wrong"
        assert definitions(source).keys() == definitions(folder.solution).keys()


def test_the_part_in_a_mistakes_name_checks_the_function_it_changes(folder: AssignmentFolder) -> None:
    checks = {part.name: {check.function for check in part.checks} for part in folder.assignment.parts}
    for stem, source in folder.mistakes.items():
        _, _, part = stem.partition(".")
        if part:
            assert _mistaken(folder, source).name in checks[part], stem


def test_each_mistake_is_wrong_somewhere(folder: AssignmentFolder) -> None:
    """Values, shapes, exceptions or a changed argument: something differs from the answers on one of the inputs.

    What a training records beside its parameters is no result, and these inputs are one mini-batch: nothing to shuffle.
    An array that a function returns for all its calls is right until the next one.
    """
    for stem, source in folder.mistakes.items():
        if stem.startswith(("HISTORY", "NO_SHUFFLE", "LAST_BATCH_DROPPED", "BATCHES_OVERLAP", "SHARED_RESULT")):
            continue
        assert any(
            _differs(folder, source, function, arguments)
            for function in _all_mistaken(folder, source)
            for arguments in _trials(folder.assignment, function)
        ), stem


def _mistaken(folder: AssignmentFolder, source: str) -> Function:
    """The function that a mistake spoils, or the class that the spoilt method belongs to."""
    found = _all_mistaken(folder, source)
    return next((f for f in found if not f.bound_to), found[-1])


def _all_mistaken(folder: AssignmentFolder, source: str) -> list[Function]:
    """Every function that is asked of the spoilt definition, but for the training made of it."""
    (name,) = changed_functions(source, folder.solution)
    found = [f for f in folder.assignment.functions if f.is_defined_by(name)]
    return [f for f in found if f.operation is not Operation.TRAIN or not f.recipe] or found


def _trials(assignment: Assignment, function: Function) -> Iterator[list[Any]]:
    for sizes in SIZES:
        rng = np.random.default_rng(8)
        yield [_draw(tensor, sizes, rng) for tensor in function.arguments]
    for check in (check for part in assignment.parts for check in part.checks if check.function == function.name):
        if isinstance(check, Property):
            rng = np.random.default_rng(8)
            yield from (list(probe.arguments.values()) for probe in LAWS[check.law].probes(function, rng))
        for case in getattr(check, "cases", ()):
            probes = SPECIAL[case](function, np.random.default_rng(8)) if case in SPECIAL else ()
            probes = probes or (CASES[case](function, np.random.default_rng(8)),)
            yield from (list(probe.arguments.values()) for probe in probes)


def _differs(folder: AssignmentFolder, source: str, function: Function, arguments: list[Any]) -> bool:
    reply = _asked(folder, source, function, arguments)
    found = read(function, reply.value) if isinstance(reply, Returned) else None
    if not isinstance(reply, Returned) or not isinstance(found, Tensors):
        return True
    if any(
        before.ndim and not np.array_equal(before, cast(Any, after))
        for before, after in zip(arguments, reply.arguments, strict=True)
    ):
        return True
    with np.errstate(all="ignore"):
        right = _answered(folder, function, arguments)
    return not all(
        found.values[name].shape == np.shape(value) and np.allclose(found.values[name], value, rtol=1e-9, atol=1e-13)
        for name, value in right.items()
    )


def test_the_handout_states_points_and_threshold(folder: AssignmentFolder) -> None:
    for part in folder.assignment.parts:
        row = rf"^\| {re.escape(part.name)} \|.*\| {part.points:g} \|$"
        assert re.search(row, folder.handout, re.MULTILINE), part.name
    assert f"| **{folder.assignment.points:g}** |" in folder.handout
    for check in (c for part in folder.assignment.parts for c in part.checks if isinstance(c, Training | Descent)):
        assert f"**{check.threshold:g}**" in folder.handout
        assert f"above {check.correct_passes:g}" in folder.handout


def test_the_handout_states_the_limits(folder: AssignmentFolder) -> None:
    limits, handout = folder.assignment.limits, folder.handout.replace("\n", " ")
    checks = [check for part in folder.assignment.parts for check in part.checks]

    assert f"A call may take {limits.call_seconds:g} seconds" in handout
    assert f"together {limits.grading_seconds / 60:g} minutes" in handout
    assert f"use {limits.memory_mib >> 10} GiB of memory and print {limits.output_bytes >> 20} MiB" in handout
    assert limits.cpu_seconds >= limits.grading_seconds  # of which nothing is said
    for check in checks:
        if isinstance(check, Training | Descent):
            assert re.search(rf"(a training|the whole training|steps together) {check.wall_seconds:g}\b", handout)


def test_training_starts_from_the_seed_and_takes_exactly_the_epochs_asked() -> None:
    solution = _run(Catalog.builtin().get("ece421-numpy-nn").solution)
    rng = np.random.default_rng(8)
    x, t = rng.normal(size=(9, 4)), one_hot(rng.integers(0, 3, 9), 3)
    hp = {"hidden": 5, "lr": 0.3, "gamma": 0.5, "seed": 6}
    first, second, third = (solution["train"](x, t, x, t, epochs=epochs, **hp) for epochs in (0, 1, 2))
    step = solution["backward_prop"](x, t, *first.values())
    velocity = [0.3 * gradient for gradient in step]
    for before, after, v in zip(first.values(), second.values(), velocity, strict=True):
        np.testing.assert_allclose(after, before - v, rtol=1e-12)
    step = solution["backward_prop"](x, t, *second.values())
    for before, after, v, gradient in zip(second.values(), third.values(), velocity, step, strict=True):
        np.testing.assert_allclose(after, before - (0.5 * v + 0.3 * gradient), rtol=1e-12)
    assert not np.array_equal(first["w_h"], solution["train"](x, t, x, t, epochs=0, hidden=5, seed=7)["w_h"])


def test_log_zero_and_certain_misses_in_the_answers() -> None:
    answers = Catalog.builtin().get("ece421-numpy-nn").answers
    t = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert answers["average_ce"](t, t) == 0.0
    assert answers["average_ce"](t, t[::-1]) == np.inf
    p = np.array([[0.5, 0.5], [0.25, 0.75]])
    assert answers["total_ce"](t, p) == pytest.approx(2 * answers["average_ce"](t, p), rel=1e-15)
    np.testing.assert_allclose(answers["grad_ce_probability_total"](t, p), [[-2.0, 0.0], [0.0, -4 / 3]])
    np.testing.assert_allclose(answers["grad_ce_probability_mean"](t, p), [[-1.0, 0.0], [0.0, -2 / 3]])
