"""What a function is built on; of a training, the gradient it steps by and all that this is made of."""

from collections.abc import Collection, Iterator

from reference.spec import Assignment, Draw, DrawnBatches, Forward, Function, Given, Gradient, Step, UpdateRule


def foundations(assignment: Assignment, training: Function) -> tuple[str, ...]:
    """The student's functions that the steps of a loop go by, the nearest first; empty where it is one function.

    What gives a number alone, such as a loss, moves no weight and is none of them.
    """
    found: list[str] = []
    left = [_of_kind(assignment, name, training) for name in _gradients(assignment, training)]
    while left:
        name = left.pop(0)
        if name not in found:
            found.append(name)
            left += [step for step in _steps(assignment, name) if has_arrays(assignment.function(step))]
    return tuple(found)


def built_on(assignment: Assignment, names: Collection[str]) -> frozenset[str]:
    """Functions, and those whose values make them right."""
    return frozenset(names).union(*(_steps(assignment, name) for name in names))


def has_arrays(function: Function) -> bool:
    """Whether a result is more than a number."""
    return any(tensor.axes for tensor in function.results)


def _gradients(assignment: Assignment, training: Function) -> Iterator[str]:
    """The gradients that the checks of this loop's steps name; the loop may be several functions."""
    for part in assignment.parts:
        for spec in part.checks:
            if not isinstance(spec, UpdateRule | DrawnBatches):
                continue
            if assignment.function(spec.function).definition == training.definition:
                yield spec.gradient


def _of_kind(assignment: Assignment, name: str, training: Function) -> str:
    """The function of that definition which is asked for the activation and the depth of this training."""
    named, kind = assignment.function(name), (_choices(training), len(training.results))
    alike = (
        other
        for other in assignment.functions
        if (other.definition, other.operation) == (named.definition, named.operation)
    )
    return next((f.name for f in alike if (_choices(f), sum(bool(t.axes) for t in f.results)) == kind), name)


def _choices(function: Function) -> frozenset[str]:
    return frozenset(tensor.of for tensor in function.arguments if tensor.draw is Draw.CHOICE)


def _steps(assignment: Assignment, name: str) -> Iterator[str]:
    """The functions whose values make another one right, as the checks of that one say."""
    for part in assignment.parts:
        for spec in part.checks:
            if spec.function == name and isinstance(spec, Forward | Gradient):
                ways = (*spec.given, Given(spec.loss)) if isinstance(spec, Gradient) else spec.given
                yield from (step.function for way in ways for step in way.steps if isinstance(step, Step))
