"""Functions and methods are found and compared without running a line."""

import pytest

from reference.definitions import changed_functions, definitions

SOURCE = """
raise SystemExit

def plain(x):
    def inner(): ...
    return x

class Net:
    size = 3

    def forward(self, x):
        return x
"""


def test_functions_and_methods_are_named() -> None:
    assert sorted(definitions(SOURCE)) == ["Net.forward", "plain"]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("raise SystemExit", "# a comment", set()),
        ("    return x\n\nclass", "    return (x)  # in other words\n\nclass", set()),
        ("def plain", "@cache\ndef plain", {"plain"}),
        ("    def forward", "    @cache\n    def forward", {"Net.forward"}),
        ("        return x", "        return -x", {"Net.forward"}),
        ("    return x\n\nclass", "    return -x\n\nclass", {"plain"}),
        ("def plain", "def other", {"plain", "other"}),
    ],
)
def test_a_changed_function_is_named(before: str, after: str, changed: set[str]) -> None:
    assert changed_functions(SOURCE.replace(before, after), SOURCE) == changed


def test_what_does_not_parse_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        changed_functions("print 'old'", SOURCE)
