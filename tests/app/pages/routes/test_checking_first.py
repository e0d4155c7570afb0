"""A look before handing in: what it says, and that it costs and stores nothing."""

import json
from typing import Any

from sqlalchemy import create_engine, text

from reference.catalog import Catalog

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
SOLUTION = Catalog.builtin().get("ece421-numpy-nn").solution


def check(site: Any, data: bytes, name: str = "a1.py", **fields: str) -> Any:
    form = {"csrf_token": site.token(), **fields}
    files = {"file": (name, data)} if data or name else None
    return site.client.post(f"{PATH}/check", data=form, files=files)


def rows(site: Any) -> dict[str, int]:
    """How many rows each table has."""
    engine = create_engine(site.context.settings.database)
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        found = {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}
    engine.dispose()
    return found


def test_a_right_file_has_every_name_and_nothing_is_stored(site: Any) -> None:
    site.login("student")
    before = rows(site)
    answer = check(site, SOLUTION.encode())
    assert answer.status_code == 200
    assert "Nothing is missing in <code>a1.py</code>" in answer.text
    assert "eight names of the 8" in answer.text
    assert "no attempt is used" in answer.text
    assert "3 of 3 left" in answer.text
    assert "choose the file again" in answer.text
    assert rows(site) == before


def test_functions_of_a_module_that_a_notebook_writes_are_there(site: Any) -> None:
    site.login("student")
    cells = [f"%%writefile net/layers.py\n{SOLUTION}", "from net.layers import *"]
    notebook = {"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4}
    page = check(site, json.dumps(notebook).encode(), "a1.ipynb").text
    assert "Nothing is missing in <code>a1.py</code>" in page
    assert "Not run when loading" not in page and "commands were not run" not in page


def test_missing_names_syntax_and_skipped_statements_are_told(site: Any) -> None:
    site.login("student")
    other = SOLUTION.replace("def grad_ce(", "def gradce_loss(") + "\nprint(relu(1))\n"
    page = check(site, other.encode()).text
    assert "One thing would cost points" in page
    assert "The name that comes nearest is gradce_loss." in page
    assert "Not run when loading your file: call of print." in page
    page = check(site, b"x = 1\ndef f(:\n").text
    assert "Your file does not load: SyntaxError on line 2" in page


def test_the_wrong_kind_of_file_is_told_as_when_handing_in(site: Any) -> None:
    site.login("student")
    answer = check(site, b"%PDF-1.4", "a1.pdf")
    assert answer.status_code == 422
    assert "Upload a Python file (.py), a notebook (.ipynb) or an archive (.zip)." in answer.text
    assert "In your file" in answer.text


def test_pasted_code_is_checked_and_kept(site: Any) -> None:
    site.login("student")
    page = check(site, b"", "", code="def relu(x): return '<b>'").text
    assert "Seven things would cost points" in page
    assert "choose the file again" not in page
    assert "def relu(x): return &#39;&lt;b&gt;&#39;</textarea>" in page


def test_the_script_gets_the_answer_alone(site: Any) -> None:
    site.login("student")
    page = check(site, SOLUTION.encode(), fragment="1").text
    assert page.startswith('<div class="precheck"')
    assert "<html" not in page


def test_nothing_chosen_says_so(site: Any) -> None:
    site.login("student")
    answer = site.client.post(f"{PATH}/check", data={"csrf_token": site.token()})
    assert answer.status_code == 422
    assert "Choose a file or paste your code first." in answer.text


def test_whatever_a_student_writes_is_text(site: Any, hostile_text: str) -> None:
    site.login("student")
    for source in (f"{hostile_text!r} if x else y", f"print[{hostile_text!r}]()", hostile_text):
        page = check(site, source.encode(), "<img src=x>.py").text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\x1b" not in page


def test_without_its_token_or_a_course_nothing_is_checked(site: Any) -> None:
    site.login("student")
    assert site.client.post(f"{PATH}/check", files={"file": ("a.py", b"x")}).status_code == 403
    site.login("stranger")
    assert check(site, b"x = 1").status_code == 404


def test_too_many_looks_are_asked_to_wait(site: Any) -> None:
    site.login("student")
    answers = [check(site, b"x = 1", "a.py", fragment="1") for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert "Nothing was checked: so many files came at once. Try again in 3 seconds." in answers[-1].text
    assert answers[-1].headers["Retry-After"] == "3"
