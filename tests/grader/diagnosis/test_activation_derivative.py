"""A wrong derivative of an activation is told by its formula and by what that is taken of, where both are known."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload
from tests.grader.diagnosis.changed_solution import diagnosis

MLP = 'slope = {"relu": z > 0, "sigmoid": a * (1 - a), "tanh": 1 - a**2}[act]'
LAYER = "return delta * self.output * (1 - self.output)"
IN_LAYER = "return delta * -np.log(1 / self.output - 1) * (1 + np.log(1 / self.output - 1))"
START = "The derivative of the activation is wrong in "
SIGMOID, TANH = " where a * (1 - a) of the output a is right.", " where 1 - a**2 of the output a is right."


@pytest.mark.parametrize(
    ("slug", "part", "before", "after", "said"),
    [
        ("ece544-mlp", "gradients", "a * (1 - a)", "z * (1 - z)", f"yours is z * (1 - z) of the input z{SIGMOID}"),
        (
            "ece544-mlp",
            "gradients",
            "a * (1 - a)",
            "np.exp(-a) / (1 + np.exp(-a)) ** 2",
            f"yours is the derivative at the output a{SIGMOID}",
        ),
        ("ece544-mlp", "gradients", "1 - a**2", "1 - z**2", f"yours is 1 - z**2 of the input z{TANH}"),
        (
            "hw2-layers-mlp",
            "sigmoid_layer",
            LAYER,
            IN_LAYER,
            "yours is X * (1 - X) of the layer's input X where z * (1 - z) of its output z is right.",
        ),
        (
            "hw2-layers-mlp",
            "sigmoid_layer",
            LAYER,
            "return delta * self.output**0.3",
            "your factor for it is another function of what goes into the activation.",
        ),
    ],
)
def test_in_words_of_the_formula(slug: str, part: str, before: str, after: str, said: str) -> None:
    folder = Catalog.builtin().get(slug)
    line = MLP if slug == "ece544-mlp" else LAYER
    assert folder.solution.count(line) == 1
    source = folder.solution.replace(line, line.replace(before, after))
    asked = tuple(each for each in folder.assignment.parts if each.name == part)
    folder = replace(folder, assignment=replace(folder.assignment, parts=asked))

    (graded,) = grade(folder, upload(source), InProcessSandbox(), "public:1").parts
    told = [sentence(check) for check in graded.checks if check.diagnosis]

    assert told
    assert {text.removeprefix(START).partition(": ")[2] for text in told} == {said}
    assert all(text.startswith(START) for text in told)


STEP_BACK = 'delta = (delta @ params[f"W{i}"].T) * slope'


@pytest.mark.parametrize("kind", ["relu", "sigmoid", "tanh"])
@pytest.mark.parametrize(("where", "wrong"), [("2", "first"), ("len(inputs)", "last")])
def test_left_out_at_one_of_two_layers(kind: str, where: str, wrong: str) -> None:
    changed = STEP_BACK.replace("slope", f"(slope if i != {where} else 1)")
    told = diagnosis("ece544-mlp", "gradient", f"backward_{kind}_2", STEP_BACK, changed)

    assert told is not None
    assert told.code == "ACT_DERIV_MISSING"
    assert told.evidence["wrong"] == (["d_W1", "d_b1"] if wrong == "first" else ["d_W1", "d_b1", "d_W2", "d_b2"])


def test_a_constant_factor_is_no_derivative_of_another_function() -> None:
    """What else is wrong is not known; at the activation one number was multiplied in."""
    changed = 'delta = delta @ params[f"W{i}"].T * 1.37'
    told = diagnosis("ece544-mlp", "gradient", "backward_tanh_2", STEP_BACK, changed)

    assert told is not None
    assert told.code == "ACT_DERIV_MISSING"
