"""A look before handing in: nothing is claimed of right files, and what is missing is named once."""

import pytest

from grader import messages
from grader.precheck import Precheck, precheck
from grader.sandbox.inside.outline_answer import answer
from grader.sandbox.outline import Outline, Unloadable, read_answer
from reference.catalog import AssignmentFolder, Catalog

SLUGS = Catalog.builtin().slugs()


def looked_at(folder: AssignmentFolder, source: str) -> Precheck:
    return precheck(folder.assignment, read_answer(answer([("a.py", source)])))


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_missing_in_files_that_have_every_name(slug: str) -> None:
    folder = Catalog.builtin().get(slug)
    for name, source in {"solution": folder.solution, "starter": folder.starter, **folder.variants}.items():
        found = looked_at(folder, source)
        assert found.faults == (), name
        assert found.read
        assert found.found == found.asked


@pytest.mark.parametrize("slug", SLUGS)
def test_of_an_empty_file_every_definition_is_missing(slug: str) -> None:
    folder = Catalog.builtin().get(slug)
    found = looked_at(folder, "x = 1\n")
    named = {fault.function for fault in found.faults}

    assert {name if name in named else name.partition(".")[0] for name in found.asked} == named
    assert found.found == ()


@pytest.mark.parametrize("slug", SLUGS)
def test_only_a_file_without_any_definition_has_nothing_to_grade(slug: str) -> None:
    folder = Catalog.builtin().get(slug)
    assert looked_at(folder, "x = 1\n").nothing
    assert looked_at(folder, "def f(:\n").nothing
    assert not looked_at(folder, folder.starter).nothing
    assert not precheck(folder.assignment, None).nothing


def test_what_may_be_inherited_or_is_optional_is_something() -> None:
    net, mlp = Catalog.builtin().get("aarhus-net-classifier"), Catalog.builtin().get("ece544-mlp")
    assert looked_at(net, "class NetClassifier: pass\n").nothing
    assert not looked_at(net, "class NetClassifier(Base): pass\n").nothing
    assert not looked_at(mlp, "def tdnn1d(x): return x\n").nothing


def test_an_optional_part_that_is_left_out_costs_nothing() -> None:
    folder = Catalog.builtin().get("ece544-mlp")
    found = looked_at(folder, folder.solution.partition("def tdnn1d(")[0])

    assert found.faults == ()
    assert "tdnn1d" not in found.asked


def test_a_name_that_is_nearly_there_is_told() -> None:
    folder = Catalog.builtin().get("ece421-numpy-nn")
    found = looked_at(folder, folder.solution.replace("def grad_ce(", "def gradce_loss("))
    (fault,) = found.faults

    assert messages.sentence(fault) == "grad_ce is not in your file. The name that comes nearest is gradce_loss."


def test_methods_that_may_be_inherited_are_not_called_missing() -> None:
    folder = Catalog.builtin().get("aarhus-net-classifier")
    owner = "NetClassifier"

    def missing(source: str) -> set[str]:
        return {fault.function for fault in looked_at(folder, source).faults if fault.function.startswith(owner)}

    assert f"{owner}.fit" in missing(f"class {owner}: pass\n")
    assert missing(f"class {owner}(Base): pass\n") == set()


def test_a_file_that_does_not_load_is_told_with_its_line() -> None:
    found = looked_at(Catalog.builtin().get("ece421-numpy-nn"), "x = 1\ndef f(:\n")
    (fault,) = found.faults

    assert messages.sentence(fault) == "Your file does not load: SyntaxError on line 2: invalid syntax"
    assert found.lines == (2,)


def test_skipped_statements_and_stand_ins_are_notes() -> None:
    folder = Catalog.builtin().get("ece421-numpy-nn")
    found = looked_at(folder, folder.solution + "\nimport torch\nprint(relu(1))\n")

    assert [note.code for note in found.notes] == ["SKIPPED_AT_LOAD", "STAND_IN"]
    assert found.faults == ()


def test_no_outline_claims_nothing() -> None:
    found = precheck(Catalog.builtin().get("ece421-numpy-nn").assignment, None)

    assert not found.read
    assert found.faults == ()


def test_an_answer_is_read_as_what_it_is() -> None:
    assert read_answer({"unread": True}) is None
    assert read_answer({"fault": ["SyntaxError", "bad", 3]}) == Unloadable("SyntaxError", "bad", 3)
    empty: dict[str, list[str]] = {"definitions": [], "inheriting": [], "skipped": [], "absent": [], "out_of_reach": []}
    assert read_answer(empty) == Outline((), frozenset(), (), ())
