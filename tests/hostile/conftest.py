"""The sandbox under attack."""

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox import Sandbox
from grader.sandbox.levels import choose
from reference.catalog import AssignmentFolder, Catalog

pytest.register_assert_rewrite("tests.hostile.arena", "tests.hostile.outcomes")  # before they are imported

from tests.hostile.arena import PLANTED, WALLED, Arena, honest_report  # noqa: E402  after the line above
from tests.hostile.summary import NOT_OFFERED  # noqa: E402  after the line above


@pytest.fixture(scope="session", params=WALLED)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Every level with walls, one after the other; one that this machine does not offer is skipped, and it is said."""
    try:
        level = choose(request.param)
    except SandboxUnavailable as error:
        pytest.skip(f"{NOT_OFFERED}{request.param}: {error}")
    with closing(level) as proven:
        yield proven


@pytest.fixture(scope="session")
def softmax_only(sandbox: Sandbox) -> AssignmentFolder:
    """The shipped assignment with its part `softmax` alone."""
    folder = Catalog.builtin().get("ece421-numpy-nn")
    parts = tuple(part for part in folder.assignment.parts if part.name == "softmax")
    return replace(folder, assignment=replace(folder.assignment, parts=parts, layout_function=None))


@pytest.fixture(scope="session")
def lasting_arena(sandbox: Sandbox, softmax_only: AssignmentFolder) -> Iterator[Arena]:
    """One arena for all attacks. The planted file lies where every user of the machine may read and write."""
    honest = honest_report(softmax_only, sandbox)
    assert honest.score.given == honest.score.maximum > 0
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        planted = Path(folder)
        (planted / "answers.py").write_text(PLANTED, "utf-8")
        planted.chmod(0o777)
        (planted / "answers.py").chmod(0o666)
        listener.setblocking(False)
        yield Arena(sandbox, softmax_only, honest, planted, listener.getsockname()[1])
        with pytest.raises(BlockingIOError):  # nobody came
            listener.accept()


@pytest.fixture
def arena(lasting_arena: Arena, record_property: Callable[[str, object], None]) -> Arena:
    """The arena, for a test that is one attack."""
    record_property("attack", lasting_arena.sandbox.level)
    return lasting_arena
