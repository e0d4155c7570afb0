"""The sandbox under attack."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """The level that every installation has."""
    with closing(ContainerSandbox()) as container:
        yield container
