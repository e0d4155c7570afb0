"""The texts that are marked to be said in other languages, gathered from the templates and the code by Babel."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "app" / "translations" / "chainrule.pot"
HEADER = "# Every text of Chainrule's pages, in English; `make texts` gathers them."
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
OF_TOOLS = ("Generated-By", "Report-Msgid-Bugs-To", "POT-Creation-Date", "Project-Id-Version")
"""Headers that change with the day or with Babel, and say nothing."""
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext_noop": None, "ngettext": (1, 2)}
PHRASES = (Path("grader", "phrases.py"), Path("grader", "note_phrases.py"))
"""Tables of nothing but texts; marking each would only hide them."""

Found = tuple[str, str | tuple[str, ...]]
"""The file, from the root, and its text, or its texts for one and for many."""


def catalogue() -> Catalog:
    """Every text, with the files that say it. It holds no date and no line: it changes when a text does."""
    made = Catalog(project="Chainrule", header_comment=HEADER, creation_date=UNDATED, fuzzy=False)
    for file, text in _marked():
        flags = {"python-brace-format"} if "{" in "".join(text) else set()
        made.add(text, locations=[(file, 0)], flags=flags).flags.discard("python-format")  # a % sign is a % sign
    return made


def written() -> str:
    """The catalogue as gettext's tools read it: what app/translations/chainrule.pot must hold."""
    file = BytesIO()
    write_po(file, catalogue(), width=100, sort_output=False, include_lineno=False)
    lines = file.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in OF_TOOLS)))


def _marked() -> Iterator[Found]:
    for template in sorted((ROOT / "app" / "pages" / "templates").glob("*.html")):
        yield from _of(template, "jinja2", {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"})
    for package in ("app", "submissions", "grader"):
        for module in sorted((ROOT / package).rglob("*.py")):
            if module.relative_to(ROOT) not in PHRASES:
                yield from _of(module, "python", {})
    for page in sorted((ROOT / "grader" / "help").glob("*/*.md")):  # the page stays English, its title stands elsewhere
        yield page.relative_to(ROOT).as_posix(), page.read_text("utf-8").partition("\n")[0].removeprefix("# ")
    for table in PHRASES:
        for phrase in _strings(ast.parse((ROOT / table).read_text())):
            yield table.as_posix(), phrase


def _of(path: Path, method: str, options: dict[str, str]) -> Iterator[Found]:
    for _, text, _, _ in extract_from_file(method, path, keywords=KEYWORDS, options=options):
        yield path.relative_to(ROOT).as_posix(), text


def _strings(module: ast.Module) -> Iterator[str]:
    """The values of the tables, and the texts that stand for themselves."""
    for statement in module.body:
        match statement:
            case ast.AnnAssign(value=ast.Dict(values=values)):
                yield from (str(value.value) for value in values if isinstance(value, ast.Constant))
            case ast.Assign(value=ast.Constant(value=str(text))):
                yield text
