"""A call that raised or was stopped, with the cause where the lines or the parameters tell it."""

from collections.abc import Sequence
from dataclasses import replace

from grader.checks.calls.without_self import begins_with_object, without_self
from grader.checks.subject import Subject, ended
from grader.recipe import parameters, takes_further
from grader.report import CheckResult, Diagnosis, Evidence
from grader.sandbox import Loaded, Raised, Reply
from grader.sandbox.inside.wire import Definition
from reference.spec import Check, Function, History, Training, UpdateRule


def unanswered(kind: str, spec: Check, subject: Subject, reply: Reply) -> CheckResult:
    """The result of a check whose call gave no value: a wrong number of parameters, a raise in another function."""
    binding = subject.student.bindings[spec.function]
    result = ended(kind, spec, reply, binding.lines)
    if not isinstance(reply, Raised) or result.diagnosis is None:
        return result
    lacking = _lacking(subject, binding.function, reply)
    if lacking is not None:
        return replace(result, diagnosis=Diagnosis("MISSING", {"name": lacking, "nearest": None}))
    loaded = subject.student.session.loaded
    selfless = without_self(reply, loaded.definitions) if isinstance(loaded, Loaded) else None
    if selfless is not None:
        return replace(result, diagnosis=Diagnosis("ARITY", selfless))
    taken = parameters(binding.function)
    names = taken or []
    if isinstance(spec, (UpdateRule, Training, History)) and takes_further(binding.function):
        unpassed = spec.unpassed if isinstance(spec, UpdateRule) else frozenset()
        further = dict.fromkeys((*spec.hyperparameters, "epochs"))
        names = [*names, *(name for name in further if name not in unpassed)]
        names += [] if binding.function.recipe else ["seed"]
    definition = _bound(binding.definition) if binding.function.recipe else binding.definition
    if taken is not None and reply.type_name == "TypeError" and not _fits(definition, len(names)):
        evidence: dict[str, Evidence] = {"parameters": list(definition.parameters), "asked": list(names)}
        return replace(result, diagnosis=Diagnosis("ARITY", evidence), lines=binding.lines)
    other = raised_in(subject, spec.function, reply)
    if other in subject.proven:  # it is right: what it was called with is wrong
        return result
    if result.diagnosis.code != "RAISED":
        return result
    if other is not None:
        about: dict[str, Evidence] = {"other": other, "other_called": subject.called(other)}
        return replace(result, diagnosis=Diagnosis("RAISED_IN", {**result.diagnosis.evidence, **about}))
    # A method's parameters are called as in the handout or in some other way: only the same ones tell another order.
    own = set(map(_plain, definition.parameters)) == set(map(_plain, names))
    plainly = taken is not None and not binding.order and (own or not binding.function.recipe)
    if plainly and _is_other_signature(definition.parameters, names, len(taken or ()), reply):
        order: dict[str, Evidence] = {"parameters": list(definition.parameters), "asked": list(names)}
        return replace(result, diagnosis=Diagnosis("ARITY", order))
    return result


def _is_other_signature(parameters: Sequence[str], asked: Sequence[str], data: int, reply: Raised) -> bool:
    """Whether what raised was given its arguments in another order than its own parameters say.

    A parameter that is called as one that is asked for elsewhere says so; and so does a TypeError where numbers went by
    position to parameters none of which is called like them. data: how many of `asked` are no hyperparameters.
    """
    if set(asked[data:]) <= set(parameters):  # these went by their names
        asked = asked[:data]
    own, right = [_plain(name) for name in parameters], [_plain(name) for name in asked]
    if any(name in right and right.index(name) != place for place, name in enumerate(own)):
        return True
    numbers = right[data:]
    return bool(numbers) and reply.type_name == "TypeError" and not set(numbers) & set(own)


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _lacking(subject: Subject, function: Function, reply: Raised) -> str | None:
    """The class of the assignment that the recipe makes and the file lacks, where that is why it raised."""
    if reply.type_name != "NameError" or reply.trace:
        return None
    made = {action.target for action in function.recipe if action.do == "make"}
    there = {binding.function.definition for binding in subject.student.bindings.values()}
    asked = {other.definition for other in subject.assignment.functions}
    return next(iter(sorted(made & asked - there)), None)


def raised_in(subject: Subject, name: str, reply: Reply) -> str | None:
    """The graded function other than `name` whose lines hold the line that raised; None if there is none.

    Several functions of an assignment may be one definition of the student's: that is no other.
    """
    if not isinstance(reply, Raised):
        return None
    own = subject.student.bindings[name].definition.name
    others = (binding for binding in subject.student.bindings.values() if binding.definition.name != own)
    return next((b.function.name for b in others if b.lines and b.lines[0] <= reply.line <= b.lines[1]), None)


def _bound(found: Definition) -> Definition:
    """A method without its self."""
    if not begins_with_object(found):
        return found
    return replace(found, parameters=found.parameters[1:], required=max(0, found.required - 1))


def _fits(found: Definition, asked: int) -> bool:
    """Whether the parameters take as many arguments as are asked for; starred ones take any number."""
    if not found.parameters:  # they cannot be read, or there are none: the TypeError itself says it better
        return True
    starred = any(name.startswith("*") for name in found.parameters)
    return found.required <= asked and (starred or asked <= max(len(found.parameters), found.required))
