"""One process at a time, and what each printed."""

from collections.abc import Iterator

import pytest

from grader.grading import Grading
from grader.patience import Patience, of_grading
from grader.processes import Processes
from grader.sandbox import Call, Returned
from reference.catalog import AssignmentFolder
from tests.fakes.in_process import InProcessSandbox, upload

SOURCE = """
print("loaded")
def counted(made=[]):
    made.append(1)
    print(f"call {len(made)}")
    return len(made)
"""
PATIENCE = Patience("The part", 10.0)


@pytest.fixture
def sandbox() -> InProcessSandbox:
    return InProcessSandbox()


@pytest.fixture
def processes(folder: AssignmentFolder, sandbox: InProcessSandbox) -> Iterator[Processes]:
    limits = folder.assignment.limits
    grading = Grading(
        folder, upload(SOURCE), sandbox, "public:1", lambda: 0.0, of_grading(limits), lambda progress: None
    )
    grading.loading = "loaded\n"
    with Processes(grading) as opened:
        yield opened


def counted(processes: Processes) -> int:
    """How often its function was called in the present process, this time included."""
    session = processes.present(PATIENCE, 1.0)
    assert session is not None
    (reply,) = session.run([Call("counted")])
    processes.used = True
    assert isinstance(reply, Returned)
    assert isinstance(reply.value, int)
    return reply.value


def test_there_is_none_at_first(processes: Processes, sandbox: InProcessSandbox) -> None:
    assert processes.present(PATIENCE, 1.0) is None
    assert processes.prints() == ""
    assert sandbox.opened == 0


def test_one_in_which_nothing_was_called_is_fresh(processes: Processes, sandbox: InProcessSandbox) -> None:
    processes.fresh(PATIENCE)
    processes.fresh(PATIENCE)

    assert sandbox.opened == 1
    assert counted(processes) == 1


def test_one_that_was_used_is_present_and_not_fresh(processes: Processes, sandbox: InProcessSandbox) -> None:
    processes.fresh(PATIENCE)
    assert (counted(processes), counted(processes)) == (1, 2)

    processes.fresh(PATIENCE)
    assert not processes.used
    assert counted(processes) == 1
    assert sandbox.opened == 2


def test_prints_are_told_once_and_those_of_loading_never_again(processes: Processes) -> None:
    told = []
    for _ in range(2):
        processes.fresh(PATIENCE)
        counted(processes)
        told.append(processes.prints())
        counted(processes)
        told.append(processes.prints())

    assert told == ["call 1\n", "call 2\n"] * 2
