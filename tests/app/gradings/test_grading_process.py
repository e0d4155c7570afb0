"""What the grading process makes of its questions; its real run is in test_grading.py."""

import io
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from typing import Any, cast

import pytest

from app.gradings import workbench
from app.gradings.grading_process import raised_in, serve
from app.gradings.workbench import Workbench
from app.logs.lines import TextLines
from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Sandbox, Stopped
from grader.sandbox.unsafe import UnsafeSandbox
from grader.sandbox.wall import Wall
from reference.catalog import SHIPPED
from submissions.errors import RejectedUpload

HELD = (Wall("NumPy computes", True, True, ""),)
LOST = (Wall("NumPy computes", True, True, ""), Wall("no network", True, False, "came back"))


class Bench(Workbench):
    """A bench whose sandbox is never opened; its canaries come out as given, one after the other."""

    def __init__(self, *canaries: tuple[Wall, ...] | Exception) -> None:
        left = list(canaries)

        def examined(_sandbox: Sandbox) -> tuple[Wall, ...]:
            walls = left.pop(0)
            if isinstance(walls, Exception):
                raise walls
            return walls

        sandbox = UnsafeSandbox()
        sandbox.level = "container"
        super().__init__(sandbox, examined)


def question(source: bytes, size: int | None = None) -> bytes:
    header = {
        "assignment": "ece421-numpy-nn",
        "filename": "a1.py",
        "size_bytes": len(source) if size is None else size,
        "seed": "secret:1",
        "assignment_dirs": [],
    }
    return json.dumps(header).encode() + b"\n" + source


def served(questions: Sequence[bytes], bench: Workbench) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    serve(io.BytesIO(b"".join(questions)), told.append, bench)
    return told


def test_a_wall_that_does_not_hold_is_told_before_anything_is_read() -> None:
    assert served([b"never read"], Bench(LOST)) == [{"lost": "The wall 'no network' no longer holds: came back"}]


def test_a_canary_that_dies_between_two_jobs_stops_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "CANARY_SECONDS", 0.0)
    told = served([question(b"def f(:")], Bench(HELD, LOST))

    assert told == [{"lost": "The wall 'no network' no longer holds: came back"}]


def test_a_broken_sandbox_tells_no_report() -> None:
    with pytest.raises(SandboxBroken):
        served([question(b"x = 1")], Bench(SandboxBroken("lost its pipe")))


def test_one_process_answers_every_question() -> None:
    class Ended:
        """A session whose file took too long to load; enough for a report."""

        loaded = Stopped(Verdict.TIME_LIMIT, "Loading the file took longer than 10 s.")
        printed = ""

        def __enter__(self) -> "Ended":
            return self

        def __exit__(self, *_: object) -> None:
            pass

    bench = Bench(HELD)
    cast(Any, bench.sandbox()).open = lambda _upload, _limits: Ended()
    told = served([question(b"x = 1"), question(b"x = 2")], bench)

    assert [line["report"]["score"]["given"] for line in told if "report" in line] == [0.0, 0.0]


def test_a_line_of_the_process_names_no_grading_for_the_worker_does(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TextLines(with_time=False))

    def says(*_: object, **__: object) -> None:
        logging.getLogger("chainrule.grading").warning("something odd")
        raise SandboxBroken("enough")

    monkeypatch.setattr("app.gradings.grading_process.grade", says)
    logging.getLogger("chainrule.grading").addHandler(handler)
    try:
        with pytest.raises(SandboxBroken):
            served([question(b"x = 1").replace(b'"seed"', b'"grading_id": "g1", "seed"')], Bench(HELD))
    finally:
        logging.getLogger("chainrule.grading").removeHandler(handler)

    assert stream.getvalue() == "WARNING chainrule.grading: something odd\n"


def test_half_a_source_is_not_graded() -> None:
    with pytest.raises(EOFError):
        served([question(b"x = 1", size=100)], Bench(HELD))


def test_bytes_that_intake_refuses_are_not_graded() -> None:
    with pytest.raises(RejectedUpload):
        served([question(b"\x00\x00")], Bench(HELD))


def test_an_assignment_that_is_not_there_is_told_as_the_courses_fault() -> None:
    gone = question(b"x = 1").replace(b"ece421-numpy-nn", b"no-such-folder")
    told = [line for line in served([gone, gone], Bench(HELD)) if "bench" not in line]

    assert told == [{"unusable": "there is no assignment called 'no-such-folder'"}] * 2


def test_what_a_courses_own_folder_raises_is_its_fault_and_nothing_else_is(tmp_path: Path) -> None:
    answers = tmp_path / "own" / "answers.py"
    answers.parent.mkdir()
    answers.write_text("def relu(x):\n    return x.nothing\n")
    names: dict[str, Any] = {}
    exec(compile(answers.read_text(), str(answers), "exec"), names)  # as the catalogue runs it
    with pytest.raises(AttributeError) as caught:
        names["relu"](1)

    assert raised_in(caught.value, answers.parent) == "answers.py, line 2,"
    assert raised_in(caught.value, tmp_path / "other") is None
    assert raised_in(caught.value, SHIPPED / "ece421-numpy-nn") is None


def test_an_assignment_in_which_constants_earn_points_is_not_graded(tmp_path: Path) -> None:
    """The pages refuse such a folder; one that becomes so after a course asked it is not graded either."""
    vacuous = tmp_path / "own"
    copytree(SHIPPED / "dlsys-hw0", vacuous)
    for name in ("assignment.py", "handout.md"):
        text = (vacuous / name).read_text()
        (vacuous / name).write_text(text.replace("dlsys-hw0", "own"))
    answers = vacuous / "answers.py"
    answers.write_text(answers.read_text() + "\n\ndef softmax_loss(Z, y):\n    return 0.0\n")
    asked = question(b"x = 1").replace(b"ece421-numpy-nn", b"own").replace(b"[]", json.dumps([str(tmp_path)]).encode())
    told = [line for line in served([asked], Bench(HELD)) if "bench" not in line]

    assert len(told) == 1 and "zeros earn" in told[0]["unusable"]
