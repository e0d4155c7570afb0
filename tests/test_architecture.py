"""The house keeps its shape: short modules, plain names, no code from data, and every exception says why.

Who may import whom is held by the contracts in pyproject.toml (`make contracts`).
"""

import ast
import io
import re
import statistics
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("app", "grader", "reference", "submissions")
INSIDE = ROOT / "grader" / "sandbox" / "inside"

LONGEST_MODULE = 300
MEDIAN_MODULE = 100
SHORTEST_COUNTED = 5  # an empty __init__.py says nothing about how long modules are

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc", "core"}

LOADERS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "importlib", "imp", "runpy", "code"}
"""Modules that turn bytes into code or objects."""

HARMLESS = {"importlib.metadata", "importlib.resources"}
EXECUTORS = {"eval", "exec", "compile", "__import__"}
PARSERS = {"ast.parse", "ast.literal_eval", "symtable.symtable"}

MAY_EXECUTE = {
    "reference/catalog.py": "loads the assignment folders, which are ours or the operator's",
    "grader/audit/slips.py": "parses solutions of such folders",
    "grader/audit/reach.py": "parses them too, to see what an asked function reaches",
    "app/cli.py": "imports our own commands, from a list that stands in it, when they are asked for",
    "reference/definitions.py": "parses starters, solutions and mistakes of such folders",
}


def modules(*folders: str) -> Iterator[Path]:
    """Every Python file of ours in `folders`, without student files, which keep the faults they came with."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            planted = re.match(
                r"reference/assignments/[^/]+/(mistakes/|starter\.py|solution\.py)|tests/students/[^/]+/", place
            )
            if not planted and not place.startswith(("tests/hostile/attacks/", "tests/hostile/innocent/")):
                yield path


def name(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


def ours() -> list[Path]:
    """The modules of the four packages, assignments aside: what they ask is no median of ours."""
    return [path for path in modules(*PACKAGES) if not name(path).startswith("reference/assignments/")]


def lines(path: Path) -> int:
    """Number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_long() -> None:
    long = {name(path): lines(path) for path in modules(*PACKAGES) if lines(path) > LONGEST_MODULE}

    assert not long, f"over {LONGEST_MODULE} lines, so they hold more than one concept: {long}"


def test_the_median_module_is_short() -> None:
    lengths = [count for path in ours() if (count := lines(path)) > SHORTEST_COUNTED]

    assert statistics.median(lengths) < MEDIAN_MODULE


def test_no_module_or_folder_has_a_vague_name() -> None:
    vague = [
        name(path) for path in modules(*PACKAGES, "tests") if VAGUE_NAMES & {path.stem, *path.relative_to(ROOT).parts}
    ]

    assert not vague, f"name the concept instead: {vague}"


def dangers(tree: ast.AST) -> Iterator[str]:
    """What in a module turns bytes into code or objects: imports of loaders, executors, np.load with pickles."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names] if not node.level else []
        elif isinstance(node, ast.Call):
            names = []
            if isinstance(node.func, ast.Name) and node.func.id in EXECUTORS:
                yield f"{node.func.id}() in line {node.lineno}"
            if ast.unparse(node.func) in PARSERS:  # a student's source can crash the parser
                yield f"{ast.unparse(node.func)}() in line {node.lineno}"
            for keyword in node.keywords:
                allowed = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
                if keyword.arg == "allow_pickle" and not allowed:
                    yield f"allow_pickle in line {node.lineno}"
        else:
            continue
        for found in names:
            harmless = any(found == fine or found.startswith(f"{fine}.") for fine in HARMLESS)
            if found.split(".")[0] in LOADERS and not harmless:
                yield f"import of {found}"


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "import importlib.util",
        "eval('1')",
        "ast.parse(source)",
        "np.load(f, allow_pickle=yes)",
    ],
)
def test_the_search_for_dangers_finds_them(source: str) -> None:
    assert list(dangers(ast.parse(source)))


@pytest.mark.parametrize(
    "source", ["from importlib.metadata import version", "import importlib.resources", "re.compile('a')"]
)
def test_the_search_for_dangers_spares_the_harmless(source: str) -> None:
    assert not list(dangers(ast.parse(source)))


def test_the_trusted_side_makes_no_code_from_data() -> None:
    trusted = [path for path in modules(*PACKAGES) if INSIDE not in path.parents]
    found = {name(path): list(dangers(ast.parse(path.read_text(encoding="utf-8")))) for path in trusted}
    unlisted = {place: dangers for place, dangers in found.items() if dangers and place not in MAY_EXECUTE}

    assert not unlisted
    assert not [place for place in MAY_EXECUTE if not found.get(place)], (
        "the list names a module that needs no place in it"
    )


def imports(tree: ast.AST) -> Iterator[str]:
    """Full names of the modules, or of the things in them, that a module imports; relative ones begin with dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def test_what_runs_beside_a_student_imports_only_numpy_and_its_neighbours() -> None:
    allowed = {*sys.stdlib_module_names, "numpy"}
    foreign = {
        name(path): found
        for path in sorted(INSIDE.rglob("*.py"))
        for found in imports(ast.parse(path.read_text(encoding="utf-8")))
        if found.split(".")[0] not in allowed and not found.startswith("grader.sandbox.inside.")
    }

    assert not foreign


DIRECTIVE = re.compile(r"#\s*(type:\s*ignore(\[[^\]]*\])?|noqa(:\s*[A-Z]+\d+([,\s]+[A-Z]+\d+)*)?|pragma:\s*no cover)")


def unexplained(source: str) -> Iterator[int]:
    """Lines whose `type: ignore` or `noqa` comes without a reason, which is at least two words."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and DIRECTIVE.search(token.string):
            words = re.findall(r"[A-Za-z]{2,}", DIRECTIVE.sub("", token.string))
            if len(words) < 2:
                yield token.start[0]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 1  # noqa", [1]),
        ("x = 1  # noqa: S603", [1]),
        ("x = 1  # type: ignore[no-any-return]", [1]),
        ("x = 1  # noqa: S603  # the command is a constant of ours", []),
        ("x = 1  # type: ignore[assignment]  # a test hands in the wrong type on purpose", []),
        ("x = '# noqa'", []),
    ],
)
def test_the_search_for_unexplained_ignores(source: str, found: list[int]) -> None:
    assert list(unexplained(source)) == found


def test_every_ignore_says_why() -> None:
    silent = [f"{name(p)}:{n}" for p in modules(*PACKAGES, "tests") for n in unexplained(p.read_text(encoding="utf-8"))]

    assert not silent, f"say why on the same line: {silent}"
