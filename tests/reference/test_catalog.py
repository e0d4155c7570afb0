"""A catalogue of small folders made here: what it finds, what it refuses, and with which reasons."""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reference import catalog as catalog_module
from reference.catalog import Catalog
from reference.errors import AssignmentInvalid, UnknownAssignment
from reference.example_folder import write_example
from reference.folder_stamp import SETTLED_NS

ASSIGNMENT = """
from reference.spec import (
    Alias, Assignment, Contract, Forward, Function, Given, Gradient, Limits, Operation, Part, Stability, Step, Tensor,
    Training, UpdateRule,
)

X = Tensor("x", ("N", "D"))
SQUARE = Function("square", Operation.OTHER, (X,), (Tensor("y", ("N", "D")),), (Alias("sqr", ("square", "half")),))
LOSS = Function("loss", Operation.OTHER, (Tensor("y", ("N", "D")),), (Tensor("l", ()),))
SLOPE = Function("slope", Operation.OTHER, (X,), (Tensor("dx", ("N", "D")),))
STEPS = (Step("square", ("x",), ("y",)), Step("loss", ("y",), ("l",)))

ASSIGNMENT = Assignment(
    slug="small", title="Small", summary="A square.", functions=(SQUARE, LOSS, SLOPE),
    parts=(
        Part("square", (Contract("square", 1),)),
        Part("slope", (Gradient("slope", {"dx": 2}, loss=STEPS, wrt={"dx": "x"}),)),
    ),
)
"""
SOLUTION = '''"""All of it."""


def square(x):
    return x * x


def loss(y):
    return y.sum()


def slope(x):
    return 2 * x
'''
FILES = {
    "assignment.py": ASSIGNMENT,
    "answers.py": SOLUTION + "\n\ndef half(x):\n    return x * x / 2\n",
    "solution.py": SOLUTION,
    "starter.py": SOLUTION,
    "handout.md": "Write `square`, `loss` and `slope`.",
    "mistakes/SIGN.square.py": SOLUTION.replace("return x * x", "return -x * x"),
    "mistakes/SIGN.slope.py": SOLUTION.replace("return 2 * x", "return -2 * x"),
}
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes the small assignment with some files changed (None: left out) and returns the catalogue's root."""

    def write(changes: dict[str, str | None] | None = None, root: str = "root") -> Path:
        for name, text in {**FILES, **(changes or {})}.items():
            path = tmp_path / root / "small" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
        return tmp_path / root

    return write


def _reasons(root: Path) -> tuple[str, ...]:
    with pytest.raises(AssignmentInvalid) as caught:
        Catalog((root,)).get("small")
    assert all(reason in str(caught.value) for reason in caught.value.reasons)
    return caught.value.reasons


def test_a_whole_folder_is_read(folder: Folder) -> None:
    catalog = Catalog((folder(),))
    found = catalog.get("small")
    assert catalog.slugs() == ("small",)
    assert found.assignment.points == 3
    assert found.handout == FILES["handout.md"]
    assert found.starter == FILES["starter.py"]
    assert found.solution == SOLUTION
    assert sorted(found.mistakes) == ["SIGN.slope", "SIGN.square"]
    assert sorted(found.answers) == ["half", "loss", "slope", "square"]
    assert found.answers["half"](3) == 4.5


def test_the_builtin_assignments_and_those_of_more_folders_are_found(folder: Folder) -> None:
    assert {"ece421-numpy-nn", "small"} <= set(Catalog.builtin(folder()).slugs())


@pytest.mark.parametrize("slug", ["nothing", "", "..", "../small", "small/"])
def test_an_unknown_slug_is_said(folder: Folder, slug: str) -> None:
    with pytest.raises(UnknownAssignment) as caught:
        Catalog((folder(),)).get(slug)
    assert caught.value.slug == slug


def test_a_root_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert Catalog((tmp_path / "nowhere",)).slugs() == ()


def test_the_same_slug_in_two_folders_is_refused(folder: Folder) -> None:
    with pytest.raises(AssignmentInvalid, match="several folders"):
        Catalog((folder(root="one"), folder(root="two"))).get("small")


def test_nothing_becomes_importable(folder: Folder) -> None:
    before = set(sys.modules)
    root = folder()
    Catalog((root,)).get("small")
    assert set(sys.modules) == before
    assert not list(root.rglob("__pycache__"))


def test_student_style_files_are_never_run(folder: Folder) -> None:
    bomb = SOLUTION + "\nraise SystemExit\n"
    root = folder(
        {
            "starter.py": bomb,
            "solution.py": bomb,
            "mistakes/SIGN.square.py": bomb.replace("return x * x", "return -x * x"),
        }
    )
    assert Catalog((root,)).get("small").starter == bomb


def test_the_version_is_that_of_names_and_bytes(folder: Folder, tmp_path: Path) -> None:
    root = folder()
    version = Catalog((root,)).get("small").version
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    (copy / "small" / "__pycache__").mkdir()
    (copy / "small" / "__pycache__" / "answers.pyc").write_bytes(b"cache")
    assert version.startswith("sha256:")
    assert len(version) == len("sha256:") + 64
    assert Catalog((copy,)).get("small").version == version

    mistakes = copy / "small" / "mistakes"
    (mistakes / "SIGN.slope.py").rename(mistakes / "ASCENT.slope.py")
    assert Catalog((copy,)).get("small").version != version


def test_an_edited_folder_is_read_again(folder: Folder) -> None:
    catalog = Catalog((folder(),))
    first = catalog.get("small")
    assert catalog.get("small") is first
    # The same length within the same second: a bytecode cache would not notice.
    folder({"answers.py": FILES["answers.py"].replace("x * x / 2", "x * x / 4")})
    second = catalog.get("small")
    assert second.version != first.version
    assert second.answers["half"](2) == 1


def test_a_folder_that_has_rested_is_not_read_for_its_version(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[Path] = []
    version = catalog_module.folder_version

    def counted(path: Path) -> str:
        hashed.append(path)
        return version(path)

    monkeypatch.setattr(catalog_module, "folder_version", counted)
    root = folder()
    resting = Catalog((root,), now=lambda: time.time_ns() + 10 * SETTLED_NS)
    first = resting.get("small")
    assert resting.get("small") is first
    assert len(hashed) == 1

    folder({"answers.py": FILES["answers.py"].replace("x * x / 2", "x * x / 4")})
    assert resting.get("small").answers["half"](2) == 1
    assert len(hashed) == 2

    fresh = Catalog((root,), now=lambda: 0)
    assert fresh.get("small") is fresh.get("small")
    assert len(hashed) == 4


def test_every_reason_is_given_at_once(folder: Folder) -> None:
    root = folder(
        {
            "assignment.py": ASSIGNMENT.replace('slug="small"', 'slug="Big One"'),
            "handout.md": "Write `square` and `loss`.",
            "starter.py": None,
            "answers.py": SOLUTION,
            "mistakes/SIGN.slope.py": None,
        }
    )
    assert set(_reasons(root)) == {
        "starter.py is missing",
        "its slug is 'Big One' but its folder is 'small'",
        "the slug 'Big One' is not lower-case words joined by hyphens",
        "answers.py has no half, asked by square",
        "handout.md does not name slope",
        "part 'slope' has no mistake",
    }


ASSIGNMENT_EDITS = [
    ('title="Small"', 'title=" "', "the title or the summary is empty"),
    ('title="Small"', 'layout_function="row", title="Small"', "layout_function names 'row', which is no function"),
    ('Alias("sqr"', 'Alias("LOSS"', "2 names and aliases read 'loss' without regard to case"),
    (
        'X = Tensor("x", ("N", "D"))',
        'X = Tensor("x", ("N", "Z"))',
        "square: x has an axis 'Z', not one of 1, 3, C, D, G, H, L, N, V, W",
    ),
    (
        'SLOPE = Function("slope", Operation.OTHER, (X,)',
        'SLOPE = Function("slope", Operation.OTHER, (X, X)',
        "slope: 2 arguments are called 'x'",
    ),
    ('(Tensor("l", ()),))', "())", "loss has no results"),
    ('Part("slope"', 'Part("square"', "2 parts are called 'square'"),
    ('(Contract("square", 1),)', "()", "part 'square' has no check"),
    (
        'Contract("square", 1)',
        'Contract("square", 0)',
        "part 'square', Contract of square: 0 points are not more than 0",
    ),
    (
        'Contract("square", 1)',
        'Contract("square", float("nan"))',
        "part 'square', Contract of square: nan points are not more than 0",
    ),
    ('Contract("square", 1)', 'Contract("cube", 1)', "part 'square', Contract of cube: there is no function 'cube'"),
    ('Contract("square", 1)', 'Stability("square", 1, ())', "part 'square', Stability of square: it has no case"),
    ('{"dx": 2}', '{"dy": 2}', "part 'slope', Gradient of slope: tensor_points has dy where the results are dx"),
    (
        'wrt={"dx": "x"}',
        'wrt={"dx": "y"}',
        "part 'slope', Gradient of slope: dx is the derivative by 'y', which is no argument",
    ),
    ('{"dx": 2}', '{"dx": -2}', "part 'slope', Gradient of slope: dx is worth -2 points, not more than 0"),
    ("loss=STEPS", "loss=()", "part 'slope', Gradient of slope: no step leads to a loss"),
    (
        "loss=STEPS",
        "loss=STEPS[:1]",
        "part 'slope', Gradient of slope: the last step's last result has axes ('N', 'D'), and a loss is a number",
    ),
    (
        'Step("square", ("x",)',
        'Step("cube", ("x",)',
        "part 'slope', Gradient of slope: a step calls 'cube', which is no function",
    ),
    (
        'Step("square", ("x",)',
        'Step("square", ("x", "x")',
        "part 'slope', Gradient of slope: a step gives square 2 arguments for 1 results, not 1 for 1",
    ),
    (
        'Step("loss", ("y",)',
        'Step("loss", ("z",)',
        "part 'slope', Gradient of slope: the step loss takes 'z', known by nobody",
    ),
    (
        'Part("square", (Contract("square", 1),))',
        'Part("square", (UpdateRule("square", 1, {"lr": 0.1}, "slope"),))',
        "part 'square', UpdateRule of square: the hyperparameters lack lr or gamma",
    ),
    ("loss=STEPS", 'loss=(Step("slope", ("x",), ("l",)),)', "loss is asked for but no check calls it"),
    (
        'Contract("square", 1)',
        'UpdateRule("square", 1, {"lr": 1, "gamma": 0}, "cube")',
        "part 'square', UpdateRule of square: its gradient is 'cube', which is no function",
    ),
    (
        'Contract("square", 1)',
        'Forward("square", 1, (Given((Step("slope", ("x",), ("z",)),)),))',
        "part 'square', Forward of square: the given steps do not make the result 'y'",
    ),
    (
        'Contract("square", 1)',
        'Forward("square", 1, (Given((), "half", ("z",)),))',
        "part 'square', Forward of square: the given form half takes 'z', known by nobody",
    ),
    (
        'Contract("square", 1)',
        'Forward("square", 1, (Given((), "third", ("x",)),))',
        "answers.py has no third, asked by square",
    ),
    (
        "slug=",
        "limits=Limits(part_seconds=0.0), slug=",
        "limits: part_seconds is 0.0, not more than 0",
    ),
    ("slug=", "limits=Limits(memory_mib=-1), slug=", "limits: memory_mib is -1, not more than 0"),
    ("slug=", 'limits=Limits(call_seconds=float("nan")), slug=', "limits: call_seconds is nan, not more than 0"),
    ("slug=", "limits=Limits(changes=-1), slug=", "limits: changes is -1, less than 0"),
    ("ASSIGNMENT = Assignment(", "OTHER = Assignment(", "assignment.py defines no ASSIGNMENT"),
    (
        "from reference.spec",
        "from reference.nowhere",
        "assignment.py fails when it is run: ModuleNotFoundError: No module named 'reference.nowhere'",
    ),
]


@pytest.mark.parametrize(("before", "after", "reason"), ASSIGNMENT_EDITS)
def test_a_contradiction_in_the_assignment_is_named(folder: Folder, before: str, after: str, reason: str) -> None:
    assert before in ASSIGNMENT
    assert reason in _reasons(folder({"assignment.py": ASSIGNMENT.replace(before, after)}))


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"digits", {}, 0.9', '"mnist", {}, 0.9', "the dataset 'mnist' is not one of blobs, digits, spiral"),
        ('"digits", {}, 0.9', '"digits", {}, 1.5', "threshold is 1.5, not above 0 and at most 1"),
        ('"digits", {}, 0.9', '"digits", {}, float("nan")', "threshold is nan, not above 0 and at most 1"),
        ("0.999", "0.0", "correct_passes is 0.0, not above 0 and at most 1"),
        ("100, (1, 5)", "0, (1, 5)", "calibration_runs is 0, not more than 0"),
        ("(1, 5), 60.0", "(1, 5), 0.0", "wall_seconds is 0.0, not more than 0"),
        ("(1, 5)", "(5, 1)", "curve_epochs (5, 1) do not rise from 1"),
        ("(1, 5)", "(0, 5)", "curve_epochs (0, 5) do not rise from 1"),
    ],
)
def test_a_training_that_cannot_be_is_named(folder: Folder, before: str, after: str, reason: str) -> None:
    training = 'Training("square", 1, "digits", {}, 0.9, 0.999, 100, (1, 5), 60.0)'
    good = ASSIGNMENT.replace('Contract("square", 1)', training)
    assert before in training
    Catalog((folder({"assignment.py": good}),)).get("small")
    bad = ASSIGNMENT.replace('Contract("square", 1)', training.replace(before, after))
    assert _reasons(folder({"assignment.py": bad})) == (f"part 'square', Training of square: {reason}",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"handout.md": None}, "handout.md is missing"),
        ({"handout.md": "Write `squares`, `loss` and `slope`."}, "handout.md does not name square"),
        ({"answers.py": None}, "answers.py is missing"),
        ({"answers.py": "1 / 0"}, "answers.py fails when it is run: ZeroDivisionError: division by zero"),
        ({"answers.py": SOLUTION + "from statistics import mean as half"}, "answers.py has no half, asked by square"),
        ({"starter.py": "def square(x): ..."}, "starter.py does not define slope"),
        ({"starter.py": "def square(x)"}, "starter.py does not parse: line 1: expected ':'"),
        ({"solution.py": "def square(x): ..."}, "solution.py does not define loss"),
        (
            {"mistakes/sign.py": FILES["mistakes/SIGN.slope.py"]},
            "mistakes/sign.py: 'sign' is not a diagnosis code in capitals",
        ),
        ({"mistakes/SIGN.cube.py": FILES["mistakes/SIGN.slope.py"]}, "mistakes/SIGN.cube.py: there is no part 'cube'"),
        (
            {"mistakes/SIGN.slope.py": SOLUTION},
            "mistakes/SIGN.slope.py differs from the solution in 0 functions, not in 1",
        ),
        ({"mistakes/SIGN.slope.py": "print 'old'"}, "mistakes/SIGN.slope.py does not parse"),
    ],
)
def test_a_contradiction_between_the_files_is_named(
    folder: Folder, changes: dict[str, str | None], reason: str
) -> None:
    assert [found for found in _reasons(folder(changes)) if found.startswith(reason)]


def test_text_that_is_not_utf8_is_named(folder: Folder) -> None:
    root = folder()
    (root / "small" / "handout.md").write_bytes(b"caf\xe9 square loss slope")
    assert [reason for reason in _reasons(root) if reason.startswith("handout.md cannot be read")]


def test_a_broken_folder_stops_no_other(tmp_path: Path) -> None:
    (write_example("bad-one", tmp_path) / "handout.md").unlink()
    good = write_example("good-one", tmp_path)
    catalog = Catalog((tmp_path,))

    assert [folder.path for folder in catalog.usable()] == [good]
    assert not catalog.usable()[0].is_shipped
    assert catalog.own_roots == (tmp_path,)
    assert (Catalog.builtin().own_roots, Catalog.builtin().usable()[0].is_shipped) == ((), True)
