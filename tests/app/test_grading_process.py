"""What the grading process makes of its question; its real run is in test_grading.py."""

import io
import json
from typing import Any

import pytest

from app.grading_process import grade_one
from grader.errors import SandboxBroken, SandboxUnavailable
from grader.sandbox import Sandbox
from submissions.errors import RejectedUpload


def question(source: bytes, size: int | None = None) -> io.BytesIO:
    header = {
        "assignment": "ece421-numpy-nn",
        "filename": "a1.py",
        "size_bytes": len(source) if size is None else size,
        "seed": "secret:1",
        "sandbox": "auto",
        "assignment_dirs": [],
    }
    return io.BytesIO(json.dumps(header).encode() + b"\n" + source)


def test_a_wall_that_does_not_hold_is_told() -> None:
    def unavailable(level: str) -> Sandbox:
        raise SandboxUnavailable(f"no wall at {level}")

    told: list[dict[str, Any]] = []
    grade_one(question(b"x = 1"), told.append, unavailable)

    assert told == [{"postponed": "no wall at auto"}]


def test_a_broken_sandbox_tells_no_report() -> None:
    def broken(level: str) -> Sandbox:
        raise SandboxBroken("lost its pipe")

    told: list[dict[str, Any]] = []
    with pytest.raises(SandboxBroken):
        grade_one(question(b"x = 1"), told.append, broken)

    assert told == []


def never(level: str) -> Sandbox:
    raise AssertionError("nothing is to be graded")


def test_half_a_source_is_not_graded() -> None:
    with pytest.raises(EOFError):
        grade_one(question(b"x = 1", size=100), lambda _: None, never)


def test_bytes_that_intake_refuses_are_not_graded() -> None:
    with pytest.raises(RejectedUpload):
        grade_one(question(b"\x00\x00"), lambda _: None, never)
