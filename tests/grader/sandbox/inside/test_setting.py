"""Which calls are assignments, and that nothing else is taken for one."""

import ast

import pytest

from grader.sandbox.inside.setting import as_assignment


def read(source: str, *names: str) -> str | None:
    (node,) = ast.parse(source).body
    found = as_assignment(node, dict.fromkeys(names))
    return None if found is None else ast.unparse(found)


def test_a_method_set_by_a_call_is_an_assignment_on_its_line() -> None:
    (node,) = ast.parse('\nsetattr(Net, "fit", staticmethod(fit))').body
    found = as_assignment(node, {})

    assert found is not None
    assert ast.unparse(found) == "Net.fit = staticmethod(fit)"
    assert (found.lineno, found.targets[0].lineno) == (2, 2)
    compile(ast.Module([found], []), "a.py", "exec")


@pytest.mark.parametrize(
    "source",
    [
        *("setattr(Net, name, fit)", 'setattr(Net, "not a name", fit)', 'setattr(Net, "fit")', "setattr(Net, 1, fit)"),
        *('setattr(*Net, "a")', 'setattr(Net, "fit", value=1)', 'put(Net, "fit", fit)', 'x = setattr(Net, "fit", fit)'),
    ],
)
def test_what_is_none_stays_as_it_is(source: str) -> None:
    assert read(source) is None


def test_a_function_of_that_name_is_not_the_one_of_python() -> None:
    assert read('setattr(Net, "fit", fit)', "setattr") is None
