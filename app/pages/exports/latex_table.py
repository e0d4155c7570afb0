"""A table as LaTeX: tabular with \\hline, which compiles without any package."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from unicodedata import normalize

from app.pages.pictures.picture import Table
from app.pages.printable import printable

ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "–": "--",
    "−": "$-$",
    "µ": r"$\mu$",
    "\n": " ",
    "\t": " ",
}
"""What LaTeX would take for a command."""

LETTERS = {
    "ß": r"\ss{}",
    "æ": r"\ae{}",
    "Æ": r"\AE{}",
    "œ": r"\oe{}",
    "Œ": r"\OE{}",
    "ø": r"\o{}",
    "Ø": r"\O{}",
    "ł": r"\l{}",
}
ACCENTS = {
    "\N{COMBINING GRAVE ACCENT}": r"\`",
    "\N{COMBINING ACUTE ACCENT}": r"\'",
    "\N{COMBINING CIRCUMFLEX ACCENT}": r"\^",
    "\N{COMBINING TILDE}": r"\~",
    "\N{COMBINING DIAERESIS}": r"\"",
    "\N{COMBINING RING ABOVE}": r"\r",
    "\N{COMBINING CEDILLA}": r"\c",
    "\N{COMBINING CARON}": r"\v",
}
"""How letters of a translated caption are written without a package; what has no such way becomes a question mark."""


def latex_table(table: Table, label: str) -> str:
    """A table environment with caption and label, ready for \\input."""
    lines = [
        r"\begin{table}",
        r"\centering",
        rf"\caption{{{escaped(table.caption)}}}",
        rf"\label{{tab:{label}}}",
        rf"\begin{{tabular}}{{l{'r' * (len(table.head) - 1)}}}",
        r"\hline",
    ]
    if table.groups:
        lines.append(_grouped(table))
        lines.append(_rules(table))
    lines += [_row(table.head), r"\hline", *map(_row, table.rows), r"\hline", r"\end{tabular}", r"\end{table}", ""]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """`text` as LaTeX sets it, with no character left that it would act upon."""
    shown = printable(text)
    return "".join(map(_character, shown))


def _character(character: str) -> str:
    if character in ESCAPED:
        return ESCAPED[character]
    if character.isascii():
        return character
    letter, accent = (*normalize("NFD", character), "")[:2]
    if letter.isascii() and accent in ACCENTS:
        return f"{ACCENTS[accent]}{{{letter}}}"
    return LETTERS.get(character, "?")


def _row(cells: Sequence[str]) -> str:
    return " & ".join(map(escaped, cells)) + r" \\"


def _grouped(table: Table) -> str:
    names = [rf"\multicolumn{{{columns}}}{{c}}{{{escaped(name)}}}" for name, columns in table.groups]
    return " & ".join(("", *names)) + r" \\"


def _rules(table: Table) -> str:
    """A rule under the name of each group."""
    ends = list(accumulate((columns for _, columns in table.groups), initial=1))
    return " ".join(rf"\cline{{{first + 1}-{last}}}" for first, last in pairwise(ends))
