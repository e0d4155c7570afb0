"""The lock files pin every file by hash and name no index, and the wheel carries everything the service reads."""

import ast
import itertools
import json
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
COMPARED = ("requirements-peers.lock", "requirements-graders.lock")
"""What `make bench` compares with."""

LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-build.lock",
    "requirements-fuzz.lock",
    "requirements-tracing.lock",
    "requirements-sbom.lock",
    *COMPARED,
)
PACKAGES = ("app", "grader", "reference", "submissions")
PINNED = re.compile(r"([a-z0-9._-]+)==(\S+)( ; [^\\]+)? \\$")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?$")


def read(name: str) -> str:
    """The text of a file at the top of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, Version]:
    """Package name -> pinned version."""
    found = (PINNED.match(line) for line in read(lock).splitlines())
    return {canonicalize_name(match[1]): Version(match[2]) for match in found if match}


def declared() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for, by the lock that must hold it."""
    project = tomllib.loads(read("pyproject.toml"))
    runtime = project["project"]["dependencies"]
    asked = {
        "requirements.lock": runtime,
        "requirements-test.lock": runtime + project["project"]["optional-dependencies"]["test"],
        "requirements-build.lock": project["dependency-groups"]["build"],
        "requirements-fuzz.lock": project["dependency-groups"]["fuzz"],
        "requirements-tracing.lock": runtime + project["project"]["optional-dependencies"]["tracing"],
        "requirements-sbom.lock": project["dependency-groups"]["sbom"],
        "requirements-peers.lock": project["dependency-groups"]["peers"],
        "requirements-graders.lock": project["dependency-groups"]["graders"],
    }
    return {lock: [Requirement(line) for line in lines] for lock, lines in asked.items()}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_hashes_and_comments_only(lock: str) -> None:
    lines = read(lock).splitlines()
    odd = [line for line in lines if not (PINNED.match(line) or HASH.match(line) or line.lstrip().startswith("#"))]

    assert not odd
    for line, following in itertools.pairwise(lines):
        if PINNED.match(line):
            assert HASH.match(following), f"{line} has no hash"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert not re.search(r"https?:|--find-links", read(lock))


@pytest.mark.parametrize("file", [*LOCKS, "Makefile", "Dockerfile", "pyproject.toml", ".ci/python", ".ci/lock"])
def test_no_index_is_named(file: str) -> None:
    assert not re.search(r"(?<!emit-)index-url|pypi|/simple", read(file))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_answers_pyproject(lock: str) -> None:
    pinned = pins(lock)
    missing = [
        str(wanted)
        for wanted in declared()[lock]
        if (version := pinned.get(canonicalize_name(wanted.name))) is None or version not in wanted.specifier
    ]

    assert not missing, "run make lock"


def test_the_locks_agree() -> None:
    tested = pins("requirements-test.lock")

    for lock in ("requirements.lock", "requirements-build.lock"):
        assert {name: tested.get(name) for name in pins(lock)} == pins(lock)
    for lock in COMPARED:
        assert pins(lock)["numpy"] == tested["numpy"]  # what is compared runs on the same NumPy


def test_a_trace_changes_nothing_else() -> None:
    """Who installs the extra runs the same service: every package of the image, in the same version."""
    traced, run = pins("requirements-tracing.lock"), pins("requirements.lock")

    assert {name: traced.get(name) for name in run} == run


def test_peers_are_in_no_lock_but_their_own() -> None:
    peers = {"jax", "jaxlib", "scipy", "torch", "otter-grader", "nbgrader", "gradescope-utils"}

    assert not peers & {name for lock in LOCKS if lock not in COMPARED for name in pins(lock)}


PROVIDED = {"starlette": "fastapi", "markupsafe": "jinja2"}  # a part of what is declared, and versioned with it
DISTRIBUTIONS = packages_distributions()


def test_everything_the_service_imports_is_declared() -> None:
    """The tests' environment holds more packages than the image, so a missing one would show only there."""
    asked = {canonicalize_name(wanted.name) for wanted in declared()["requirements.lock"]}
    undeclared = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if re.match(r"reference/assignments/[^/]+/(mistakes/|starter|solution)", place):
                continue
            for top in imported(path) - {*sys.stdlib_module_names, *PACKAGES, "__future__"}:
                names = {canonicalize_name(found) for found in DISTRIBUTIONS.get(top, [top])} | {PROVIDED.get(top)}
                if not names & asked:
                    undeclared[place] = top

    assert not undeclared


def imported(path: Path) -> set[str]:
    """Top-level names of the modules a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level and node.module}
    return {name.split(".")[0] for name in plain | froms}


def test_the_build_system_is_the_one_that_is_locked() -> None:
    asked = tomllib.loads(read("pyproject.toml"))["build-system"]["requires"]

    assert {canonicalize_name(Requirement(line).name) for line in asked} <= pins("requirements-build.lock").keys()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that hatchling, as locked, builds from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    (path,) = folder.glob("chainrule-*.whl")
    return path


@pytest.fixture(scope="module")
def wheel(built: Path) -> list[str]:
    """Names in the wheel."""
    with zipfile.ZipFile(built) as archive:
        return archive.namelist()


def test_the_wheel_carries_every_file_of_the_packages(wheel: list[str]) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert wanted - set(wheel) == set()


@pytest.mark.parametrize(
    "kind",
    [
        r"app/pages/templates/.+\.html",
        r"app/pages/static/.+\.css",
        r"reference/datasets/.+\.npz",
        r"reference/assignments/ece421-numpy-nn/assignment\.py",
        r"reference/assignments/ece421-numpy-nn/answers\.py",
        r"reference/assignments/ece421-numpy-nn/handout\.md",
        r"reference/assignments/ece421-numpy-nn/starter\.py",
        r"reference/assignments/ece421-numpy-nn/solution\.py",
        r"reference/assignments/ece421-numpy-nn/mistakes/.+\.py",
        r"submissions/migrations/.+\.py",
        r"grader/sandbox/inside/wire\.py",
        r"grader/help/scale/TOTAL_NOT_MEAN\.md",
        r"chainrule-.+\.dist-info/entry_points\.txt",
    ],
)
def test_the_wheel_carries_what_the_service_reads(wheel: list[str], kind: str) -> None:
    assert [name for name in wheel if re.fullmatch(kind, name)]


def test_the_wheel_carries_nothing_else(wheel: list[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}

    assert {top for top in tops if not top.startswith("chainrule-")} == set(PACKAGES)


def test_an_installed_wheel_grades_from_any_folder(built: Path, tmp_path: Path) -> None:
    """As `pip install .` on a student's machine: a new environment, and nothing of this tree in it.

    What the wheel needs is taken from the environment of the tests, behind what is installed: that all of it is
    declared has tests of its own.
    """
    fresh, elsewhere = tmp_path / "fresh", tmp_path / "homework"
    elsewhere.mkdir()
    venv.create(fresh, with_pip=False)
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "--python", str(fresh / "bin" / "python")]
    _ran([*pip, "install", "--no-deps", "--no-index", str(built)], elsewhere)
    (packages,) = fresh.glob("lib/python*/site-packages")
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    solution = ROOT / "reference" / "assignments" / "hw2-softmax" / "solution.py"
    (elsewhere / "my.py").write_text(solution.read_text(encoding="utf-8"), encoding="utf-8")

    from_wheel = "import app, grader, reference; print(app.__file__, grader.__file__, reference.__file__)"
    places = _ran([str(fresh / "bin" / "python"), "-c", from_wheel], elsewhere).split()
    report = json.loads(_ran([str(fresh / "bin" / "chainrule"), "grade", "hw2-softmax", "my.py", "--json"], elsewhere))

    assert all(Path(place).is_relative_to(packages) for place in places)
    assert report["score"] == {"given": 100.0, "maximum": 100.0}


def _ran(command: list[str], folder: Path) -> str:
    """What a command that succeeds prints."""
    ended = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=240)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
