"""The level `full`: proven where bubblewrap runs, as root and as an ordinary user; refused aloud where it does not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox import Call, Returned
from grader.sandbox.doctor import broken_walls, examine
from grader.sandbox.full import FullSandbox
from grader.sandbox.levels import prove
from grader.upload import SourceFile, Upload
from reference.spec import Limits

PROJECT = Path(__file__).parents[3]
NOBODY = "65534"

SOURCE = """
import os

def number(): return [os.getpid(), os.getppid()]
def exists(path):
    try:
        os.stat(path)
    except OSError as error:
        return type(error).__name__
    return "there"
"""
UPLOAD = Upload((SourceFile("work.py", SOURCE),))


@pytest.fixture(scope="module")
def full() -> Iterator[FullSandbox]:
    try:
        sandbox = FullSandbox()
    except SandboxUnavailable as error:
        pytest.skip(f"this machine has no level full: {error}")
    if prove("full").refusal:
        pytest.skip(f"the level full does not hold on this machine: {prove('full').refusal}")
    with closing(sandbox):
        yield sandbox


def test_every_wall_holds(full: FullSandbox) -> None:
    walls = examine(full)

    assert {wall.name for wall in walls if not wall.held} <= {"memory group over the sandbox"}
    assert broken_walls(walls) == ()
    assert len([wall for wall in walls if wall.name.startswith("namespaces alone")]) == 6


OUTSIDE = ("/etc/passwd", "/usr/bin/env", "/proc/self", "/dev/null", str(PROJECT / "README.md"), __file__)


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_is_outside_is_not_even_there(full: FullSandbox, path: str) -> None:
    """Landlock lets a process ask whether a path exists; here it does not."""
    with full.open(UPLOAD, Limits()) as session:
        (reply,) = session.run([Call("exists", (path,))])

    assert isinstance(reply, Returned)
    assert reply.value == "FileNotFoundError"


def test_the_zygote_is_the_first_process_of_its_namespace(full: FullSandbox) -> None:
    with full.open(UPLOAD, Limits()) as session:
        (reply,) = session.run([Call("number")])

    assert isinstance(reply, Returned)
    assert isinstance(reply.value, list)
    assert reply.value[1] == 1


def test_without_bubblewrap_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)

    with pytest.raises(SandboxUnavailable, match="bubblewrap is not installed"):
        FullSandbox()


@pytest.mark.skipif(os.geteuid() != 0, reason="the run itself is that of an ordinary user")
def test_an_ordinary_user_needs_no_privilege(full: FullSandbox, tmp_path: Path) -> None:
    """As root an ordinary user is played: in a view of this machine in which everybody may enter root's home.

    The interpreter may lie there. User namespaces are all that is needed then.
    """
    interpreter = Path(sys.executable).resolve()
    view = ["bwrap", "--dev-bind", "/", "/"]
    if interpreter.is_relative_to("/root"):
        home = Path("/root", interpreter.relative_to("/root").parts[0])
        view += ["--perms", "0755", "--tmpfs", "/root", "--ro-bind", str(home), str(home)]
    user = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    ask = "from grader.sandbox.levels import prove; proof = prove('full'); print(proof.refusal or 'holds')"

    done = subprocess.run(
        [*view, *user, sys.executable, "-c", ask], cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.stdout.splitlines()[-1:] == ["holds"], done.stderr
