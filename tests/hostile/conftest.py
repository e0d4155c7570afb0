"""The sandbox under attack."""

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    """The level that every installation has."""
    return ContainerSandbox()
