"""Cells that write a module make it a further file of the upload; what is no such cell stays dropped and counted."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.grade import grade
from grader.report import Score
from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox
from reference.catalog import Catalog
from submissions.uploads.intake import ReceivedUpload, receive
from submissions.uploads.written_files import MAX_WRITTEN_FILES


def join(*sources: str | list[str], name: str = "work.ipynb") -> ReceivedUpload:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return receive(name, json.dumps({"cells": cells, "nbformat": 4}).encode())


def written(*sources: str | list[str]) -> dict[str, str]:
    """Text by path of the files after the entry."""
    return {file.name: file.text for file in join(*sources).upload.files[1:]}


def dropped(received: ReceivedUpload) -> int:
    """How many lines are said not to have been run."""
    counts = [note.evidence["count"] for note in received.notes if note.code == "MAGICS_DROPPED"]
    return sum(count for count in counts if isinstance(count, int))


def test_a_written_module_is_a_file_and_its_cell_stays_as_comments() -> None:
    received = join(
        "import numpy as np",
        ["%%writefile layers.py\r\n", "def relu(x):\r\n", "\r\n", "    return x * (x > 0)"],
        "from layers import relu\ny = 1",
    )
    entry, layers = received.upload.files
    assert (layers.name, layers.text) == ("layers.py", "def relu(x):\n\n    return x * (x > 0)\n")
    assert entry.name == "work.py"
    assert entry.text.split("\n") == [
        "# cell 1",
        "import numpy as np",
        "",
        "# cell 2",
        "# %%writefile layers.py",
        "# def relu(x):",
        "",
        "# return x * (x > 0)",
        "",
        "# cell 3",
        "from layers import relu",
        "y = 1",
        "",
    ]
    assert received.notes == ()


def test_other_magics_are_counted_as_before() -> None:
    received = join("%matplotlib inline\n%%time", "%%file a.py\n!ls\nx = 1", "!pip install x\nx = 2")
    (note,) = received.notes
    assert note.evidence["count"] == 3
    assert note.evidence["statements"] == ["%matplotlib inline", "%%time", "!pip install x"]
    assert note.lines == (2, 11)
    assert received.upload.entry.text.split("\n")[10] == "# !pip install x"


def test_magics_within_are_text_of_the_file() -> None:
    assert written("%%writefile a.py\n%matplotlib inline\n!ls\n%%time\nhelp?") == {
        "a.py": "%matplotlib inline\n!ls\n%%time\nhelp?\n"
    }


def test_a_later_cell_replaces_and_keeps_the_place() -> None:
    files = written("%%writefile a.py\nx = 1", "%%writefile b.py\ny = 1", "%%file ./a.py\nx = 2\n")
    assert list(files.items()) == [("a.py", "x = 2\n"), ("b.py", "y = 1\n")]


@pytest.mark.parametrize("rest", ["-a a.py", "a.py -a", "--append a.py", "  a.py   --append  ", "-a 'a.py'"])
def test_appending_adds_lines(rest: str) -> None:
    assert written("%%writefile a.py\nx = 1", f"%%writefile {rest}\ny = 2") == {"a.py": "x = 1\ny = 2\n"}


def test_appending_to_nothing_begins_the_file_and_writing_begins_it_anew() -> None:
    assert written("%%writefile -a a.py\nx = 1") == {"a.py": "x = 1\n"}
    cells = ("%%writefile -a a.py\nx = 1", "%%writefile a.py\nx = 2", "%%file -a a.py\nx = 3")
    assert written(*cells) == {"a.py": "x = 2\nx = 3\n"}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("layers.py", "layers.py"),
        ("./layers.py", "layers.py"),
        ("~/layers.py", "layers.py"),
        ("/content/layers.py", "layers.py"),
        ("/kaggle/working/layers.py", "layers.py"),
        ("/layers.py", "layers.py"),
        ("//layers.py", "layers.py"),
        ("net/layers.py", "net/layers.py"),
        ("./net//./layers.py", "net/layers.py"),
        ("/content/drive/net/layers.py", "drive/net/layers.py"),
        (".\\net\\layers.py", "net/layers.py"),
        ("C:\\net\\layers.py", "net/layers.py"),
        ('"my net/layers.py"', "my net/layers.py"),
        ("'layers.py'", "layers.py"),
        ("gr\u00f6\u00dfe.py", "gr\u00f6\u00dfe.py"),
        ("net/work.py", "net/work.py"),
        ("a" * 252 + ".py", "a" * 252 + ".py"),
    ],
)
def test_paths_become_those_of_an_upload(given: str, path: str) -> None:
    received = join(f"%%writefile {given}\nx = 1", "y = 1")
    assert [file.name for file in received.upload.files] == ["work.py", path]
    assert dropped(received) == 0


@pytest.mark.parametrize(
    "given",
    [
        "",
        "data.csv",
        "layers.PY",
        "layers.py.txt",
        "../layers.py",
        "net/../layers.py",
        "..\\layers.py",
        "$name.py",
        "{name}.py",
        "a\tb.py",
        "a\x1bb.py",
        "\u202eyp.py",
        "ne\u200bt.py",
        ".py",
        ".hidden/layers.py",
        "two words.py",
        "a.py b.py",
        "a.py --force",
        '"a.py',
        '"',
        '""',
        "-a",
        "a" * 253 + ".py",
    ],
)
def test_what_names_no_python_file_of_an_upload_stays_dropped(given: str) -> None:
    received = join(f"%%writefile {given}\nx = 1", "y = 1")
    assert [file.name for file in received.upload.files] == ["work.py"]
    assert received.upload.entry.text.split("\n")[2] == "# x = 1"
    assert dropped(received) == 2


def test_other_cell_magics_write_nothing() -> None:
    received = join("%%bash\ncat > a.py", "%%writefiles a.py\nx = 1", "x = 1\n%%writefile a.py\ny = 1")
    assert len(received.upload.files) == 1
    assert dropped(received) == 5


def test_files_beyond_the_limit_stay_dropped_and_those_within_can_still_change() -> None:
    cells = [f"%%writefile a{number}.py\nx = {number}" for number in range(MAX_WRITTEN_FILES + 1)]
    received = join(*cells, "%%writefile -a a0.py\ny = 1", "z = 1")
    assert len(received.upload.files) == 1 + MAX_WRITTEN_FILES
    assert received.upload.files[1].text == "x = 0\ny = 1\n"
    assert dropped(received) == 2


def test_empty_files_are_left_out() -> None:
    received = join("%%writefile net/__init__.py", "%%writefile net/layers.py\nx = 1", "%%writefile b.py\n \n", "y = 1")
    assert [file.name for file in received.upload.files] == ["work.py", "net/layers.py"]
    assert dropped(received) == 0


def test_nothing_is_written(tmp_path: Path) -> None:
    join(f"%%writefile {tmp_path}/a.py\nx = 1", "y = 1")
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with closing(ContainerSandbox()) as container:
        yield container


@pytest.mark.parametrize("path", ["net/layers.py", "/content/net/layers.py"])
def test_what_a_cell_imports_from_a_written_module_is_graded(sandbox: Sandbox, path: str) -> None:
    folder = Catalog.builtin().get("ece421-numpy-nn")
    right = "import numpy as np\n\ndef relu(x):\n    return np.maximum(x, 0)\n"
    wrong = right.replace("(x, 0)", "(x, 1)")

    def points(source: str) -> Score:
        received = join("%%writefile net/__init__.py", f"%%writefile {path}\n{source}", "from net.layers import relu")
        report = grade(folder, received.upload, sandbox, "public:1")
        (part,) = [part for part in report.parts if part.name == "relu"]
        return part.points

    assert points(right).given == points(right).maximum > 0
    assert points(wrong).given < points(wrong).maximum


def test_a_notebook_may_write_the_module_of_its_own_name() -> None:
    received = join("%%writefile network.py\ndef f(): pass", "from network import *", name="network.ipynb")

    assert [file.name for file in received.upload.files] == ["network_notebook.py", "network.py"]


def test_a_cell_whose_magic_stands_indented_is_read_as_jupyter_does() -> None:
    assert written("\n  %%writefile a.py\n  def f():\n    pass") == {"a.py": "def f():\n  pass\n"}
    assert written("  if True:\n    x = 1") == {}


def test_a_path_of_too_many_bytes_is_none() -> None:
    assert written("%%writefile " + "\N{GRINNING FACE}" * 200 + ".py\nx = 1") == {}
