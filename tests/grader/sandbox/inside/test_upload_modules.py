"""Under which names the files of an upload can be imported, and which of two of one name is meant."""

from grader.sandbox.inside.loader import Loader
from grader.sandbox.inside.upload_modules import module_names
from grader.sandbox.inside.wire import Loaded


def file_of(module: str, *files: str) -> str | None:
    found = module_names([(name, "") for name in files]).get(module)
    return found[0] if found else None


def test_a_file_has_its_whole_name_and_those_without_the_outer_folders() -> None:
    files = ("main.py", "a2/nn/layers.py", "a2/nn/__init__.py")

    assert {file_of(name, *files) for name in ("a2.nn.layers", "nn.layers", "layers")} == {"a2/nn/layers.py"}
    assert {file_of(name, *files) for name in ("a2.nn", "nn")} == {"a2/nn/__init__.py"}
    assert file_of("a2", *files) is None


def test_what_lies_beside_the_graded_file_comes_first() -> None:
    assert file_of("layers", "hw/main.py", "backup/layers.py", "hw/layers.py") == "hw/layers.py"
    assert file_of("layers", "hw/main.py", "layers.py", "hw/layers.py") == "layers.py"  # its whole name
    assert file_of("layers", "main.py", "b/layers.py", "a/layers.py") == "b/layers.py"  # else in their order
    assert file_of("nn.layers", "hw/main.py", "old/nn/layers.py", "hw/nn/layers.py") == "hw/nn/layers.py"


def loaded(*files: tuple[str, str]) -> Loaded:
    found = Loader(files).load()
    assert isinstance(found, Loaded)
    return found


def test_a_package_below_the_folder_of_the_graded_file_is_imported() -> None:
    files = (
        ("hw/a2/main.py", "import nine.layers as L\nrelu = L.relu\n"),
        ("hw/a2/nine/layers.py", "def relu(x): pass\n"),
    )

    assert {"relu"} <= {found.name for found in loaded(*files).definitions}


def test_other_names_in_other_files_stand_in_too() -> None:
    files = (
        ("net10.py", "def linear(x, w, b): pass\n"),
        ("submission10.py", "from net10 import linear as compute_layer\nforward_prop = compute_layer\n"),
    )
    found = {each.name: each for each in loaded(*files).definitions}

    assert {"linear", "compute_layer", "forward_prop"} <= set(found)
    assert found["compute_layer"].parameters == ("x", "w", "b")
    assert (found["linear"].first_line, found["forward_prop"].first_line) == (1, 0)


def test_of_two_other_files_the_first_stands_in() -> None:
    files = ("top11.py", "x = 1\n"), ("fresh11.py", "def f(new): pass\n"), ("a11.py", "def f(old): pass\n")
    (found,) = loaded(*files).definitions

    assert found.parameters == ("new",)
