"""Finds assignments on disk and validates what their folders hold."""

import contextlib
import hashlib
import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import CodeType, FunctionType, MappingProxyType
from typing import Any
from uuid import uuid4

from reference.errors import AssignmentInvalid, UnknownAssignment
from reference.folder_rules import folder_reasons
from reference.folder_stamp import FolderStamp, folder_stamp
from reference.spec import Assignment
from reference.spec_rules import spec_reasons

SHIPPED = Path(__file__).parent / "assignments"
TEXTS = ("handout.md", "starter.py", "solution.py")
MADE = "<locals>"  # in the name of a function that another one has made


@dataclass(frozen=True, slots=True)
class AssignmentFolder:
    """One assignment with everything beside it.

    answers: the right functions (and the accepted other forms) over the reference network, by name; trusted side only.
    mistakes: file stem -> source; the stem up to the first dot is the diagnosis code it must get.
    variants: file stem -> source of other right files, which must get full marks; optional.
    equivalent: the mutants that change nothing, by their key (grader.audit.slips), and why; optional.
    version: "sha256:<hex>" over every file of the folder, names included.
    """

    assignment: Assignment
    path: Path
    handout: str
    starter: str
    solution: str
    mistakes: Mapping[str, str]
    answers: Mapping[str, Callable[..., Any]]
    version: str
    variants: Mapping[str, str] = field(default_factory=dict)
    equivalent: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_shipped(self) -> bool:
        """Whether it came with Chainrule, not from a folder of an installation's own."""
        return self.path.parent == SHIPPED


Rule = Callable[[AssignmentFolder], Sequence[str]]
"""Reasons against a folder that is whole in itself, such as checks that anybody passes (grader.vacuity)."""


class Catalog:
    """The assignments of some folders; the built-in ones come from `builtin()`."""

    def __init__(
        self, roots: tuple[Path, ...], rules: tuple[Rule, ...] = (), now: Callable[[], int] = time.time_ns
    ) -> None:
        self._roots = roots
        self._rules = rules
        self._now = now
        self._read: dict[str, AssignmentFolder] = {}
        self._stamps: dict[str, FolderStamp] = {}

    @classmethod
    def builtin(cls, *more: Path, rules: tuple[Rule, ...] = ()) -> "Catalog":
        """The assignments shipped with Chainrule and those of `more` folders, refused where a rule has reasons.

        The tests hold the shipped ones to the rules, so that nobody waits for them.
        """
        return cls((SHIPPED, *more), rules)

    @property
    def own_roots(self) -> tuple[Path, ...]:
        """The folders in which an installation's own assignments are looked for."""
        return tuple(root for root in self._roots if root != SHIPPED)

    def slugs(self) -> tuple[str, ...]:
        """Slugs of all assignments, sorted."""
        return tuple(sorted(self._folders()))

    def get(self, slug: str) -> AssignmentFolder:
        """The assignment called `slug`. Raises UnknownAssignment, or AssignmentInvalid with every reason.

        A folder is read again only when a byte of it changed.
        """
        places = self._folders().get(slug, ())
        if not places:
            raise UnknownAssignment(slug)
        if len(places) > 1:
            raise AssignmentInvalid(slug, (f"it is in several folders: {', '.join(map(str, places))}",))
        known = self._read.get(slug)
        try:
            stamp = folder_stamp(places[0], self._now())
            if known is not None and known.path == places[0] and stamp.vouches_for(self._stamps[slug]):
                return known
            version = folder_version(places[0])
        except OSError as error:
            raise AssignmentInvalid(slug, (f"its folder cannot be read ({error})",)) from error
        if known is None or known.version != version:
            known = read_folder(places[0], version)
            rules = () if known.is_shipped else self._rules
            if reasons := tuple(reason for rule in rules for reason in _judged(rule, known)):
                raise AssignmentInvalid(slug, reasons)
            self._read[slug] = known
        self._stamps[slug] = stamp
        return known

    def usable(self) -> tuple[AssignmentFolder, ...]:
        """Every assignment that can be used, by slug; a broken one stops nothing else."""
        found = []
        for slug in self.slugs():
            with contextlib.suppress(UnknownAssignment, AssignmentInvalid):
                found.append(self.get(slug))
        return tuple(found)

    def _folders(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for root in self._roots:
            for file in root.glob("*/assignment.py"):
                found.setdefault(file.parent.name, []).append(file.parent)
        return found


def folder_version(folder: Path) -> str:
    """Hash of every file's name and bytes; another order of reading or a bytecode cache changes nothing."""
    digest = hashlib.sha256()
    files = {file.relative_to(folder): file for file in folder.rglob("*") if file.is_file()}
    for name in sorted(files, key=lambda path: path.as_posix()):
        if "__pycache__" in name.parts:
            continue
        data = files[name].read_bytes()
        # The length keeps one file's end from being read as the next one's name.
        digest.update(f"{name.as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return f"sha256:{digest.hexdigest()}"


def read_folder(folder: Path, version: str) -> AssignmentFolder:
    """Everything in `folder`, validated. Raises AssignmentInvalid with every reason found.

    assignment.py and answers.py are run, for the instructor is trusted; starter, solution and mistakes stay text.
    """
    slug = folder.name
    reasons: list[str] = []
    texts = {name: _text(folder / name, reasons) for name in TEXTS}
    mistakes = {file.stem: _text(file, reasons) for file in sorted((folder / "mistakes").glob("*.py"))}
    variants = {file.stem: _text(file, reasons) for file in sorted((folder / "variants").glob("*.py"))}
    equivalent = _equivalent(folder / "equivalent.toml", reasons)
    assignment = _run(folder / "assignment.py", reasons).get("ASSIGNMENT")
    answers = _functions(_run(folder / "answers.py", reasons))
    if isinstance(assignment, Assignment):
        try:
            reasons += spec_reasons(assignment, slug)
            reasons += folder_reasons(
                assignment, texts["handout.md"], texts["starter.py"], texts["solution.py"], mistakes, answers
            )
        except (TypeError, AttributeError, ValueError, KeyError) as error:  # a field holds what it never should
            reasons.append(f"ASSIGNMENT is not as reference/spec.py says: {type(error).__name__}: {error}")
    else:
        reasons.append("assignment.py defines no ASSIGNMENT")
    if reasons or not isinstance(assignment, Assignment):
        raise AssignmentInvalid(slug, tuple(reasons))
    return AssignmentFolder(
        assignment=assignment,
        path=folder,
        handout=texts["handout.md"],
        starter=texts["starter.py"],
        solution=texts["solution.py"],
        mistakes=MappingProxyType(mistakes),
        answers=MappingProxyType(answers),
        version=version,
        variants=MappingProxyType(variants),
        equivalent=MappingProxyType(equivalent),
    )


def _judged(rule: Rule, folder: AssignmentFolder) -> Sequence[str]:
    """What a rule has against a folder; that it stops on the folder is a reason too."""
    try:
        return rule(folder)
    except Exception as error:  # answers.py runs in a rule, and may raise anything
        return (f"its checks cannot be tried on constants: {type(error).__name__}: {error}",)


def _text(path: Path, reasons: list[str]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        reasons.append(f"{path.name} is missing")
    except (OSError, UnicodeDecodeError) as error:
        reasons.append(f"{path.name} cannot be read ({error})")
    return ""


def _equivalent(path: Path, reasons: list[str]) -> dict[str, str]:
    """The keys of mutants that behave as the solution does, each with a sentence that says why."""
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(_text(path, reasons))
    except tomllib.TOMLDecodeError as error:
        reasons.append(f"{path.name} is not TOML: {error}")
        return {}
    if unsaid := [key for key, why in found.items() if not isinstance(why, str) or not why.strip()]:
        reasons.append(f"{path.name} does not say why for {', '.join(unsaid)}")
    return {key: str(why) for key, why in found.items()}


class _FreshLoader(SourceFileLoader):
    """Reads the source each time: a bytecode cache cannot tell two edits within one second apart."""

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


def _run(path: Path, reasons: list[str]) -> Mapping[str, Any]:
    """The names an instructor's module defines; a failure is added to `reasons` and gives none.

    The module is importable only while it runs, under a name nobody can guess or share.
    """
    if not path.is_file():
        reasons.append(f"{path.name} is missing")
        return {}
    name = f"_{path.stem}_{uuid4().hex}"
    module = module_from_spec(ModuleSpec(name, loader := _FreshLoader(name, str(path)), origin=str(path)))
    # dataclasses look their module up by name while a class is made.
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except (Exception, SystemExit) as error:  # whatever an instructor's module raises is one of the reasons
        reasons.append(f"{path.name} fails when it is run: {type(error).__name__}: {error}")
        return {}
    finally:
        del sys.modules[name]
    return vars(module)


def _functions(names: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """The functions that a module itself defines or has made, without those it imports and without private ones."""
    return {
        name: value
        for name, value in names.items()
        if isinstance(value, FunctionType) and not name.startswith("_")
        if value.__module__ == names["__name__"] or MADE in value.__qualname__
    }
