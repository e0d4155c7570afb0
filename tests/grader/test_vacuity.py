"""An assignment in which zeros or constants earn points for values is refused, with the check and the points."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.vacuity import vacuous
from reference.catalog import SHIPPED, AssignmentFolder, Catalog
from reference.errors import AssignmentInvalid
from reference.spec import Forward, Gradient, Part, Stability

CATALOG = Catalog.builtin()
DERIVATIVES = CATALOG.get("ece544-derivatives")


def _answering(**answers: Callable[..., Any]) -> AssignmentFolder:
    return replace(DERIVATIVES, answers={**DERIVATIVES.answers, **answers})


@pytest.mark.parametrize("slug", CATALOG.slugs())
def test_no_shipped_assignment_gives_points_for_constants(slug: str) -> None:
    assert vacuous(CATALOG.get(slug)) == ()


@pytest.mark.parametrize(
    ("answers", "reasons"),
    [
        (
            {"nll_grad": lambda yhat, y: np.zeros(yhat.shape)},
            ("part 'likelihood', Gradient of nll_grad: zeros earn 6 points",),
        ),
        ({"nll": lambda yhat, y: 1.0}, ("part 'likelihood', Forward of nll: ones earn 5 points",)),
        (
            {"conv1d_backward": lambda dy, x, w: (np.zeros(len(x)), np.full(3, 0.5))},
            (
                "part 'conv', Gradient of conv1d_backward: zeros earn 6 points",
                "part 'conv', Gradient of conv1d_backward: constants earn 5 points",
            ),
        ),
    ],
)
def test_right_answers_that_are_constant_are_named(
    answers: dict[str, Callable[..., Any]], reasons: tuple[str, ...]
) -> None:
    assert vacuous(_answering(**answers)) == reasons


def test_a_gradient_of_the_regularisation_alone_is_named() -> None:
    """A right loss that has no data in it is right given no data, and so is its gradient."""
    folder = CATALOG.get("hw2-softmax")

    def deaf(W: NDArray[Any], _input: Any, _label: Any, _lamda: Any) -> tuple[Any, Any, Any]:
        return np.sum(W**2) / 2, W, np.arange(len(_input)) % W.shape[1]

    found = vacuous(replace(folder, answers={**folder.answers, "softmax_classifier": deaf}))

    assert [reason for reason in found if "without the data" in reason and "Gradient" in reason] == [
        "part 'gradient', Gradient of softmax_classifier: answers without the data earn 40 points"
    ]


def test_every_kind_of_value_check_is_tried() -> None:
    """A softmax's rows of equal logits: a stability case alone that a constant passes."""
    folder = CATALOG.get("ece421-numpy-nn")
    checks = (Forward("relu", 1), Stability("softmax", 1, ("huge_logits",)))
    gradient = next(c for p in folder.assignment.parts for c in p.checks if isinstance(c, Gradient))
    assignment = replace(folder.assignment, parts=(Part("all", (*checks, gradient)),))
    zeros = dict.fromkeys(("relu", "softmax", "grad_ce"), lambda *a: np.zeros_like(a[-1]))
    found = vacuous(replace(folder, assignment=assignment, answers={**folder.answers, **zeros}))

    assert [reason.split(":")[0] for reason in found] == [
        "part 'all', Forward of relu",
        "part 'all', Stability of softmax",
        "part 'all', Gradient of grad_ce",
    ]


def test_a_folder_outside_is_refused_with_the_reasons(tmp_path: Path) -> None:
    for name in ("assignment.py", "handout.md", "starter.py", "solution.py", "answers.py"):
        text = (SHIPPED / "ece544-derivatives" / name).read_text()
        target = tmp_path / "own" / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.replace('slug="ece544-derivatives"', 'slug="own"'))
    mistakes = tmp_path / "own" / "mistakes"
    mistakes.mkdir()
    for source in (SHIPPED / "ece544-derivatives" / "mistakes").glob("*.py"):
        (mistakes / source.name).write_text(source.read_text())
    catalog = Catalog.builtin(tmp_path, rules=(vacuous,))
    assert catalog.get("own").assignment.points == 100

    answers = tmp_path / "own" / "answers.py"
    answers.write_text(answers.read_text().replace("return total_likelihood(yhat, y)", "return 0.0"))
    with pytest.raises(AssignmentInvalid) as caught:
        catalog.get("own")
    assert caught.value.reasons == ("part 'likelihood', Forward of nll: zeros earn 5 points",)
