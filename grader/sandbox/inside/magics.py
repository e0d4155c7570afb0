"""Lines in a notebook's own language that an export leaves in a script, such as `!pip install`: no file fails for them.

Only where a file does not parse as it is. Which lines they are is told without parsing, for those who read a text and
may not parse it have to leave out the very same ones: a quote in one of them opens no string. So only what no Python
can be is such a line: `%` and `!` begin one of Python too, inside of brackets or a text. Intake has a narrower rule for
notebooks, as nothing is parsed there.
"""

import ast
import re
from collections.abc import Callable, Iterator

from grader.sandbox.inside.cells import parse
from grader.sandbox.inside.strings import STRING

_MAGIC = re.compile(
    r"""^[ \t]*+(?:
        !(?!=) | (?P<percent>%%?(?=[A-Za-z]))           # !pip install torch, %matplotlib inline
        | [A-Za-z_][\w, ]*=[ \t]*[!%](?=[A-Za-z/.~])    # files = !ls
        | \?{1,2}[\w.]+[ \t]*$ | [A-Za-z_][\w.]*\?{1,2}[ \t]*$
    )""",
    re.VERBOSE | re.MULTILINE,
)

_STEP = re.compile(
    rf"""(?P<comment>\#[^\n]*+)
      | (?P<continued>\\\n)
      | (?P<line>\n)
      | (?P<open>[(\[{{]) | (?P<close>[)\]}}])
      | (?P<string>{STRING})
      | (?P<words>[^\n\\\#"'()\[\]{{}}]++|\\)""",
    re.VERBOSE,
)

Skip = Callable[[int, str], None]
"""Is told of each line that is left out: its number and what it says."""


def parse_script(source: str, file: str, skip: Skip) -> ast.Module:
    """The syntax tree, without such lines if that is what it takes. Raises SyntaxError of what is wrong besides."""
    try:
        return parse(source, file)
    except SyntaxError:
        plain, dropped = without_magics(source)
        if not dropped:
            raise
    tree = parse(plain, file)
    for number, said in dropped.items():
        skip(number, said)
    return tree


def without_magics(source: str) -> tuple[str, dict[int, str]]:
    """The text with a `pass` in place of each such line, so that a block of it alone stays one, and the lines.

    What parses has none. The lines keep their numbers.
    """
    if not _MAGIC.search(source):
        return source, {}
    plain: list[str] = []
    dropped: dict[int, str] = {}
    done, number = 0, 1
    for begin, end in _magics(source):
        number += source.count("\n", done, begin)
        first, *added = source[begin:end].split("\n")
        plain += [source[done:begin], first[: len(first) - len(first.lstrip())], f"pass  # {first.strip()}"]
        plain += [f"\n# {line.strip()}" for line in added]
        dropped |= {number + at: line.strip() for at, line in enumerate((first, *added))}
        number += len(added)
        done = end
    return "".join([*plain, source[done:]]), dropped


def _magics(source: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends, with the lines that a backslash adds to it.

    After a backslash, `%` goes on with an expression if one stands before it; a `pass` could not stand there either.
    """
    at, depth, operand, fresh = 0, 0, False, True
    while step := _STEP.match(source, at):
        magic = _MAGIC.match(source, at) if fresh else None
        if magic and not (magic["percent"] and (depth or operand)):
            end = _end(source, at)
            yield at, end
            at, operand, fresh = end, False, False
            continue
        at, kind = step.end(), step.lastgroup
        fresh = kind in ("continued", "line")
        depth = max(0, depth + (kind == "open") - (kind == "close"))
        if kind == "words":
            last = step[0].rstrip(" \t\f")[-1:]
            operand = last.isalnum() or last in ("_", ".") or (not last and operand)
        elif kind not in ("comment", "continued"):
            operand = kind in ("string", "close")


def _end(source: str, begin: int) -> int:
    """Of the line that begins there, and of those that a backslash adds to it."""
    while True:
        end = source.find("\n", begin)
        if end < 0:
            return len(source)
        if not source[begin:end].rstrip().endswith("\\"):
            return end
        begin = end + 1
