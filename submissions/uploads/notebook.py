"""A Jupyter notebook to one Python text: its code cells in order. Nothing of it is run."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from grader.report import Note
from grader.translation import gettext as _
from submissions.errors import Reason, RejectedUpload
from submissions.uploads.written_files import WrittenFiles

# Cell magics whose body is the notebook's own Python; that of any other (%%bash, %%html, ...) is not, and what %%python
# defines stays in a process of its own.
_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun"})

# What only a notebook understands: !command, %magic, files = !ls and name?. A line that starts with "% b" or "!=" is of
# the expression of the line before and stays, and so does anything indented that is none of the usual magics.
_SHELL = re.compile(r"^\s*!(?!=)")
_MAGIC = re.compile(
    r"^(?:%%?[A-Za-z]|\s+%(?:matplotlib|time|timeit|load_ext|reload_ext|autoreload|config|pip|cd|run)\b)"
)
_ASSIGNED = re.compile(r"^\s*[A-Za-z_][\w, ]*=\s*[!%](?=[A-Za-z/.~])")
_HELP = re.compile(r"^\s*(?:\?{1,2}[\w.]+|[A-Za-z_][\w.]*\?{1,2})\s*$")
_CELL_MAGIC = re.compile(r"^%%(\w+)")

_RUN = re.compile(r"""^%run[ \t]+(?:-[einpt][ \t]+)*(?:\./)?("[^"]*"|'[^']*'|\S+)[ \t]*+(?:;[ \t]*+)?$""")
_MODULE = re.compile(r"(?:[^\W\d]\w*/)*[^\W\d]\w*")

MAX_LINES = 50_000
"""Of code in a notebook; each is looked at for magics."""

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class NotebookText:
    """The joined cells, each after a line "# cell <number>", and what was left out.

    files: path and text of the modules that cells write, in the order of first writing; `text` has them as comments.
    """

    text: str
    notes: tuple[Note, ...]
    files: tuple[tuple[str, str], ...]


def join(name: str, data: bytes, beside: Collection[str] = ()) -> NotebookText:
    """The code of the notebook called `name`. beside: files and notebooks of its folder, which it may run: then it has
    what they define.

    Raises RejectedUpload: NOT_UTF8, NOT_A_NOTEBOOK, WRONG_LANGUAGE, EMPTY, TOO_LARGE, BINARY or SURROGATE.
    """
    notebook = _parsed(name, data)
    language = _language(notebook)
    if language is not None and "python" not in language.lower():
        raise _rejected(
            "WRONG_LANGUAGE",
            _("{name} is a notebook in {language!a}; this assignment is in Python.", name=name, language=language[:40]),
        )
    lines: list[str] = []
    dropped: list[int] = []
    statements: list[str] = []
    written = WrittenFiles()
    for number, source in _code_cells(notebook):
        lines.append(f"# cell {number}")
        cell = _undented(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        if len(lines) + len(cell) > MAX_LINES:
            raise _rejected(
                "TOO_LARGE",
                _("{name} has more than {most:,} lines of code; upload the work alone.", name=name, most=MAX_LINES),
            )
        is_file = written.take(cell)
        for line in _without_magics([_imported(line, beside, written) for line in cell]):
            if line.dropped and not is_file:
                dropped.append(len(lines) + 1)
                if len(dropped) <= _SHOWN:
                    statements.append(line.original.strip()[:120])
            lines.append(line.kept)
        lines.append("")
    text = "\n".join(lines)
    _check_characters(name, text)
    if not any(line.strip() and not line.startswith("# cell ") for line in lines):
        raise _rejected("EMPTY", _("{name} has no code cell with code in it.", name=name))
    notes: tuple[Note, ...] = ()
    if dropped:
        evidence: dict[str, Any] = {"count": len(dropped), "statements": statements}
        notes = (Note("MAGICS_DROPPED", evidence, (dropped[0], dropped[-1])),)
    return NotebookText(text, notes, tuple(written.files()))


def _parsed(name: str, data: bytes) -> dict[str, Any]:
    try:
        text = data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        sentence = _(
            "Byte {byte} of {name} is not UTF-8; save the notebook again in Jupyter.", byte=error.start, name=name
        )
        raise _rejected("NOT_UTF8", sentence) from None
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        notebook = None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", notebook.get("worksheets")), list):
        raise _rejected(
            "NOT_A_NOTEBOOK", _("{name} is not a Jupyter notebook; save it again in Jupyter as .ipynb.", name=name)
        )
    return notebook


def _language(notebook: dict[str, Any]) -> str | None:
    metadata = notebook.get("metadata")
    for key, field in (("language_info", "name"), ("kernelspec", "language")):
        entry = metadata.get(key) if isinstance(metadata, dict) else None
        language = entry.get(field) if isinstance(entry, dict) else None
        if isinstance(language, str) and language:
            return language
    return None


def _code_cells(notebook: dict[str, Any]) -> list[tuple[int, str]]:
    """Number in the notebook, from 1, and source of each code cell, of format 4 or 3."""
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        sheets = [sheet for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet.get("cells"), list) for cell in sheet["cells"]]
    found = []
    for number, cell in enumerate(cells, start=1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            pieces = source if isinstance(source, list) else [source]
            found.append((number, "".join(piece for piece in pieces if isinstance(piece, str))))
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    original: str
    kept: str
    dropped: bool


def _without_magics(lines: list[str]) -> Iterator[_Line]:
    """Each line as it stays. A dropped one becomes a comment, and `pass` keeps a block that consists of it alone."""
    first = next((line for line in lines if line.strip()), "")
    cell_magic = _CELL_MAGIC.match(first)
    whole_cell = cell_magic is not None and cell_magic.group(1) not in _PYTHON_CELLS
    continues = False
    for line in lines:
        drop = (whole_cell and line.strip() != "") or continues or _is_magic(line)
        continues = drop and line.rstrip().endswith("\\")
        if not drop:
            yield _Line(line, line, False)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        replacement = f"{indent}pass  # {line.strip()}" if indent and not whole_cell else f"# {line.strip()}"
        yield _Line(line, replacement, True)


def _undented(lines: list[str]) -> list[str]:
    """A cell whose magic stands indented, as Jupyter takes it: without the indentation of that line."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return [line.removeprefix(indent) for line in lines] if indent and first[len(indent) :].startswith("%%") else lines


def _imported(line: str, beside: Collection[str], written: WrittenFiles) -> str:
    """`%run layers.ipynb` as the import that it amounts to, where that file is here; any other line as it is."""
    found = _RUN.match(line) if line.startswith("%run") else None
    if found is None:
        return line
    path = found[1].strip("\"'").removeprefix("./")
    stem = path.removesuffix(".ipynb").removesuffix(".py")
    is_here = any(name in beside or name in written.paths for name in (path, f"{stem}.py", f"{stem}.ipynb"))
    if not is_here or _MODULE.fullmatch(stem) is None:
        return line
    return f"from {stem.replace('/', '.')} import *  # {line.strip()}"


def _is_magic(line: str) -> bool:
    if "!" not in line and "%" not in line and "?" not in line:
        return False  # nearly every line, without three patterns
    return any(pattern.match(line) is not None for pattern in (_SHELL, _MAGIC, _ASSIGNED, _HELP))


def _check_characters(name: str, text: str) -> None:
    reasons = []
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        reasons.append(
            Reason("BINARY", _("Line {line} of the code of {name} has a NUL character in it.", line=line, name=name))
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text[: error.start].count("\n") + 1
        sentence = _(
            "Line {line} of the code of {name} has half a character (a lone surrogate) in it; type it again.",
            line=line,
            name=name,
        )
        reasons.append(Reason("SURROGATE", sentence))
    if reasons:
        raise RejectedUpload(tuple(reasons))


def _rejected(code: str, sentence: str) -> RejectedUpload:
    return RejectedUpload((Reason(code, sentence),))
