"""Archives are read in memory, under caps, and what could lead outside or explode is refused.

Damaged and odd archives are drawn in tests/fuzz.
"""

import json
import stat
import zipfile
from io import BytesIO

import pytest

from submissions.errors import RejectedUpload
from submissions.uploads.archive import MAX_FILES, MAX_UNPACKED_BYTES
from submissions.uploads.intake import receive


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def special(name: str, mode: int) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (mode | 0o644) << 16
        archive.writestr(info, b"/etc/passwd")
        archive.writestr("main.py", b"x = 1\n")
    return buffer.getvalue()


def codes(data: bytes) -> set[str]:
    with pytest.raises(RejectedUpload) as rejected:
        receive("work.zip", data)
    assert all(reason.sentence.isprintable() for reason in rejected.value.reasons)
    return {reason.code for reason in rejected.value.reasons}


def names(files: dict[str, bytes]) -> list[str]:
    return [file.name for file in receive("work.zip", packed(files)).upload.files]


def test_python_files_are_kept_without_their_one_folder() -> None:
    received = receive(
        "work.zip",
        packed(
            {
                "hw1/network.py": b"import layers\r\n",
                "hw1/layers.py": b"x = 1\n",
                "hw1/data.csv": b"1,2",
                "__MACOSX/hw1/._network.py": b"\0\0",
                "hw1/.git/config.py": b"\0",
                "hw1/__pycache__/x.py": b"\0",
            }
        ),
    )
    assert [(file.name, file.text) for file in received.upload.files] == [
        ("network.py", "import layers\n"),
        ("layers.py", "x = 1\n"),
    ]
    assert [(note.code, note.evidence) for note in received.notes] == [
        ("FILES_IGNORED", {"count": 1, "names": ["hw1/data.csv"]}),
        ("ENTRY_CHOSEN", {"name": "network.py", "files": 2}),
    ]


def test_a_package_keeps_its_folder() -> None:
    assert names({"net/__init__.py": b"", "net/main.py": b"from net import x\n"}) == ["net/main.py", "net/__init__.py"]


def test_paths_that_windows_wrote_are_paths() -> None:
    assert names({"hw\\net\\layers.py": b"x = 1", "hw\\main.py": b"x = 1", "hw\\net\\": b""}) == [
        "main.py",
        "net/layers.py",
    ]


def notebook(*cells: str) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()


def test_notebooks_in_an_archive_are_modules_too() -> None:
    received = receive(
        "work.zip", packed({"a/hw.ipynb": notebook("def relu(x): pass"), "a/broken.ipynb": b"{", "a/hw.txt": b""})
    )
    assert [(file.name, file.text) for file in received.upload.files] == [("hw.py", "# cell 1\ndef relu(x): pass\n")]
    assert [note.evidence["names"] for note in received.notes] == [["a/hw.txt", "broken.ipynb"]]


def test_a_notebook_beside_a_module_of_its_name_has_another() -> None:
    files = {"net.py": b"def f(): pass", "net.ipynb": notebook("import net"), "net_notebook.py": b"x = 1"}
    assert names(files) == ["net.py", "net_notebook.py"]
    del files["net_notebook.py"]
    assert names(files) == ["net.py", "net_notebook.py"]


def test_what_a_notebook_in_an_archive_writes_lies_beside_it() -> None:
    cells = notebook("%%writefile layers.py\ndef f(): pass", "%%writefile taken.py\nx = 1", "from layers import f")
    files = receive("work.zip", packed({"a/hw.ipynb": cells, "a/taken.py": b"y = 2", "b.py": b"z = 3"})).upload.files
    assert {file.name: file.text for file in files if file.name != "a/hw.py"} == {
        "a/layers.py": "def f(): pass\n",
        "a/taken.py": "y = 2",
        "b.py": "z = 3",
    }


def test_what_notebooks_write_counts_among_the_files() -> None:
    cells = notebook(*(f"%%writefile m{n}.py\nx = 1" for n in range(20)))

    assert codes(packed({f"hw{n}/work.ipynb": cells for n in range(3)})) == {"ZIP_TOO_MANY"}


def test_names_of_too_many_bytes_are_refused() -> None:
    assert codes(packed({"\N{GRINNING FACE}" * 200 + ".py": b"x = 1"})) == {"ZIP_UNSAFE_NAME"}


def test_a_notebook_of_too_many_lines_is_left_out() -> None:
    received = receive("work.zip", packed({"main.py": b"x = 1", "long.ipynb": notebook("%a\n" * 60_000)}))

    assert [file.name for file in received.upload.files] == ["main.py"]
    assert [note.code for note in received.notes] == ["FILES_IGNORED"]
    with pytest.raises(RejectedUpload, match=r"long\.ipynb itself"):
        receive("work.zip", packed({"long.ipynb": notebook("%a\n" * 60_000)}))
    with pytest.raises(RejectedUpload, match=r"more than 50,000 lines"):
        receive("long.ipynb", notebook("%a\n" * 60_000))


def test_what_a_tool_left_beside_the_work_is_not_looked_at() -> None:
    installed = {f"venv/lib/python3.12/site-packages/numpy/m{n}.py": b"x = 1" for n in range(60)}
    received = receive(
        "work.zip", packed({"main.py": b"x = 1", "node_modules/a/b.py": b"y = 1", "hw/Icon\r": b"", **installed})
    )

    assert [file.name for file in received.upload.files] == ["main.py"]
    assert received.notes == ()


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("%run parts/layers.ipynb", "from parts.layers import *  # %run parts/layers.ipynb"),
        ("%run -i ./tools.py", "from tools import *  # %run -i ./tools.py"),
        ('%run "tools"', 'from tools import *  # %run "tools"'),
        ("%run late.py", "from late import *  # %run late.py"),
        ("%run setup.ipynb", "# %run setup.ipynb"),
        ("%run ../main.py", "# %run ../main.py"),
        ("%run tools.py --fast", "# %run tools.py --fast"),
    ],
)
def test_a_notebook_has_what_another_that_it_runs_defines(line: str, kept: str) -> None:
    main = notebook("%%writefile late.py\nx = 1", f"{line}\ndef f(): pass")
    files = {
        "hw/work.ipynb": main,
        "hw/parts/layers.ipynb": notebook("x = 1"),
        "hw/tools.py": b"y = 2",
        "main.py": b"x = 1",
    }
    texts = {file.name: file.text for file in receive("work.zip", packed(files)).upload.files}

    assert f"\n{kept}\n" in texts["hw/work.py"]


def test_a_line_of_blanks_is_looked_at_once() -> None:
    received = receive("work.ipynb", notebook(f"%run layers.ipynb{' ' * 500_000}x", "x = 1"))

    assert received.upload.entry.text.endswith("x = 1\n")


def test_a_notebook_that_is_too_large_is_left_out() -> None:
    received = receive("work.zip", packed({"main.py": b"x = 1", "big.ipynb": b"#" * 1_000_000}))
    assert [file.name for file in received.upload.files] == ["main.py"]
    assert [note.code for note in received.notes] == ["FILES_IGNORED"]


@pytest.mark.parametrize("name", ["../a.py", "/a.py", "a/../../b.py", "C:/a.py", "..\\a.py", "a\x1b.py", "\\\\h\\a.py"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert "ZIP_UNSAFE_NAME" in codes(packed({name: b"x", "main.py": b"x = 1"}))


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_links_and_devices_are_refused(mode: int) -> None:
    assert codes(special("data", mode)) == {"ZIP_LINK"}
    assert codes(special("link.py", mode)) == {"ZIP_LINK"}


def test_encrypted_files_are_refused() -> None:
    data = bytearray(packed({"main.py": b"x = 1\n"}, zipfile.ZIP_STORED))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes(bytes(data)) == {"ZIP_ENCRYPTED"}


def test_archives_in_archives_are_refused_and_packed_data_is_left_out() -> None:
    assert codes(packed({"main.py": b"x", "inner.zip": b"PK"})) == {"ZIP_NESTED"}
    assert codes(packed({"main.py": b"x", "inner.tar.gz": b"PK"})) == {"ZIP_NESTED"}
    assert codes(packed({"main.py": packed({"a.py": b"x"})})) == {"BINARY"}
    received = receive("work.zip", packed({"main.py": b"x", "data/images.gz": b"PK"}))
    assert [file.name for file in received.upload.files] == ["main.py"]
    assert [note.evidence["names"] for note in received.notes] == [["data/images.gz"]]


def test_two_files_of_one_name_are_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("main.py", b"x = 1\n")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("main.py", b"x = 2\n")
    assert codes(buffer.getvalue()) == {"ZIP_DUPLICATE"}
    assert codes(packed({"a.py": b"x", "./a.py": b"y"})) == {"ZIP_DUPLICATE"}


def test_fifty_files_pass_and_one_more_does_not() -> None:
    files = {f"m{number}.py": b"x = 1\n" for number in range(MAX_FILES)}
    assert len(names(files)) == MAX_FILES
    assert codes(packed(files | {"more.py": b"x"})) == {"ZIP_TOO_MANY"}


def test_what_explodes_is_refused_while_it_is_read() -> None:
    assert codes(packed({"main.py": b"#" * (MAX_UNPACKED_BYTES + 1)})) == {"ZIP_TOO_LARGE"}
    assert codes(packed({"main.py": b"#" * 1_000_000})) == {"ZIP_TOO_LARGE"}  # a thousandfold
    assert len(names({"main.py": b"#" * 60_000})) == 1  # small: harmless


def test_many_files_explode_together() -> None:
    lines = b"".join(b"x" * 60 + b"%d\n" % (number * 7919 % 10_007) for number in range(5_000))  # about 20:1
    files = {f"m{number}.py": lines for number in range(MAX_UNPACKED_BYTES // len(lines) + 1)}
    assert codes(packed(files)) == {"ZIP_TOO_LARGE"}
    files.popitem()
    assert len(names(files)) == len(files)


def test_a_directory_that_lies_about_sizes_helps_nobody() -> None:
    data = bytearray(packed({"main.py": b"#" * 3_000_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    assert codes(bytes(data)) <= {"BAD_ZIP", "ZIP_TOO_LARGE"}


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"x = 1\n", b"PK\x05\x06" + b"\0" * 10])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert codes(data) == {"BAD_ZIP"}


def test_other_methods_of_packing_are_refused() -> None:
    assert codes(packed({"main.py": b"x = 1\n" * 100}, zipfile.ZIP_LZMA)) == {"BAD_ZIP"}


def test_an_archive_without_python_says_what_to_do() -> None:
    with pytest.raises(RejectedUpload, match="work\\.ipynb itself"):
        receive("work.zip", packed({"work.ipynb": b"{}"}))  # which says what is wrong with it
    assert codes(packed({})) == {"ZIP_NO_PYTHON"}


def test_every_reason_is_given() -> None:
    assert codes(packed({"../a.txt": b"x", "b.tar.gz": b"x"})) == {"ZIP_UNSAFE_NAME", "ZIP_NESTED", "ZIP_NO_PYTHON"}
    with pytest.raises(RejectedUpload) as rejected:
        receive("work.zip", packed({"a.py": b"\xff", "b.py": b"\0", "c.py": b"x"}))
    assert [reason.code for reason in rejected.value.reasons] == ["NOT_UTF8", "BINARY"]


def test_an_empty_file_to_grade_is_refused_and_an_empty_module_is_not() -> None:
    assert codes(packed({"main.py": b"\n", "other.py": b"x = 1"})) == {"EMPTY"}
    assert len(names({"main.py": b"x = 1", "other.py": b""})) == 2
