"""Lines in a notebook's own language that an export leaves in a script, such as `!pip install`: no file fails for them.

Only where a file does not parse as it is: `%` and `!` begin a line of Python too, inside of brackets or a text. Intake
has a narrower rule for notebooks, as nothing is parsed there.
"""

import ast
import re
from collections.abc import Callable

from grader.sandbox.inside.cells import parse

_MAGIC = re.compile(
    r"""[ \t]*(?:
        !(?!=) | %%?(?=[A-Za-z])                        # !pip install torch, %matplotlib inline
        | [A-Za-z_][\w, ]*=[ \t]*[!%](?=[A-Za-z/.~])    # files = !ls
        | \?{1,2}[\w.]+[ \t]*$ | [A-Za-z_][\w.]*\?{1,2}[ \t]*$
    )""",
    re.VERBOSE,
)

Skip = Callable[[int, str], None]
"""Is told of each line that is left out: its number and what it says."""


def parse_script(source: str, file: str, skip: Skip) -> ast.Module:
    """The syntax tree, without such lines if that is what it takes. Raises SyntaxError of what is wrong besides."""
    try:
        return parse(source, file)
    except SyntaxError:
        plain, dropped = _without_magics(source)
        if not dropped:
            raise
    tree = parse(plain, file)
    for number, said in dropped.items():
        skip(number, said)
    return tree


def _without_magics(source: str) -> tuple[str, dict[int, str]]:
    """The text with a `pass` in place of each such line, so that a block of it alone stays one, and the lines."""
    lines = source.split("\n")
    dropped: dict[int, str] = {}
    continues = False
    for number, line in enumerate(lines):
        if continues or _MAGIC.match(line):
            said = dropped[number + 1] = line.strip()
            # Its text stays as a comment: of a docstring that it ends, the quotes have to stay.
            lines[number] = f"# {said}" if continues else f"{line[: len(line) - len(line.lstrip())]}pass  # {said}"
            continues = line.rstrip().endswith("\\")
    return "\n".join(lines), dropped
