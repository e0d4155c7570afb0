"""Notebooks become the text of their code cells, and nothing in them is run."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.errors import RejectedUpload
from submissions.uploads.intake import ReceivedUpload, receive


def notebook(*sources: str | list[str], **extra: Any) -> bytes:
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "source": "# Title"}]
    cells += [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4} | extra).encode()


def join(*sources: str | list[str]) -> ReceivedUpload:
    return receive("work.ipynb", notebook(*sources))


def code_of(data: bytes) -> set[str]:
    with pytest.raises(RejectedUpload) as rejected:
        receive("work.ipynb", data)
    return {reason.code for reason in rejected.value.reasons}


def test_code_cells_are_joined_in_order_under_their_numbers() -> None:
    received = join(["import numpy as np\r\n", "x = 1"], "def f():\n    return 2\n")
    assert received.upload.entry.name == "work.py"
    assert received.upload.entry.text.split("\n") == [
        "# cell 2",
        "import numpy as np",
        "x = 1",
        "",
        "# cell 3",
        "def f():",
        "    return 2",
        "",
        "",
    ]
    assert received.notes == ()


def test_magics_become_comments_and_are_named() -> None:
    received = join("%matplotlib inline\n!pip install numpy\nnp.dot?\nx = 1")
    assert received.upload.entry.text.startswith(
        "# cell 2\n# %matplotlib inline\n# !pip install numpy\n# np.dot?\nx = 1"
    )
    (note,) = received.notes
    assert note.code == "MAGICS_DROPPED"
    assert note.evidence["count"] == 3
    assert note.evidence["statements"] == ["%matplotlib inline", "!pip install numpy", "np.dot?"]
    assert note.lines == (2, 4)


def test_what_a_magic_gives_is_no_python_and_a_cell_of_another_process_is_none() -> None:
    text = join(
        "files = !ls\n_ = %who_ls\na, b = !cat x\nx = y != 2\n", "%%python3\ndef relu(x): return x"
    ).upload.entry.text
    assert text.split("\n") == [
        *("# cell 2", "# files = !ls", "# _ = %who_ls", "# a, b = !cat x", "x = y != 2", "", ""),
        *("# cell 3", "# %%python3", "# def relu(x): return x", ""),
    ]


def test_a_block_that_is_only_a_magic_stays_a_block() -> None:
    text = join("if colab:\n    !pip install x \\\n      y\nx = 1").upload.entry.text
    assert "if colab:\n    pass  # !pip install x \\\n      pass  # y\nx = 1" in text


@pytest.mark.parametrize("line", ["% b)", "     %(name)s", "!= b)", "    % b)", "a = b ? c"])
def test_what_continues_an_expression_stays(line: str) -> None:
    received = join(f"a = (c\n{line}")
    assert line in received.upload.entry.text.split("\n")
    assert received.notes == ()


def test_cell_magics_keep_python_and_drop_other_languages() -> None:
    text = join("%%time\nx = 1", "%%bash\nrm -rf /\n\nls", "y = 2").upload.entry.text
    assert "# %%time\nx = 1" in text
    assert "# %%bash\n# rm -rf /\n\n# ls" in text
    assert "\ny = 2" in text


def test_the_older_format_is_read_too() -> None:
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"]}]}], "nbformat": 3}
    assert "x = 1" in receive("a.ipynb", json.dumps(old).encode()).upload.entry.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x = 1", "NOT_A_NOTEBOOK"),
        (b"[1]", "NOT_A_NOTEBOOK"),
        (b'{"cells": 3}', "NOT_A_NOTEBOOK"),
        (b"[" * 200_000, "NOT_A_NOTEBOOK"),
        (b'{"cells": ' + b"9" * 5000 + b"}", "NOT_A_NOTEBOOK"),
        (b'{"cells": []}\xff', "NOT_UTF8"),
        (b'{"cells": []}', "EMPTY"),
        (notebook("  \n"), "EMPTY"),
        (notebook("x = '\0'"), "BINARY"),
        (b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}', "SURROGATE"),
        (notebook("x <- 1", metadata={"kernelspec": {"language": "R"}}), "WRONG_LANGUAGE"),
    ],
)
def test_what_is_no_python_notebook_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == {code}


def test_nothing_in_a_cell_is_run(tmp_path: Path) -> None:
    target = tmp_path / "written"
    join(f"!touch {target}", f"open({str(target)!r}, 'w')", f"%%bash\ntouch {target}")
    assert not target.exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "cell_type", "source", "worksheets", "input", "metadata", "kernelspec", "language"]
            ),
            inner | st.just("code"),
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_received_or_rejected(value: Any) -> None:
    try:
        receive("a.ipynb", json.dumps(value).encode())
    except RejectedUpload as rejected:
        assert rejected.reasons
