"""The student's training loop, asked for a few epochs on a small set, always from the same first parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.checks.steps.observed_steps import SIZES
from grader.checks.steps.slopes import Data
from grader.checks.subject import Subject
from grader.checks.trained import Trained, arguments, parameters, train
from grader.diagnosis.optimizer import flat
from grader.results import FloatArray
from grader.sandbox import Reply, Returned
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import Function, UpdateRule


@dataclass(frozen=True, slots=True)
class Loop:
    """first: what the function takes after the data, by name. rows: what it trains on."""

    spec: UpdateRule
    subject: Subject
    first: Parameters
    rows: Dataset

    @property
    def function(self) -> Function:
        """The training function."""
        return self.subject.assignment.function(self.spec.function)

    @property
    def names(self) -> list[str]:
        """The trained parameters, in order."""
        return [tensor.name for tensor in self.function.results]

    @property
    def sizes(self) -> Mapping[str, int]:
        """Axes by their letters."""
        return sizes(self.spec)

    @property
    def start(self) -> Trained | None:
        """The first parameters where the function is given them; None where it draws its own."""
        given = set(self.names) <= set(self.first)
        return Trained({name: self.first[name] for name in self.names}, False, 0.0) if given else None

    def taken(self, dataset: Dataset) -> Data:
        """Inputs, and labels or targets as the function takes them."""
        x, t = arguments(self.function, dataset, dataset, self.first)[:2]
        return x, t

    @property
    def data(self) -> Data:
        """What it trains on, as it takes it."""
        return self.taken(self.rows)

    def replies(self, valid: Dataset, epochs: Sequence[int]) -> list[Reply]:
        """One reply for each number of epochs; the last is the first that did not return."""
        passed = {name: value for name, value in self.spec.hyperparameters.items() if name not in self.spec.unpassed}
        data = arguments(self.function, self.rows, valid, self.first)
        return train(self.subject, self.spec.function, data, passed, epochs, None)

    def after(self, valid: Dataset, epochs: int) -> Trained | None:
        """The parameters after some epochs; None where they cannot be read."""
        (reply,) = self.replies(valid, (epochs,))
        state = parameters(self.function, reply, self.sizes) if isinstance(reply, Returned) else None
        return state if isinstance(state, Trained) else None

    def flat(self, state: Trained) -> FloatArray:
        """All parameters of a state as one vector."""
        return flat(state.parameters, self.names)


def sizes(spec: UpdateRule) -> Mapping[str, int]:
    """Axes of what the loop is asked with, by their letters."""
    return {**SIZES, "H": int(spec.hyperparameters["hidden"])}
