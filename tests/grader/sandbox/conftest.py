"""Sessions for tests: one sandbox, and a short way to open a submission in it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing

import pytest

from grader.sandbox import Sandbox, Session
from grader.sandbox.container import ContainerSandbox
from grader.upload import SourceFile, Upload
from reference.spec import Limits

OpenFiles = Callable[..., AbstractContextManager[Session]]

LIMITS = Limits(load_seconds=20.0, call_seconds=20.0, cpu_seconds=20, memory_mib=512, output_bytes=10_000)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """The level that every installation has."""
    with closing(ContainerSandbox()) as container:
        yield container


@pytest.fixture
def submit(sandbox: Sandbox) -> OpenFiles:
    """submit(entry text, helper="text of helper.py", limits=...) opens a session."""

    def opened(source: str, limits: Limits = LIMITS, **others: str) -> AbstractContextManager[Session]:
        files = [SourceFile("work.py", source), *(SourceFile(f"{name}.py", text) for name, text in others.items())]
        return sandbox.open(Upload(tuple(files)), limits)

    return opened
