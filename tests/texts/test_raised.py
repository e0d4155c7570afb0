"""What an error says to people is marked where it is raised."""

import ast
from collections.abc import Iterator

from app import errors as edge
from submissions import errors as inner
from tests.texts.extraction import ROOT

FOR_OPERATORS = {"DatabaseUnsuitable", "NetworkFileSystem", "Postponed", "ProviderFailed", "SettingsInvalid"}
"""Said on the command line or in the log, which speak English."""

SAID = {
    name
    for module, root in ((edge, edge.EdgeError), (inner, inner.SubmissionsError))
    for name, error in vars(module).items()
    if isinstance(error, type) and issubclass(error, root) and name not in FOR_OPERATORS
}
FOR_PEOPLE = tuple(
    path
    for package in ("app", "submissions")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.relative_to(ROOT).parts[1] not in {"commands", "demo.py", "backups", "migrations"}
)
"""Every module but those that speak on the command line."""


def unmarked(module: ast.Module) -> Iterator[str]:
    """Line and text of each error that is made of a bare string."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID and node.args:
            said = node.args[0]
            if isinstance(said, ast.JoinedStr) or (isinstance(said, ast.Constant) and " " in str(said.value)):
                yield f"line {node.lineno}: {ast.unparse(said)}"


def test_what_errors_say_is_marked() -> None:
    modules = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in FOR_PEOPLE}

    assert {name: found for name, module in modules.items() if (found := list(unmarked(module)))} == {}


def test_it_sees_a_bare_sentence() -> None:
    planted = 'raise BadForm("Two words", "field")\nraise NotFound(f"no {x}")\nraise NotFound(_("Two words"))'

    assert list(unmarked(ast.parse(planted))) == ["line 1: 'Two words'", "line 2: f'no {x}'"]
