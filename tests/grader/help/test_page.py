"""A page is read as it stands, and one that departs from its form is refused with its line."""

import re

import pytest

from grader.errors import MalformedHelp
from grader.help.page import read_page

PAGE = """# The total stands there

## What it means

The factor 1/N is missing in `loss`.
-t is no list.

    L = 1/N sum of L[n]
    N = rows

## Two lines

```python
loss = total  # wrong
loss = total / N  # right
```

## What to look at

- Print `N`.
- Count.
"""


def test_the_parts_are_read() -> None:
    page = read_page("CODE", "scale", PAGE)

    assert (page.code, page.family, page.path) == ("CODE", "scale", "/help/CODE")
    assert page.title == "The total stands there"
    assert page.meaning == "The factor 1/N is missing in `loss`. -t is no list."
    assert page.formula == ("L = 1/N sum of L[n]", "N = rows")
    assert (page.wrong, page.right) == ("loss = total", "loss = total / N")
    assert page.steps == ("Print `N`.", "Count.")


def test_a_page_may_have_no_formula() -> None:
    text = PAGE.replace("    L = 1/N sum of L[n]\n    N = rows\n\n", "")

    assert read_page("CODE", "running", text).formula == ()


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("# The total stands there\n", "", 1),
        ("# The total stands there", "#The total", 1),
        ("## What it means", "## Meaning", 3),
        ("is no list.\n\n    L", "is no list.\n    L", 7),
        ("- Print `N`.\n- Count.\n", "", 20),
        ("- Print `N`.\n", "- Print `N`.\n- a\n- b\n", 23),
        ("- Count.\n", "- Count.\n\nMore.\n", 23),
        ("- Count.\n", "- Count.", 22),
        ("```python", "```", 13),
        ("loss = total  # wrong\n", "", 14),
        ("loss = total  # wrong\n", "loss = total # wrong\n", 14),
        ("loss = total  # wrong\n", "if loss:\n    loss = total  # wrong\n", 14),
        ("loss = total / N  # right\n", "loss = total / N  # right\nN = 1  # right\n", 16),
        ("    N = rows", "  N = rows", 9),
    ],
)
def test_a_page_out_of_its_form_is_refused(before: str, after: str, line: int) -> None:
    assert PAGE.count(before) == 1

    with pytest.raises(MalformedHelp, match=re.escape(f"help page CODE, line {line}: ")):
        read_page("CODE", "scale", PAGE.replace(before, after))


def test_nothing_is_no_page() -> None:
    with pytest.raises(MalformedHelp, match="line 1: a title belongs here"):
        read_page("CODE", "scale", "")
