"""What an Assignment must satisfy in itself, before anything beside it is read."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from reference.data import DRAWN
from reference.spec import (
    Assignment,
    Cases,
    Check,
    Computed,
    Descent,
    Draw,
    DrawnBatches,
    Experiment,
    Forward,
    Function,
    Given,
    Gradient,
    History,
    Limits,
    Part,
    Property,
    Stability,
    Step,
    Training,
    UpdateRule,
)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
AXES = frozenset({"N", "D", "H", "G", "C", "L", "W", "V", "1", "3"})


def spec_reasons(assignment: Assignment, folder_name: str) -> list[str]:
    """Every contradiction in `assignment`, one sentence each; empty if there is none."""
    reasons = []
    if assignment.slug != folder_name:
        reasons.append(f"its slug is {assignment.slug!r} but its folder is {folder_name!r}")
    if not SLUG.fullmatch(assignment.slug):
        reasons.append(f"the slug {assignment.slug!r} is not lower-case words joined by hyphens")
    if not assignment.title.strip() or not assignment.summary.strip():
        reasons.append("the title or the summary is empty")
    if not assignment.parts:
        reasons.append("there is no part")
    names = {function.name for function in assignment.functions}
    if assignment.layout_function not in {None, *names}:
        reasons.append(f"layout_function names {assignment.layout_function!r}, which is no function")
    reasons += _spellings(assignment)
    for function in assignment.functions:
        reasons += _function(function)
    reasons += [f"{count} parts are called {name!r}" for name, count in _repeated(p.name for p in assignment.parts)]
    for part in assignment.parts:
        reasons += _part(part, assignment)
    reasons += _limits(assignment.limits)
    for experiment in assignment.experiments:
        reasons += [f"experiment {experiment.name!r}: {reason}" for reason in _experiment(experiment, names)]
    checked = {variant.when for function in assignment.functions for variant in function.variants}
    checked |= {check.function for part in assignment.parts for check in part.checks}
    checked |= {c.whole for part in assignment.parts for c in part.checks if isinstance(c, DrawnBatches)}
    steps = {
        step.function
        for part in assignment.parts
        for c in part.checks
        if isinstance(c, Gradient)
        for step in c.loss
        if isinstance(step, Step)
    }
    reasons += [f"{name} is asked for but no check calls it" for name in sorted(names - checked - steps)]
    return reasons


def _limits(limits: Limits) -> Iterator[str]:
    for each in fields(limits):
        value = getattr(limits, each.name)
        # Written so that NaN fails.
        if not (value >= 0 if each.name == "changes" else value > 0):
            yield f"limits: {each.name} is {value}, {'less than 0' if each.name == 'changes' else 'not more than 0'}"


def _spellings(assignment: Assignment) -> Iterator[str]:
    spellings = [
        spelling.lower() for f in assignment.functions for spelling in (f.name, *(alias.name for alias in f.aliases))
    ]
    for spelling, count in _repeated(spellings):
        yield f"{count} names and aliases read {spelling!r} without regard to case"


def _function(function: Function) -> Iterator[str]:
    tensors = (*function.arguments, *function.results)
    for tensor in tensors:
        for axis in tensor.axes:
            if axis not in AXES:
                yield f"{function.name}: {tensor.name} has an axis {axis!r}, not one of {', '.join(sorted(AXES))}"
        if tensor.draw is not Draw.CHOICE and (tensor.draw is Draw.SIZE) != (tensor.of in AXES):
            yield f"{function.name}: {tensor.name} is the length of {tensor.of!r}, which is no axis"
    for kind, group in (("arguments", function.arguments), ("results", function.results)):
        if not group:
            yield f"{function.name} has no {kind}"
        for name, count in _repeated(tensor.name for tensor in group):
            yield f"{function.name}: {count} {kind} are called {name!r}"


def _part(part: Part, assignment: Assignment) -> Iterator[str]:
    names = {function.name for function in assignment.functions}
    if not part.checks:
        yield f"part {part.name!r} has no check"
    for check in part.checks:
        where = f"part {part.name!r}, {type(check).__name__} of {check.function}"
        # Written so that NaN fails.
        if not check.points > 0:
            yield f"{where}: {check.points} points are not more than 0"
        if check.function not in names:
            yield f"{where}: there is no function {check.function!r}"
        else:
            for reason in _check(check, assignment):
                yield f"{where}: {reason}"


def _check(check: Check, assignment: Assignment) -> Iterator[str]:
    function = assignment.function(check.function)
    if isinstance(check, Forward | Gradient):
        for given in check.given:
            yield from _given(given, function, assignment)
    if isinstance(check, Forward | Property):
        unknown = set(check.results) - {tensor.name for tensor in function.results}
        yield from (f"it asks for the result {name!r}, which there is not" for name in sorted(unknown))
    if isinstance(check, Gradient):
        yield from _gradient(check, assignment)
    elif isinstance(check, Descent):
        yield from _dataset(check)
        asked = {"lr", "momentum", "batch_size", "epochs", *(tensor.name for tensor in function.arguments[3:])}
        if check.hyperparameters.keys() != asked:
            yield f"the hyperparameters are {', '.join(check.hyperparameters)}, not {', '.join(sorted(asked))}"
        if check.gradient not in {tensor.name for tensor in function.results}:
            yield f"its gradient is {check.gradient!r}, which is no result"
    elif isinstance(check, Stability | Cases) and not check.cases:
        yield "it has no case"
    elif isinstance(check, Training):
        yield from _training(check)
    elif isinstance(check, History) and not (check.keys and check.attributes and "epochs" in check.hyperparameters):
        yield "it lacks keys, attributes or epochs"
    elif isinstance(check, UpdateRule):
        if not {"lr", "gamma"} <= check.hyperparameters.keys():
            yield "the hyperparameters lack lr or gamma"
        yield from _by_parameters(check.gradient, function, assignment)
    elif isinstance(check, DrawnBatches):
        yield from _by_parameters(check.gradient, function, assignment)
        if check.whole not in {function.name for function in assignment.functions}:
            yield f"its whole batch is of {check.whole!r}, which is no function"
        if not {Draw.LABELS, Draw.RATE} <= {tensor.draw for tensor in function.arguments}:
            yield "its function takes no labels or no rate"


def _by_parameters(gradient: str, function: Function, assignment: Assignment) -> Iterator[str]:
    """What is wrong with a gradient by the parameters that a training gives."""
    gradients = [f.results for f in assignment.functions if f.name == gradient]
    if not gradients:
        yield f"its gradient is {gradient!r}, which is no function"
    elif (arrays := sum(tensor.axes != () for tensor in gradients[0])) != len(function.results):
        yield f"{gradient} gives {arrays} results for {len(function.results)} parameters"


def _gradient(check: Gradient, assignment: Assignment) -> Iterator[str]:
    function = assignment.function(check.function)
    results = {tensor.name for tensor in function.results}
    arguments = {tensor.name for tensor in (*function.arguments, *check.drawn)}
    for what, keys in (("tensor_points", check.tensor_points.keys()), ("wrt", check.wrt.keys())):
        if not keys or not keys <= results:
            yield f"{what} has {', '.join(sorted(keys))} where the results are {', '.join(sorted(results))}"
    if check.wrt.keys() != check.tensor_points.keys():
        yield f"wrt has {', '.join(sorted(check.wrt))} where points are for {', '.join(sorted(check.tensor_points))}"
    for name, points in check.tensor_points.items():
        if not points > 0:
            yield f"{name} is worth {points} points, not more than 0"
    for name, argument in check.wrt.items():
        if argument not in arguments:
            yield f"{name} is the derivative by {argument!r}, which is no argument"
    if not check.loss:
        yield "no step leads to a loss"
    if not 0 <= check.own_share < 1:
        yield f"own_share is {check.own_share}, not at least 0 and below 1"
    yield from _steps(check.loss, arguments, assignment)
    if check.upstream is not None or check.kinks is not None:
        asked = ({check.upstream} if check.upstream else set()) | set(check.kinks.arguments if check.kinks else ())
        yield from (f"it needs {name!r}, which is no argument" for name in sorted(asked - arguments))
    axes = _objective(check, assignment)
    if check.loss and axes is None:
        yield f"no step makes the objective {check.objective!r}"
    elif axes and check.upstream is None:
        yield f"the last step's last result has axes {axes}, and a loss is a number"


def _objective(check: Gradient, assignment: Assignment) -> tuple[str, ...] | None:
    """The axes of what the gradient is the derivative of; None where no step makes it."""
    functions = {f.name: f for f in assignment.functions}
    computed: dict[str, tuple[str, ...]] = {
        name: () for step in check.loss if isinstance(step, Computed) for name in step.results
    }
    made = computed | {
        name: tensor.axes
        for step in check.loss
        if isinstance(step, Step) and step.function in functions
        for name, tensor in zip(step.results, functions[step.function].results, strict=False)
    }
    name = check.objective or (check.loss[-1].results[-1] if check.loss else "")
    return made.get(name)


def _steps(steps: tuple[Step | Computed, ...], arguments: set[str], assignment: Assignment) -> Iterator[str]:
    functions = {f.name: f for f in assignment.functions}
    known = set(arguments)
    for step in steps:
        unknown = [name for name in step.arguments if name not in known]
        known |= set(step.results)
        if isinstance(step, Computed):
            yield from (f"the step {step.form} takes {name!r}, known by nobody" for name in unknown)
            continue
        asked = functions.get(step.function)
        if asked is None:
            yield f"a step calls {step.function!r}, which is no function"
        elif (len(step.arguments), len(step.results)) != (len(asked.arguments), len(asked.results)):
            yield (
                f"a step gives {step.function} {len(step.arguments)} arguments for {len(step.results)} results, not "
                f"{len(asked.arguments)} for {len(asked.results)}"
            )
        yield from (f"the step {step.function} takes {name!r}, known by nobody" for name in unknown)


def _given(given: Given, function: Function, assignment: Assignment) -> Iterator[str]:
    yield from _steps(given.steps, {tensor.name for tensor in function.arguments}, assignment)
    made = {name for step in given.steps for name in step.results}
    if given.form is None:
        missing = [tensor.name for tensor in function.results if tensor.name not in made]
        yield from (f"the given steps do not make the result {name!r}" for name in missing)
    else:
        known = made | {tensor.name for tensor in function.arguments}
        unknown = [name for name in given.arguments if name not in known]
        yield from (f"the given form {given.form} takes {name!r}, known by nobody" for name in unknown)


def _dataset(check: Training | Descent) -> Iterator[str]:
    if check.dataset not in DRAWN:
        yield f"the dataset {check.dataset!r} is not one of {', '.join(sorted(DRAWN))}"
    for name, value in (("threshold", check.threshold), ("correct_passes", check.correct_passes)):
        if not 0 < value <= 1:
            yield f"{name} is {value}, not above 0 and at most 1"
    if not check.calibration_runs > 0:
        yield f"calibration_runs is {check.calibration_runs}, not more than 0"
    if not check.wall_seconds > 0:
        yield f"wall_seconds is {check.wall_seconds}, not more than 0"


def _training(check: Training) -> Iterator[str]:
    yield from _dataset(check)
    if check.runs < 1 or check.runs % 2 == 0:
        yield f"runs is {check.runs}, not an odd number"
    if any(epoch < 1 for epoch in check.curve_epochs) or list(check.curve_epochs) != sorted(set(check.curve_epochs)):
        yield f"curve_epochs {check.curve_epochs} do not rise from 1"


def _experiment(experiment: Experiment, functions: set[str]) -> Iterator[str]:
    if not SLUG.fullmatch(experiment.name):
        yield "its name is not lower-case words joined by hyphens"
    if not experiment.runs or "epochs" not in experiment.hyperparameters or not experiment.wall_seconds > 0:
        yield "it lacks runs, epochs or seconds"
    for run in experiment.runs:
        if run.function not in functions:
            yield f"a run calls {run.function!r}, which is no function"
    for cell, count in Counter((run.row, run.column) for run in experiment.runs).items():
        if count > 1:
            yield f"{count} runs are in row {cell[0]!r}, column {cell[1]!r}"


def _repeated(names: "Iterator[str] | list[str]") -> list[tuple[str, int]]:
    return [(name, count) for name, count in Counter(names).items() if count > 1]
