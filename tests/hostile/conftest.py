"""The sandbox under attack."""

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox import Sandbox
from grader.sandbox.levels import choose
from reference.catalog import AssignmentFolder, Catalog

pytest.register_assert_rewrite("tests.hostile.arena", "tests.hostile.outcomes")  # before they are imported

from tests.hostile.arena import LIMITS, PLANTED, WALLED, Arena, honest_report  # noqa: E402  after the line above
from tests.hostile.summary import NOT_OFFERED  # noqa: E402  after the line above


@pytest.fixture(scope="session")
def proven() -> Iterator[Callable[[str], Sandbox]]:
    """Gives the sandbox of a level, proven once, however often the tests change between levels."""
    with ExitStack() as stack:

        @cache
        def of(level: str) -> Sandbox:
            return stack.enter_context(closing(choose(level)))

        yield of


@pytest.fixture(scope="session", params=WALLED)
def sandbox(request: pytest.FixtureRequest, proven: Callable[[str], Sandbox]) -> Sandbox:
    """Every level with walls, one after the other; one that this machine does not offer is skipped, and it is said."""
    try:
        return proven(request.param)
    except SandboxUnavailable as error:
        pytest.skip(f"{NOT_OFFERED}{request.param}: {error}")


@pytest.fixture(scope="session")
def softmax_only(sandbox: Sandbox) -> AssignmentFolder:
    """The shipped assignment with its part `softmax` alone."""
    folder = Catalog.builtin().get("ece421-numpy-nn")
    parts = tuple(part for part in folder.assignment.parts if part.name == "softmax")
    # The limits of most attacks: processes kept ready for one submission then serve the other.
    assignment = replace(folder.assignment, parts=parts, layout_function=None, limits=LIMITS)
    return replace(folder, assignment=assignment)


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
