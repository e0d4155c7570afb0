"""A name that is asked for and not there: where it stands out of reach is told, on the result and before handing in."""

import pytest

from grader.absence import absence
from grader.grade import grade
from grader.messages import sentence
from grader.precheck import precheck
from grader.report import Verdict
from grader.sandbox.inside.outline_answer import answer
from grader.sandbox.inside.wire import OutOfReach
from grader.sandbox.outline import read_answer
from grader.sandbox.unsafe import UnsafeSandbox
from reference.catalog import Catalog
from tests.fakes.in_process import upload

CELLS = "# cell 1\nimport numpy as np\n\n# cell 2\ndef relu(x):\n    return np.maximum(x, 0\n"
UNPARSED = (
    "relu begins on line 5, in cell 2, which is not run because it does not parse (line 6: '(' was never closed)."
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f(x):\n    return x\n\n    def relu(x):\n        return x\n", "relu stands inside f (line 4),"),
        ("class C:\n    def f(x):\n        def relu(x): return x\n", "relu stands inside C.f (line 3),"),
        ("def f(x):\n    if x:\n        def relu(x): return x\n", "relu stands inside f (line 3),"),
        ("for _ in range(3):\n    def relu(x):\n        return x\n", "relu stands inside for loop (line 2),"),
        (
            "try:\n    print()\nexcept ValueError:\n    def relu(x): return x\n",
            "relu stands inside try block (line 4),",
        ),
        (CELLS, UNPARSED),
    ],
)
def test_a_definition_that_nothing_outside_can_call_is_told_with_its_place(source: str, said: str) -> None:
    folder = Catalog.builtin().get("ece421-numpy-nn")

    check = grade(folder, upload(source), UnsafeSandbox(), "public:1").parts[0].checks[0]
    (fault, *_) = precheck(folder.assignment, read_answer(answer([("a.py", source)]))).faults

    assert check.verdict is Verdict.MISSING
    assert sentence(check).startswith(said)
    assert sentence(fault) == sentence(check)


def test_a_method_is_out_of_reach_within_its_own_class_only() -> None:
    found = (OutOfReach("fit", 3, "Trainer.run"), OutOfReach("fit", 9, "Net.predict"))

    assert absence("Net.fit", (), (), found)["begins"] == 9
    assert absence("Other.fit", (), (), found) == {"name": "Other.fit", "nearest": None}


def test_a_letter_that_only_looks_like_the_one_asked_for_is_named() -> None:
    source = "def softma\N{CYRILLIC SMALL LETTER HA}(logits):\n    return logits\n"
    report = grade(Catalog.builtin().get("ece421-numpy-nn"), upload(source), UnsafeSandbox(), "public:1")

    said = next(sentence(c) for p in report.parts for c in p.checks if c.function == "softmax" and c.diagnosis)
    assert "comes nearest is softma\N{CYRILLIC SMALL LETTER HA}." in said
    assert said.endswith(
        "(CYRILLIC SMALL LETTER HA) is no letter of the name that is asked for, even if it looks like one."
    )
