"""Does a training learn by its steps? At a rate of nearly 0 none of them leads anywhere, and it must not learn.

Weights that are solved for instead (a least-squares fit of the last layer, features of random units) are there whatever
the rate is, and without a single derivative.
"""

from grader.checks.steps.training_set import TrainingSet
from grader.checks.subject import Subject
from grader.checks.trained import Trained, parameters, train
from grader.report import Diagnosis
from grader.sandbox import Returned
from grader.standing import Judge
from reference.spec import AT_REST, Function, Training


def at_rest(spec: Training, subject: Subject, function: Function, judge: Judge, one: TrainingSet) -> Diagnosis | None:
    """That a training of one epoch at a rate of nearly 0 reaches the threshold, or None; asked of one that has passed.

    One epoch, and where the size is passed one batch of everything: a loop whose rate is its own, for which its steps
    have lost points already, makes a single step of it and does not get there.
    """
    passed = not function.recipe or any(action.further for action in function.recipe)
    if not spec.at_rest and not (passed and "lr" in spec.hyperparameters):
        return None
    everything = {"lr": AT_REST, "batch_size": len(one.split.train.labels)}
    more = {name: everything.get(name, value) for name, value in spec.hyperparameters.items()}
    (reply,) = train(subject, spec.function, one.data, more, (1,), spec.wall_seconds, one.seed, spec.at_rest)
    reached = parameters(function, reply, one.sizes) if isinstance(reply, Returned) else None
    if not isinstance(reached, Trained):  # it has passed a whole training, so this says nothing
        return None
    accuracy = judge.accuracy(reached.parameters, one.split.test)
    if accuracy < spec.threshold:
        return None
    return Diagnosis("LEARNS_AT_REST", {"accuracy": accuracy, "lr": AT_REST, "subject": spec.function})
