"""Real walls for work that would end a test, or whose loading is the question; the rest runs in the same process."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One for all tests of a file."""
    with closing(ContainerSandbox()) as opened:
        yield opened
